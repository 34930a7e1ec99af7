"""What is decided in one turn is recorded with one write, in order, and before any of it happens."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sekisho.adapters.audit.errors import AuditUnavailable
from sekisho.engine.effects import AbortCall, Record
from sekisho.gateway.turn import Turn
from sekisho.model.subject import Who

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sekisho.engine.effects import Effect

WHO = Who(principal="p", conversation="c")


@dataclass
class Log:
    """An audit and a performer that remember in which order they were asked."""

    seen: list[object] = field(default_factory=list[object])
    fails: bool = False
    breaks: int | None = None
    """The call that cannot be aborted, by a fault of ours."""
    nested: Callable[[], None] | None = None

    def append(self, record: Record) -> None:
        self.seen.append([record.kind])

    def append_all(self, records: Sequence[Record]) -> None:
        if self.fails:
            raise AuditUnavailable("Full", where="here", next_step="Make room.")
        self.seen.append([record.kind for record in records])

    def append_durable(self, record: Record, then: Callable[[bool], None]) -> None:
        self.seen.append((record.kind, then))

    def perform(self, effects: Sequence[Effect]) -> None:
        self.seen.append(("perform", *_calls(effects)))

    def act(self, effects: Sequence[Effect]) -> None:
        self.seen.append(("act", *_calls(effects)))
        if self.breaks in _calls(effects):
            raise LookupError(self.breaks)
        if self.nested is not None:
            nested, self.nested = self.nested, None
            nested()

    def lose(self, effects: Sequence[Effect]) -> None:
        self.seen.append(("lose", *_calls(effects)))


def _calls(effects: Sequence[Effect]) -> list[int]:
    return [effect.call for effect in effects if isinstance(effect, AbortCall)]


def decided(call: int, *, durable: bool = False) -> list[Effect]:
    return [Record(f"r{call}", WHO, "s", {}, {}, durable=durable), AbortCall(call)]


def played(log: Log, *decisions: list[Effect]) -> list[object]:
    async def work() -> None:
        turn = Turn(log)
        for effects in decisions:
            turn.take(log, effects)
        await asyncio.sleep(0)

    asyncio.run(work())
    return log.seen


def test_the_first_goes_at_once_and_the_others_together() -> None:
    seen = played(Log(), decided(1), decided(2), decided(3))
    assert seen == [("perform", 1), ["r2", "r3"], ("act", 2), ("act", 3)]


def test_what_has_to_wait_for_the_disk_is_recorded_by_itself_and_keeps_its_place() -> None:
    seen = played(Log(), decided(1), decided(2), decided(3, durable=True), decided(4))
    assert seen == [("perform", 1), ["r2", "r4"], ("act", 2), ("perform", 3), ("act", 4)]


def test_what_cannot_be_recorded_does_not_happen() -> None:
    seen = played(Log(fails=True), decided(1), decided(2), decided(3))
    assert seen == [("perform", 1), ("lose", 2), ("lose", 3)]


def test_what_is_decided_meanwhile_stays_behind() -> None:
    log = Log()

    async def work() -> None:
        turn = Turn(log)
        log.nested = lambda: turn.take(log, decided(9))
        for call in (1, 2, 3):
            turn.take(log, decided(call))
        await asyncio.sleep(0)

    asyncio.run(work())
    assert log.seen == [("perform", 1), ["r2", "r3"], ("act", 2), ("act", 3), ["r9"], ("act", 9)]


def test_a_flush_leaves_nothing_waiting_and_the_next_turn_begins_anew() -> None:
    log = Log()

    async def work() -> None:
        turn = Turn(log)
        turn.take(log, decided(1))
        turn.take(log, decided(2))
        turn.flush()
        assert log.seen[-1] == ("act", 2)
        await asyncio.sleep(0)
        turn.take(log, decided(3))
        assert log.seen[-1] == ("perform", 3)

    asyncio.run(work())


def test_a_fault_at_one_link_is_said_and_keeps_nobody_else_waiting_then_or_later() -> None:
    log, told = Log(breaks=2), list[object]()

    async def work() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: told.append(context["exception"]))
        turn = Turn(log)
        for call in (1, 2, 3):
            turn.take(log, decided(call))
        await asyncio.sleep(0)
        turn.take(log, decided(4))

    asyncio.run(work())
    assert log.seen == [("perform", 1), ["r2", "r3"], ("act", 2), ("act", 3), ("perform", 4)]
    assert [repr(each) for each in told] == ["LookupError(2)"]
