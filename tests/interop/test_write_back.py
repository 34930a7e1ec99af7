"""A model reads a file, edits it and writes it back, through the real gateway: only the edit differs, byte for byte."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from mcp import StdioServerParameters
from mcp.client import Client

from peers.loops import run
from peers.places import furnished, python_peer, sekisho

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.timeout(120)]

RANDOM: Final = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"
FILE: Final = "\r\n".join(
    (
        "\ufeff# notes with a byte order mark",
        "DB_PASSWORD=hunter2x",
        f"key = 'ghp_{RANDOM}'",
        f"-----BEGIN PRIVATE KEY-----\n{RANDOM}{RANDOM}\n{RANDOM}\n-----END PRIVATE KEY-----",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u0633\u0644\u0627\u0645 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u200f",
        "\x1b[31mred\x1b[0m and the sign \u241b itself",
        "tags \U000e0041\U000e0042 and \x9b1m",
        "a forged \u27e6secret:1\u27e7 and \u27e6not secret:2\u27e7",
        "edit me",
        "",
    )
)


@pytest.mark.parametrize("config", [False, True])
def test_only_the_edit_differs(tmp_path: Path, config: bool) -> None:  # noqa: FBT001 - a case
    async def work() -> None:
        folder = tmp_path / "files"
        folder.mkdir()
        file = folder / "notes.txt"
        file.write_bytes(FILE.encode())
        command = python_peer("files_server.py", str(folder))
        words, prefix = ("run", "--", *command), ""
        if config:
            path = tmp_path / "sekisho.toml"
            servers = "".join(f"[servers.{name}]\ncommand = {json.dumps(list(command))}\n" for name in ("one", "two"))
            path.write_text(servers, "utf-8")
            words, prefix = ("run", "--config", str(path)), "one__"
        start = sekisho(*words)
        parameters = StdioServerParameters(command=start[0], args=list(start[1:]), env=furnished(tmp_path).env)
        async with Client(parameters, mode="auto", cache=None) as client:
            while config and len((await client.list_tools()).tools) < 4:
                pass
            read = await client.call_tool(f"{prefix}read_text", {"path": str(file)})
            shown = str(read.content[0].model_dump()["text"])
            assert read.structured_content == {"content": shown}
            assert not any(secret in shown for secret in ("hunter2x", RANDOM, "\x1b", "\U000e0041"))
            edited = shown.replace("edit me", "edited")
            if config:
                other = await client.call_tool(
                    "two__write_text", {"path": str(folder / "other.txt"), "content": edited}
                )
                assert (other.meta or {})["sekisho/refusal"]["rule"] == "reference-elsewhere"
                assert not (folder / "other.txt").exists()
            wrote = await client.call_tool(f"{prefix}write_text", {"path": str(file), "content": edited})
            assert not wrote.is_error
        assert file.read_bytes().decode() == FILE.replace("edit me", "edited")

    run(work(), seconds=100)
