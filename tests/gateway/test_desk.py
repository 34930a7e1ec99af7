"""The desk: ledgers for the sessions of a process, and what other processes decide."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.play import ALICE
from peers.ledgers import MemoryLedgers
from peers.loops import run, until
from sekisho.engine.calls import Call
from sekisho.engine.effects import Keep
from sekisho.gateway.desk import Desk
from sekisho.model.message_ids import MessageId
from sekisho.pin.records import Ledger
from sekisho.pin.review import quarantine
from sekisho.wire.jsonrpc import Response

if TYPE_CHECKING:
    from sekisho.ports import LedgerStore

EMPTY = Ledger(server="git")
ASIDE = quarantine(EMPTY, "why")


@dataclass
class Office:
    """A desk with two sessions of one server."""

    store: MemoryLedgers = field(default_factory=MemoryLedgers)
    said: list[str] = field(default_factory=list[str])
    one: list[Ledger | None] = field(default_factory=list["Ledger | None"])
    other: list[Ledger | None] = field(default_factory=list["Ledger | None"])

    def desk(self, store: LedgerStore | None = None) -> Desk:
        desk = Desk(store or self.store, say=self.said.append)
        desk.ledger("git")
        desk.join("git", self.one.append)
        desk.join("git", self.other.append)
        return desk


def _keep(before: Ledger, after: Ledger) -> Keep:
    call = Call(1, "tools/list", None, ALICE, 0, 1, 0.0, 1.0)
    return Keep("git", before, after, call, Response(1, {}, {}))


def test_what_one_session_keeps_the_others_of_its_server_go_by() -> None:
    office = Office()
    desk = office.desk()
    before = desk.ledger("git")
    assert before == EMPTY
    assert before is not None
    assert desk.keep(_keep(before, ASIDE), office.one.append) is ASIDE
    assert (office.one, office.other) == ([], [ASIDE])
    assert office.store.load("git").ledger is ASIDE


def test_a_server_that_has_another_name_by_now_keeps_its_pins() -> None:
    office = Office()
    desk = office.desk()
    desk.adopt("new", "git")
    assert office.store.edition("new") == 0
    office.store.save(ASIDE, before=office.store.load(ASIDE.server))
    desk.adopt("new", "git")
    assert desk.ledger("new") == quarantine(Ledger(server="new"), "why")
    desk.adopt("git", "new")
    assert office.store.edition("git") == 1
    office.store.broken = "no"
    desk.adopt("other", "git")
    assert office.said
    Desk(None, say=office.said.append).adopt("other", "git")


def test_who_decides_by_an_old_ledger_gets_the_new_one() -> None:
    office = Office()
    desk = office.desk()
    before = desk.ledger("git")
    assert before is not None
    desk.keep(_keep(before, ASIDE), office.one.append)
    assert desk.keep(_keep(before, EMPTY), office.other.append) is ASIDE


def test_who_was_slower_than_another_process_gets_what_that_one_kept() -> None:
    office = Office()
    desk = office.desk()
    before = desk.ledger("git")
    assert before is not None
    office.store.decide(ASIDE)
    assert desk.keep(_keep(before, EMPTY), office.one.append) is ASIDE
    assert office.other == [ASIDE]


def test_what_cannot_be_kept_is_said_once_and_nobody_has_a_ledger() -> None:
    office = Office()
    desk = office.desk()
    before = desk.ledger("git")
    assert before is not None
    office.store.broken = "the disk is full"
    assert desk.keep(_keep(before, ASIDE), office.one.append) is None
    assert desk.keep(_keep(before, ASIDE), office.one.append) is None
    desk.look()
    assert office.said == ["the disk is full"]
    assert office.other == [None]


def test_a_store_that_can_be_used_again_is_used_again() -> None:
    office = Office()
    office.store.broken = "gone"
    desk = office.desk()
    assert desk.ledger("git") is None
    office.store.broken = ""
    desk.look()
    assert office.one == [EMPTY]
    office.store.broken = "gone"
    desk.look()
    assert office.one == [EMPTY, None]
    assert office.said == ["gone", "gone"]


def test_without_a_store_there_is_never_a_ledger() -> None:
    desk = Desk(None, say=print)
    assert desk.ledger("git") is None
    desk.look()
    desk.tell(MessageId.PINS_HELD, {})
    assert desk.keep(_keep(EMPTY, ASIDE), print) is None


def test_only_the_server_that_was_decided_about_hears_of_it() -> None:
    office = Office()
    desk = office.desk()
    seen: list[Ledger | None] = []
    desk.ledger("other")
    desk.join("other", seen.append)
    office.store.decide(ASIDE)
    desk.look()
    assert (office.one, office.other, seen) == ([ASIDE], [ASIDE], [])


def test_who_has_left_hears_nothing_and_the_last_one_takes_the_ledger_along() -> None:
    office = Office()
    desk = office.desk()
    desk.leave("git", office.one.append)
    office.store.decide(ASIDE)
    desk.look()
    assert (office.one, office.other) == ([], [ASIDE])
    desk.leave("git", office.other.append)
    office.store.decide(EMPTY)
    assert desk.ledger("git") == EMPTY


def test_a_decision_is_noticed_within_a_second_until_the_desk_is_closed() -> None:
    async def work() -> None:
        office, changed = Office(), asyncio.Event()
        desk = office.desk()
        desk.join("git", lambda _: changed.set())
        desk.start()
        office.store.decide(ASIDE)
        await until(changed, lambda: office.one == [ASIDE])
        desk.stop()

    run(work())


def test_a_desk_that_was_never_opened_can_be_closed() -> None:
    Desk(None, say=print).stop()
