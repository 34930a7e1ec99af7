"""The door on Windows, over a system that is played: who gets in, and what is closed for whom."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, cast

import pytest

from sekisho.gateway.broker.frames import StrangerError
from sekisho.gateway.broker.named_pipe import Connected, PipeDoor, access, connect, memory_name, pipe_name

if TYPE_CHECKING:
    from pathlib import Path

ADA: Final = "S-1-5-21-1-2-3-1001"
EVE: Final = "S-1-5-21-1-2-3-1002"
WHERE: Final = cast("Path", PurePosixPath("/state"))


class Played:
    """A machine with one pipe, whose processes belong to these users."""

    def __init__(self, users: dict[int, str], *, other_end: int = 7, has: bool = True, comes: bool = True) -> None:
        self.users = users
        self.other_end = other_end
        self.has = has
        self.comes = comes
        self.taken = False
        self.made: list[tuple[str, str, bool]] = []
        self.closed: list[int] = []
        self.waiting: PipeDoor | None = None
        self._last = 0

    def own_user(self) -> str:
        return ADA

    def user_of(self, process: int) -> str:
        if process not in self.users:
            raise ProcessLookupError
        return self.users[process]

    def create(self, name: str, access: str, *, first: bool) -> int:
        if first and self.taken:
            raise PermissionError
        self.made.append((name, access, first))
        return self._handle()

    def wait(self, pipe: int) -> None:
        assert pipe not in self.closed
        if self.waiting is not None:
            self.waiting.close()
        if not self.comes:
            raise BrokenPipeError

    def open(self, name: str, *, patience: float) -> int:
        assert patience > 0
        if not self.has:
            raise FileNotFoundError(name)
        return self._handle()

    def client_of(self, pipe: int) -> int:
        assert pipe
        return self.other_end

    server_of = client_of

    def close(self, handle: int) -> None:
        self.closed.append(handle)

    def _handle(self) -> int:
        self._last += 1
        return self._last


def opened(system: Played) -> PipeDoor:
    door = PipeDoor(system, WHERE)
    assert door.open()
    return door


def test_the_name_says_user_and_folder_and_the_pipe_is_the_users_alone() -> None:
    name = pipe_name(WHERE, ADA)
    assert name.startswith("\\\\.\\pipe\\sekisho-broker-")
    assert len({name, pipe_name(WHERE, EVE), pipe_name(cast("Path", PurePosixPath("/other")), ADA)}) == 3
    assert len(name) < 256
    assert access(ADA) == f"O:{ADA}D:P(D;;GA;;;NU)(A;;GA;;;{ADA})"
    assert memory_name("ab") == "Local\\sekisho-ledger-ab"


def test_a_relay_of_this_user_is_let_in_and_the_name_is_never_free_meanwhile() -> None:
    system = Played({7: ADA})
    door = opened(system)
    assert door.accept() == Connected(1, 7)
    assert door.accept() == Connected(2, 7)
    assert system.made == [(pipe_name(WHERE, ADA), access(ADA), first) for first in (True, False, False)]
    door.close()
    door.close()
    assert system.closed == [3]


@pytest.mark.parametrize("users", [{7: EVE}, {}])
def test_who_is_not_this_user_or_is_gone_is_sent_away(users: dict[int, str]) -> None:
    system = Played(users)
    assert opened(system).accept() is None
    assert system.closed == [1]


def test_whoever_is_gone_before_it_was_waited_for_leaves_nothing_open() -> None:
    system = Played({}, comes=False)
    assert opened(system).accept() is None
    assert system.closed == [1]


def test_a_door_that_is_closed_while_it_waits_lets_nobody_in() -> None:
    system = Played({7: ADA}, comes=False)
    system.waiting = opened(system)
    assert system.waiting.accept() is None
    assert (system.closed, len(system.made)) == ([1], 1)


def test_the_second_broker_does_not_get_the_name_and_a_closed_door_is_told() -> None:
    system = Played({})
    system.taken = True
    door = PipeDoor(system, WHERE)
    assert not door.open()
    with pytest.raises(RuntimeError):
        door.accept()


def test_a_relay_looks_whose_pipe_it_is_before_it_says_a_word() -> None:
    assert connect(Played({7: ADA}), WHERE, patience=1) == Connected(1, 7)
    assert connect(Played({}, has=False), WHERE, patience=1) is None
    gone = Played({})
    assert (connect(gone, WHERE, patience=1), gone.closed) == (None, [1])
    strange = Played({7: EVE})
    with pytest.raises(StrangerError):
        connect(strange, WHERE, patience=1)
    assert strange.closed == [1]
