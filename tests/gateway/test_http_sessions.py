"""Sessions by id: made, found, ended, broadcast to, closed together."""

from __future__ import annotations

import asyncio

from peers.face import Desk
from peers.loops import run
from sekisho.engine.events import Halted
from sekisho.gateway.http_sessions import Sessions


def test_ids_are_long_random_and_never_in_the_conversations_name() -> None:
    async def work() -> None:
        desk = Desk(None)
        sessions = desk.sessions
        faces = [sessions.open() for _ in range(20)]
        ids = list(sessions._legacy)  # pyright: ignore[reportPrivateUsage]
        assert len(set(ids)) == 20
        assert all(len(id_) >= 32 for id_ in ids)
        conversations = {face.who.conversation for face in faces if face is not None}
        assert len(conversations) == 20
        assert not any(id_.decode() in conversation for id_ in ids for conversation in conversations)
        assert all(face.who.principal == "alice" for face in faces if face is not None)
        await sessions.aclose()

    run(work())


def test_a_session_has_a_name_once_it_agreed_on_a_revision_and_as_long_as_it_lives() -> None:
    async def work() -> None:
        desk = Desk(None)
        face = desk.sessions.open()
        assert face is not None
        assert desk.sessions.headers_of(face) == ()
        id_ = next(iter(desk.sessions._legacy))  # pyright: ignore[reportPrivateUsage]
        assert desk.sessions.find(id_) is face
        face.end_session()
        assert desk.sessions.find(id_) is None
        assert desk.sessions.headers_of(face) == ()
        await desk.sessions.aclose()
        assert desk.inner[0].closed

    run(work())


def test_each_session_has_a_server_and_those_of_2026_share_one() -> None:
    async def work() -> None:
        desk = Desk(None)
        assert desk.sessions.modern() is desk.sessions.modern()
        desk.sessions.open()
        desk.sessions.open()
        assert [inner.started for inner in desk.inner] == [1, 1, 1]
        await desk.sessions.aclose()
        assert all(inner.closed for inner in desk.inner)

    run(work())


def test_a_broadcast_reaches_every_link() -> None:
    async def work() -> None:
        desk = Desk(None)
        desk.sessions.broadcast(Halted)
        desk.sessions.open()
        desk.sessions.modern()
        desk.sessions.broadcast(Halted)
        halted = [record for record in desk.book.records if record.fields.get("event") == "halted"]
        assert len(halted) == 2
        await asyncio.sleep(0)
        await desk.sessions.aclose()

    run(work())


def test_streams_are_those_of_every_session() -> None:
    async def work() -> None:
        desk = Desk(None)
        face = desk.sessions.open()
        assert face is not None
        one, standing = face.open([1]), face.listening()
        _, modern = desk.sessions.modern().open(1)
        desk.sessions.open()
        assert list(desk.sessions.streams()) == [one, standing, modern]
        await desk.sessions.aclose()

    run(work())


def test_closing_nothing_is_nothing() -> None:
    async def work() -> None:
        await Sessions(Desk(None), "alice").aclose()

    run(work())
