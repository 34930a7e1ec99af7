"""Resuming, with real terminals and real ancestors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest

from clikit import PATIENCE
from sekisho.adapters.halt import HaltFlag
from terminals import person, terminal

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from clikit import Desk
    from terminals import Terminal

RESUME: Final = f"{sys.executable} -m sekisho resume; echo code=$?"


@pytest.fixture
def halted(desk: Desk) -> Desk:
    desk.call("halt")
    return desk


def bare(desk: Desk) -> dict[str, str]:
    """Return an environment without anything that an agent set."""
    return {"PATH": os.defpath, "SEKISHO_STATE": str(desk.state), "LANG": "C.UTF-8", "TZ": "UTC"}


def run(command: list[str], screen: int, env: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdin=screen, stdout=screen, stderr=screen, env=env)


@contextmanager
def at_resume(desk: Desk) -> Generator[Terminal]:
    """Run resume as a person."""
    with person(RESUME, bare(desk)) as screen:
        yield screen


def events(desk: Desk) -> list[dict[str, str]]:
    return [json.loads(line)["fields"] for line in desk.call("audit", "tail", "--json").output.splitlines()]


def test_a_person_types_the_word_and_requests_pass_again(halted: Desk) -> None:
    with at_resume(halted) as screen:
        assert "To let requests pass again, type: resume\n" in screen.until("resume\n")
        screen.type("resume")
        assert "Resumed. Requests pass again.\n" in screen.until("code=")
        assert screen.code() == 0
    assert not HaltFlag(halted.state).is_set
    assert events(halted) == [{"event": "halt"}, {"event": "resume"}]


@pytest.mark.parametrize("said", ["", "yes", "RESUME", "resume now"])
def test_any_other_word_changes_nothing(halted: Desk, said: str) -> None:
    with at_resume(halted) as screen:
        screen.until("type: resume\n")
        screen.type(said)
        assert "Nothing was changed: still halted." in screen.until("code=")
        assert screen.code() == 1
    assert HaltFlag(halted.state).is_set


def test_an_agent_above_us_is_refused_before_anything_is_asked(halted: Desk, tmp_path: Path) -> None:
    agent = tmp_path / "claude"
    agent.write_text(f"#!/bin/sh\n{RESUME}\n")
    agent.chmod(0o700)
    with terminal() as (screen, theirs):
        process = run([str(agent)], theirs, bare(halted))
        assert screen.code() == 1
        process.wait(PATIENCE)
    assert "Not done: claude (process " in screen.shown
    assert "in a terminal that you opened yourself.\n" in screen.shown
    assert "type: resume" not in screen.shown
    assert HaltFlag(halted.state).is_set
    assert events(halted)[-1] == {"event": "resume-refused", "rule": "resume-agent"}


def test_a_server_of_ours_is_refused_whatever_terminal_it_makes(halted: Desk) -> None:
    # The child of a real `sekisho run` opens a terminal of its own and answers its question.
    server = (
        "import os, pty, subprocess, sys\nours, theirs = pty.openpty()\nos.write(ours, b'resume\\n')\n"
        "given = {'stdin': theirs, 'stdout': subprocess.PIPE, 'stderr': subprocess.STDOUT}\n"
        f"done = subprocess.run(['sh', '-c', {RESUME!r}], **given)\n"
        "open(sys.argv[1], 'wb').write(done.stdout)\n"
    )
    said = halted.state / "said"
    state = f"SEKISHO_STATE={halted.state}"
    subprocess.run(
        [sys.executable, "-m", "sekisho", "run", "--env", state, "--", sys.executable, "-c", server, str(said)],
        env=bare(halted), stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert b"Not done: " in said.read_bytes()
    assert HaltFlag(halted.state).is_set


def test_without_a_terminal_it_is_refused(halted: Desk) -> None:
    done = halted.run("resume")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "sekisho: Not done: there is no terminal here.\n"
        "sekisho: Only a person may resume.\nRun sekisho resume in a terminal that you opened yourself.\n"
    )


def test_when_nothing_is_halted_nobody_is_asked(desk: Desk) -> None:
    done = desk.run("resume", "--lang", "ja")
    assert (done.returncode, done.stdout) == (0, "停止中のものはありません。\n")


def pretend(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip the look at who is there, for what comes behind it."""

    def none(_environ: object, *, interactive: bool) -> None:
        assert not interactive

    monkeypatch.setattr("sekisho.cli.person.objection", none)


def test_a_resume_that_cannot_be_recorded_does_not_happen(halted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    (halted.state / "key").chmod(0o644)
    done = halted.call("resume", said="resume\n")
    assert done.exit_code == 2
    assert HaltFlag(halted.state).is_set


def test_a_flag_that_stays_is_said(halted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    flag = HaltFlag(halted.state).path
    flag.unlink()
    flag.mkdir()
    done = halted.call("resume", said="resume\n")
    assert done.exit_code == 1
    assert "Still halted: " in done.stderr


@pytest.mark.parametrize("words", [("resume", "--help"), ("halt", "--help")])
def test_the_help_says_the_limit_plainly(desk: Desk, words: tuple[str, str]) -> None:
    said = " ".join(desk.call(*words).output.split())
    assert "only a person may" in said.lower()
    if words[0] == "resume":
        assert "an agent with a free shell under your user can pretend" in said


def test_nothing_else_is_asked_for(halted: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    done = halted.call("resume", said="")
    assert done.exit_code == 1
    assert HaltFlag(halted.state).is_set
