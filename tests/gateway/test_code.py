"""Which launches are one server twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.loops import run
from sekisho.gateway.code import code_of
from sekisho.gateway.endpoint import Endpoint
from sekisho.gateway.launch import Launch
from sekisho.gateway.pool import Pool
from sekisho.gateway.remote import Remote

if TYPE_CHECKING:
    from pathlib import Path


def test_one_program_for_two_accounts_is_the_same_code_and_nothing_else_is(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "server.py").touch()

    def code(line: str, folder: str = "a") -> str:
        return code_of(Launch(argv=tuple(line.split("|")), cwd=str(tmp_path / folder), env={}))

    same = [
        ("npx|-y|@x/files@1.0.0|/a", "npx|@x/files|/b"),
        ("python|server.py|--root|/a", "python|server.py|--root|/b"),
        (f"{tmp_path}/a/server.py|/a", f"{tmp_path}/a/server.py|/b"),
        ("python|-m|files|/a", "python|-m|files|/b"),
        ("docker|run|-i|-e|A=1|files:1", "docker|run|-i|-e|A=2|files:2"),
        ("sh|-c|server.py x", "sh|-c|server.py y"),
    ]
    other = [
        ("npx|@x/files", "npx|@y/files"),
        ("npx|mcp-remote|https://a.example/mcp?k=1", "npx|mcp-remote|https://b.example/mcp?k=1"),
        ("files|/a", "files|/b"),
        ("python|-m|files", "python|-m|mails"),
        ("python|-c|one", "python|-c|other"),
    ]
    assert [(one, two) for one, two in same if code(one) != code(two)] == []
    assert [(one, two) for one, two in other if code(one) == code(two)] == []
    assert code("python|server.py") != code("python|server.py", "b")
    assert code("npx|mcp-remote|https://a.example/mcp?k=1") == code("npx|mcp-remote|https://a.example/mcp?k=2")


def test_a_remote_server_is_its_address() -> None:
    async def work() -> None:
        endpoint = Endpoint.parse("https://host.example/mcp?key=secret")
        pool = Pool(endpoint)
        assert code_of(Remote(endpoint=endpoint, pool=pool, headers=())) == "https://host.example/mcp"
        await pool.aclose()

    run(work())
