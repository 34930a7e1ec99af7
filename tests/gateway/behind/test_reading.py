"""A launch line taken apart: which programs it executes, and what each of them loads."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from behindkit import module, package, put, reads, versions
from sekisho.gateway.behind import reading
from sekisho.gateway.behind.processes import Process
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sekisho.wire.strict import JsonObject

NODE: Final = "#!/usr/bin/env -S node\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with programs in `bin`, a project of Node.js and an environment of Python."""
    for name in ("node", "python3", "server", "docker", "sh", "env", "uvx"):
        put(tmp_path / "bin" / name, "ELF", 0o755)
    put(tmp_path / "bin/npx", NODE, 0o755)
    put(tmp_path / "p/package.json", '{"name": "p", "version": "1.0.0"}')
    put(tmp_path / "p/index.js")
    module(tmp_path / "p", "zod")
    put(tmp_path / "v/pyvenv.cfg", "")
    put(tmp_path / "v/bin/python3", "ELF", 0o755)
    put(tmp_path / "v/bin/tides", f"#!{tmp_path}/v/bin/python3\nimport tides", 0o755)
    package(tmp_path / "v/lib/python3.11/site-packages", "tides")
    return tmp_path


def names(body: JsonObject, member: str) -> list[str]:
    return sorted(obj(body[member]))


def test_wrappers_and_shells_are_taken_apart(home: Path) -> None:
    for line in (
        ["node", "p/index.js"],
        ["env", "NODE_OPTIONS=--x", "node", "p/index.js"],
        ["sh", "-c", "exec node p/index.js"],
    ):
        found = reads(home, *line)
        assert (found.whole, found.fetches) == (True, False)
        assert versions(obj(found.body["packages"])) == {"project p": "1.0.0", "npm zod": "1.0.0"}
        assert names(found.body, "programs") == sorted({line[0], "node"})
        assert names(found.body, "variables") == (["NODE_OPTIONS"] if line[0] == "env" else [])


def test_the_first_line_of_a_script_names_its_interpreter(home: Path) -> None:
    found = reads(home, f"{home}/v/bin/tides")
    assert (found.whole, names(found.body, "sources")) == (True, ["bin/tides"])
    assert names(found.body, "programs") == ["python3", "tides"]
    assert versions(obj(found.body["packages"])) == {"python tides": "1.0.0"}
    put(home / "bin/own", NODE + "code", 0o755)
    assert names(reads(home, "own").body, "programs") == ["node", "own"]
    for first in ("#!", "#!/usr/bin/env none"):
        put(home / "bin/own", f"{first}\n", 0o755)
        assert names(reads(home, "own").body, "programs") == ["own"]
    put(home / "bin/own", f"#!{home}/bin/own\n", 0o755)
    assert reads(home, "own").whole


def test_another_program_of_the_same_name_is_another_one(home: Path) -> None:
    put(home / "first/server", "ELF", 0o755)
    before, after = reads(home, "server"), reads(home, "server", PATH=f"{home}/first:{home}/bin")
    assert before.body["programs"] != after.body["programs"]
    assert reads(home, "none").body["unread"] == ["none"]


def test_files_of_code_behind_other_programs_count(home: Path) -> None:
    for name in ("a.jar", "start.sh"):
        put(home / name)
    found = reads(home, "server", "-jar", "a.jar", "none.jar", "b.txt")
    assert (found.whole, names(found.body, "sources")) == (True, [f"{home}/a.jar"])
    shell = reads(home, "sh", "-x", "start.sh")
    assert (shell.whole, names(shell.body, "sources")) == (False, [f"{home}/start.sh"])
    image = reads(home, "docker", "run", "image@sha256:1", "a.jar")
    asked = {"image image": {"version": "sha256:1", "exact": True}}
    assert (image.whole, image.body["asked"], image.body["sources"]) == (True, asked, {})


def test_a_runner_fetches_and_its_package_gives_the_version(home: Path) -> None:
    fresh = reads(home, "npx", "-y", "files")
    assert (fresh.whole, fresh.fetches) == (False, True)
    module(home, "files", "3.0.0")
    for line in (["npx", "-y", "files@1.0.0"], ["npx", "--package=files@1.0.0", "files"]):
        found = reads(home, *line)
        assert (found.whole, found.fetches, found.body["version"]) == (True, True, "3.0.0")
        assert found.body["asked"] == {"npm files": {"version": "1.0.0", "exact": True}}
        assert names(found.body, "programs") == ["node", "npx"]
    uvx = reads(home, "uvx", "--from", "git+https://secret@x/y", "--with", "My.Kit==1.0.0", "tides")
    assert names(uvx.body, "asked") == ["python address", "python my-kit"]
    assert not uvx.whole


def test_a_shim_is_followed_to_what_it_starts(home: Path) -> None:
    root = home / "pyenv"
    put(root / "shims/python3", "#!/bin/sh\n", 0o755)
    put(root / "versions/3.11.1/bin/python3", "ELF", 0o755)
    assert not reads(home, f"{root}/shims/python3", "-S").whole
    put(root / "version", "3.11.1\n")
    for version in ("", "3.11.1:3.10"):
        found = reads(home, f"{root}/shims/python3", "-S", PYENV_VERSION=version)
        assert (found.whole, names(found.body, "programs")) == (True, ["python3", "python3 shim"])
    assert not reads(home, f"{root}/shims/python3", "-S", PYENV_VERSION="3.9").whole


def below(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the system tell of these processes: number, file, line, those below."""
    told: dict[int, tuple[Process, list[int]]] = {}

    def process(pid: int) -> Process | None:
        return told[pid][0] if pid in told else None

    def children(pid: int) -> list[Process]:
        return [told[each][0] for each in told[pid][1]]

    monkeypatch.setattr(reading, "process", process)
    monkeypatch.setattr(reading, "below", children)

    def add(pid: int, executable: Path, *argv: str, below: tuple[int, ...] = ()) -> None:
        told[pid] = Process(pid=pid, argv=argv, executable=str(executable), cwd="/"), list(below)

    return add


def test_what_a_runner_has_started_is_told_by_its_processes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add = below(monkeypatch)
    add(1, home / "bin/uvx", "uvx", "tides", below=(2, 3))
    add(2, home / "bin/server", "git", "pull")
    add(3, home / "v/bin/python3", f"{home}/v/bin/python3", f"{home}/v/bin/tides")
    found = reads(home, "uvx", "tides", pid=1)
    assert (found.body["version"], found.body["unread"]) == ("1.0.0", [])
    assert names(found.body, "sources") == ["bin/tides"]
    add(1, home / "bin/node", "npm exec tides", below=(4, 5))
    add(4, home / "bin/node", "node", f"{home}/npm-cli.js")
    add(5, home / "bin/node", "node", f"{home}/p/index.js")
    assert names(reads(home, "npx", "tides", pid=1).body, "packages") == ["npm zod", "project p"]
    add(1, home / "bin/uvx", "uvx", "tides", below=(2, 6))
    add(6, home / "v/bin/python3", "python3", "/x/pipx")
    assert reads(home, "uvx", "tides", pid=1).body["unread"] == ["what uvx starts"]


def test_a_runner_that_has_ended_tells_nothing(home: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells")
    with subprocess.Popen(["/bin/true"]) as child:
        pass
    with pytest.raises(ProcessLookupError):
        reads(home, "uvx", "tides", pid=child.pid)
