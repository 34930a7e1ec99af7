"""Where a broker listens, and who may speak there."""

from __future__ import annotations

import os
import socket
import struct
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.broker import address
from sekisho.gateway.broker.address import Peer, connect, locked, peer_of, require_own
from sekisho.gateway.broker.door import Door
from sekisho.gateway.broker.frames import StrangerError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")


class Foreign:
    """A connection from another user, as the kernel would show it."""

    def getsockopt(self, level: int, option: int, size: int, /) -> bytes:
        assert (level, option, size) == (socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        return struct.pack("=iII", 4711, os.geteuid() + 1, 0)


def foreign(_: object) -> Peer:
    return peer_of(Foreign())


def test_the_kernel_tells_who_is_there() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        found = peer_of(ours)
    assert (found.pid, found.uid) == (os.getpid(), os.geteuid())
    assert require_own(found) is found


def test_another_user_is_a_stranger() -> None:
    found = peer_of(Foreign())
    assert found.pid == 4711
    with pytest.raises(StrangerError, match=f"uid {os.geteuid() + 1} is at the other end"):
        require_own(found)


def test_root_is_a_stranger_to_everybody_else() -> None:
    with pytest.raises(StrangerError):
        require_own(Peer(1, 0), uid=1000)


def test_a_broker_of_another_user_is_not_spoken_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(tmp_path)
    assert door.open()
    monkeypatch.setattr(address, "peer_of", foreign)
    with pytest.raises(StrangerError):
        connect(tmp_path, patience=10)
    door.close()


def test_nobody_there_is_none(tmp_path: Path) -> None:
    assert connect(tmp_path, patience=10) is None
    (tmp_path / "broker.sock").touch()
    assert connect(tmp_path, patience=10) is None


def test_a_folder_with_a_name_that_no_address_holds_is_reached(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30) / ("name" * 30)
    folder.mkdir(parents=True)
    door = Door(folder)
    assert door.open()
    found = connect(folder, patience=10)
    assert found is not None
    found.close()
    door.close()


def test_a_lock_is_held_by_one_and_waited_for_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    order: list[str] = []

    def second() -> None:
        with locked(path, wait=True):
            order.append("second")

    with locked(path, wait=True) as held:
        assert held
        with locked(path, wait=False) as other:
            assert not other
        waiting = threading.Thread(target=second)
        waiting.start()
        order.append("first")
    waiting.join(20)
    assert order == ["first", "second"]
    assert path.stat().st_mode & 0o777 == 0o600
