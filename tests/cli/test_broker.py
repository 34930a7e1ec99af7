"""`sekisho broker` as a process: how it starts, says so, and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clikit import PATIENCE
from sekisho.gateway.broker.address import connect
from sekisho.gateway.broker.starting import READY

if TYPE_CHECKING:
    from clikit import Desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")


def started(desk: Desk, *words: str) -> tuple[subprocess.Popen[bytes], bytes]:
    """Start a broker and return it with what it says about its start."""
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "sekisho", "broker", "--ready", str(writing), *words]
    process = subprocess.Popen(command, env=desk.environ(), pass_fds=[writing], stderr=subprocess.PIPE)
    os.close(writing)
    said = os.read(reading, 4096)
    os.close(reading)
    return process, said


def test_it_says_that_it_listens_and_ends_when_it_is_told_to(desk: Desk) -> None:
    process, said = started(desk)
    with process:
        assert said == READY
        found = connect(desk.state, patience=PATIENCE)
        assert found is not None
        found.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert connect(desk.state, patience=PATIENCE) is None
    assert desk.call("audit", "verify").output.startswith("Intact: ")


def test_nobody_needs_it_so_it_ends(desk: Desk) -> None:
    process, said = started(desk, "--idle", "0")
    with process:
        assert said == READY
        assert process.wait(PATIENCE) == 0


def test_a_second_one_ends_at_once_and_says_why(desk: Desk) -> None:
    first, _ = started(desk)
    second, said = started(desk)
    with first, second:
        assert b"another broker of this user listens in " in said
        assert second.wait(PATIENCE) == 2
        first.terminate()
        assert first.wait(PATIENCE) == 0


def test_a_key_that_cannot_be_used_is_told(desk: Desk) -> None:
    (desk.state / "key").mkdir()
    process, said = started(desk)
    with process:
        assert process.wait(PATIENCE) == 2
        assert process.stderr is not None
        assert said.strip() in process.stderr.read()
