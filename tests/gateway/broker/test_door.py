"""The name of a broker: one has it at a time, and gives it up before the next takes it."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.broker.address import connect
from sekisho.gateway.broker.door import Door

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")


def test_only_one_door_is_open_at_a_time(tmp_path: Path) -> None:
    first, second = Door(tmp_path), Door(tmp_path)
    assert first.open()
    assert not second.open()
    first.close()
    assert second.open()
    second.close()
    assert connect(tmp_path, patience=10) is None


def test_what_a_dead_broker_left_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "broker.sock").write_text("left")
    door = Door(tmp_path)
    assert door.open()
    mode = (tmp_path / "broker.sock").stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600
    door.close()
    door.close()


def test_the_name_is_not_taken_away_from_whoever_has_it_now(tmp_path: Path) -> None:
    first = Door(tmp_path)
    assert first.open()
    first.close()
    second = Door(tmp_path)
    assert second.open()
    first.close()
    found = connect(tmp_path, patience=10)
    assert found is not None
    found.close()
    second.close()


def test_a_door_that_was_never_open_takes_nothing_away(tmp_path: Path) -> None:
    first, second = Door(tmp_path), Door(tmp_path)
    assert first.open()
    assert not second.open()
    second.close()
    found = connect(tmp_path, patience=10)
    assert found is not None
    found.close()
    first.close()
