"""Asking a broker how it is."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.broker import address, asking
from sekisho.gateway.broker.address import Peer
from sekisho.gateway.broker.asking import SilentError, ask
from sekisho.gateway.broker.door import Door
from sekisho.gateway.broker.frames import LINE, SERVED, frame

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from brokerkit import Town

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")


@pytest.fixture
def door(tmp_path: Path) -> Generator[Door]:
    made = Door(tmp_path)
    assert made.open()
    made.listener.settimeout(20)
    yield made
    made.close()


def answering(door: Door, data: bytes) -> threading.Thread:
    """Answer the first that asks."""

    def work() -> None:
        connection, _ = door.listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(data)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_nobody_there_is_none(tmp_path: Path) -> None:
    assert ask(tmp_path) is None


def test_a_broker_tells_of_its_entries_and_conversations(town: Town) -> None:
    with town.entry() as one, town.entry("two") as two:
        one.greet()
        two.greet()
        found = ask(town.at.state)
        assert found is not None
        assert (found.pid, found.draining) == (town.broker(), False)
        assert [entry.name for entry in found.entries] == ["one", "two"]
        assert [entry.values["relay"] for entry in found.entries] == [one.pid, two.pid]
        (conversation,) = found.conversations
        assert conversation.values["entries"] == 2
        assert str(conversation.values["process"]).startswith(f"host:{os.getpid()}-")
        assert {entry.values["conversation"] for entry in found.entries} == {conversation.name}


@pytest.mark.parametrize(
    "data",
    [b"", frame(LINE, b"x"), frame(SERVED, b"{"), frame(SERVED, b"{}"), b"L\xff\xff\xff\xff", frame(SERVED, b"[]")],
)
def test_one_that_does_not_answer_is_said_to_be_silent(tmp_path: Path, door: Door, data: bytes) -> None:
    thread = answering(door, data)
    with pytest.raises(SilentError):
        ask(tmp_path)
    thread.join(20)


def test_one_that_hangs_is_not_waited_for_for_ever(tmp_path: Path, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    assert door
    monkeypatch.setattr(asking, "_PATIENCE", 0.05)
    with pytest.raises(SilentError, match="timed out"):
        ask(tmp_path)


def test_another_user_is_not_asked(tmp_path: Path, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def foreign(_: object) -> Peer:
        return Peer(1, os.geteuid() + 1)

    assert door
    monkeypatch.setattr(address, "peer_of", foreign)
    with pytest.raises(SilentError, match="is at the other end"):
        ask(tmp_path)
