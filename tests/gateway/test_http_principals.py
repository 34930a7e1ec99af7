"""Several principals at one face: what one has, another does not see."""

from __future__ import annotations

from peers.face import Desk
from peers.loops import run
from sekisho.engine.events import Halted
from sekisho.gateway.http_principals import Principals


def test_each_principal_has_sessions_and_servers_of_its_own() -> None:
    async def work() -> None:
        desk = Desk(None)
        principals = Principals(desk, "root")
        alice, bob = principals.of("alice"), principals.of("bob")
        assert principals.of("alice") is alice
        mine = alice.open()
        assert mine is not None
        id_ = next(iter(alice._legacy))  # pyright: ignore[reportPrivateUsage]
        assert alice.find(id_) is mine
        assert bob.find(id_) is None
        assert alice.modern() is not bob.modern()
        assert len(desk.inner) == 3
        assert {alice.who.principal, bob.who.principal} == {"alice", "bob"}
        assert alice.who.conversation != bob.who.conversation
        await principals.aclose()
        assert all(inner.closed for inner in desk.inner)

    run(work())


def test_what_concerns_all_reaches_all() -> None:
    async def work() -> None:
        desk = Desk(None)
        principals = Principals(desk, "root")
        faces = [principals.of(name).modern() for name in ("alice", "bob")]
        principals.broadcast(Halted)
        assert [record.fields.get("event") for record in desk.book.records] == ["halted", "halted"]
        for face in faces:
            face.open(1)
        assert len(list(principals.streams())) == 2
        principals.expire()
        await principals.aclose()

    run(work())


def test_who_is_turned_away_is_on_record_by_name_or_in_the_owners_where_nobody_knows_it() -> None:
    async def work() -> None:
        desk = Desk(None)
        principals = Principals(desk, "root")
        principals.turned_away("missing-token", 1000)
        principals.turned_away("too-many-requests", 1000, "alice")
        told = [(record.kind, record.who.principal, record.fields) for record in desk.book.records]
        assert told == [
            ("turned-away", "root", {"rule": "missing-token", "verdict": "deny", "uid": 1000}),
            ("turned-away", "alice", {"rule": "too-many-requests", "verdict": "deny", "uid": 1000}),
        ]
        await principals.aclose()

    run(work())


def test_knocks_are_counted_until_the_next_sweep_and_at_the_end() -> None:
    async def work() -> None:
        desk = Desk(None)
        principals = Principals(desk, "root")
        for _ in range(5):
            principals.turned_away("missing-token", 1000)
        principals.expire()
        principals.turned_away("missing-token", 1000)
        principals.turned_away("missing-token", 1000)
        await principals.aclose()
        assert [record.fields.get("count") for record in desk.book.records] == [None, 4, None, 1]

    run(work())
