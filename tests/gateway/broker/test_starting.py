"""Starting a broker, and what is said when there is none. That two relays start one is in test_relay."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.broker import starting
from sekisho.gateway.broker.door import Door
from sekisho.gateway.broker.starting import NotStartedError, reach

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")


def nothing() -> Mapping[str, str]:
    return {}


def stands_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a shell script stand in for the interpreter that a broker is started with."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))


def test_a_broker_that_is_there_is_not_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")
    door = Door(tmp_path)
    assert door.open()
    reach(tmp_path, nothing).close()
    door.close()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 1", "it ended at once; look into"),
        ("printf 'no key\\n' >&3", "the broker did not start: no key"),
        ("printf + >&3", "it listens, and can't be reached"),
        ("head -c 10000 /dev/zero >&3", "the broker did not start"),
    ],
)
def test_why_it_does_not_listen_is_told(
    tmp_path: Path, script: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_in(tmp_path, script, monkeypatch)
    with pytest.raises(NotStartedError, match=said):
        reach(tmp_path, nothing)


def test_one_that_says_nothing_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "_START_SECONDS", 0.0)
    stands_in(tmp_path, "exec sleep 5", monkeypatch)
    with pytest.raises(NotStartedError, match="in time"):
        reach(tmp_path, nothing)


def test_no_process_at_all_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    with pytest.raises(NotStartedError, match="can't be started: No such file"):
        reach(tmp_path, nothing)
