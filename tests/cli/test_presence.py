from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.cli.presence import Process, ancestors, judge, known_hosts, objection
from sekisho.model.message_ids import MessageId
from tablekit import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

HOSTS = known_hosts()


def process(name: str, *arguments: str, program: str = "") -> Process:
    return Process(pid=7, name=name, program=program, arguments=arguments)


@rows(
    "one",
    [
        process("claude", "claude"),
        process("node", "node", "/usr/local/bin/claude"),
        process("node", "node", "--max-old-space-size=4096", "/home/a/.npm/_npx/1/node_modules/.bin/codex"),
        process("node", "node", "/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js", "-p", "x"),
        process("mainthread", "/opt/Cursor/cursor", "--type=utility", program="/opt/Cursor/cursor"),
        process("code", "/usr/share/code/code", program="/usr/share/code/code"),
        process("python3", "python3", "/home/a/.local/bin/aider"),
        process("python3.11", "/usr/bin/python3.11", "-m", "sekisho", "run", "--", "npx"),
        process("sekisho-keeper"),
        process("sekisho-warden", "/usr/bin/python3", "-I"),
        process("sh", "LM-Studio.AppImage", program="/opt/LM-Studio.AppImage"),
        process("mcp-inspector-x"[:15], program="/usr/bin/mcp-inspector (deleted)"),
        process("gemini", "sh", "/usr/local/bin/gemini"),
    ],
)
def test_a_known_host_is_recognised(one: Process) -> None:
    one = Process(pid=one.pid, name=one.name.lower(), program=one.program, arguments=one.arguments)
    assert HOSTS.recognise(one) is not None
    found = judge([process("bash", "-bash"), one], {}, HOSTS)
    assert found is not None
    assert found.message is MessageId.RESUME_AGENT


@rows(
    "one",
    [
        process("bash", "-bash", program="/usr/bin/bash"),
        process("zsh", "zsh", "claude"),
        process("sshd", "sshd: ada@pts/0"),
        process("tmux: server", "tmux", "new", "-s", "codex"),
        process("gnome-terminal-", "/usr/libexec/gnome-terminal-server"),
        process("systemd", "/usr/lib/systemd/systemd", "--user"),
        process("make", "make", "resume"),
        process("uv", "uvx", "sekisho", "resume"),
        process("python3", "python3", "-m", "pytest"),
        process("node", "node", "/srv/shop/server.js"),
        process("node", "node"),
        process("sudo", "sudo", "-u", "ada", "sekisho", "resume"),
        process(""),
    ],
)
def test_an_ordinary_ancestor_is_not(one: Process) -> None:
    assert HOSTS.recognise(one) is None
    assert judge([one], {}, HOSTS) is None


@rows("name", HOSTS.variables)
def test_a_variable_of_an_agent_is_an_objection_unless_it_is_empty(name: str) -> None:
    found = judge([], {name: "1"}, HOSTS)
    assert found is not None
    assert found.values == {"name": name}
    assert judge([], {name: ""}, HOSTS) is None


def test_without_a_terminal_nobody_is_there() -> None:
    found = objection({}, interactive=False)
    assert found is not None
    assert found.message is MessageId.RESUME_NO_TERMINAL


def test_our_own_ancestors_are_found_up_to_the_first_process() -> None:
    found = list(ancestors(os.getpid()))
    assert [one.pid for one in found][:2] == [os.getpid(), os.getppid()]
    assert found[0].arguments
    assert found[0].program == str(Path("/proc/self/exe").readlink())


def folder(proc: Path, pid: int, name: bytes, parent: int) -> Path:
    place = proc / str(pid)
    place.mkdir()
    (place / "stat").write_bytes(b"%d (%s) S %d 1 1 0 -1" % (pid, name, parent))
    return place


def test_a_name_with_parentheses_and_spaces_is_read_whole(tmp_path: Path) -> None:
    folder(tmp_path, 9, b"a) S 1 (b", 4)
    folder(tmp_path, 4, b"Cursor", 0)
    (tmp_path / "9" / "cmdline").write_bytes(b"/bin/a\0--x\0\0")
    assert list(ancestors(9, proc=tmp_path)) == [
        Process(pid=9, name="a)-s-1-(b", program="", arguments=("/bin/a", "--x")),
        Process(pid=4, name="cursor", program="", arguments=()),
    ]


def test_it_ends_where_the_system_shows_no_more(tmp_path: Path) -> None:
    folder(tmp_path, 9, b"sh", 8)
    assert [one.pid for one in ancestors(9, proc=tmp_path)] == [9]
    assert list(ancestors(8, proc=tmp_path)) == []
    assert list(ancestors(0, proc=tmp_path)) == []


def test_a_circle_of_parents_ends(tmp_path: Path) -> None:
    folder(tmp_path, 9, b"sh", 9)
    assert len(list(ancestors(9, proc=tmp_path))) == 256


def nobody(_pid: int) -> Iterator[Process]:
    return iter(())


def test_a_process_whose_ancestors_are_hidden_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.cli.presence.ancestors", nobody)
    found = objection({}, interactive=True)
    assert found is not None
    assert found.message is MessageId.RESUME_UNSEEN


def test_the_table_is_lower_case_and_without_doubles() -> None:
    text = files("sekisho").joinpath("data", "agent_hosts.toml").read_text("utf-8")
    for name in HOSTS.programs | HOSTS.interpreters:
        assert name == name.lower()
        assert text.count(f'"{name}"') == 1
