"""Sessions come and go and leave nothing behind. A bench does a thousand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from peers.loops import run
from peers.places import place
from torture.leaks import after_http_sessions, after_stdio_runs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is read from /proc"),
    pytest.mark.allow_hosts(["127.0.0.1", "::1"]),
]

MIB = 1024 * 1024


def test_http_sessions_leave_nothing_behind(tmp_path: Path) -> None:
    left = run(after_http_sessions(place(tmp_path), count=40))
    assert left.processes == 0
    # The connection of the last request may be counted on either side; a leak would be one for each of the forty.
    assert abs(left.descriptors) <= 1
    assert left.memory < 10 * MIB


def test_stdio_runs_leave_nothing_behind(tmp_path: Path) -> None:
    left = run(after_stdio_runs(place(tmp_path), count=3))
    assert (left.processes, left.descriptors) == (0, 0)
