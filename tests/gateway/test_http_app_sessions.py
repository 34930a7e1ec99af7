"""Sessions behind the endpoint, and what is refused there."""

from __future__ import annotations

import asyncio

import pytest

from peers.face import desk
from peers.http_host import ACCEPT, HttpHost, of_modern, post, wire
from peers.loops import run
from peers.messages import call, initialize, modern, note, request
from peers.words import code_of, rule_of, text_of
from sekisho.engine.events import Halted, Resumed
from sekisho.gateway import http_sessions

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


# -- sessions ------------------------------------------------------------------------------------


def test_an_unknown_session_is_404_and_a_missing_one_400() -> None:
    async def work() -> None:
        async with desk() as at:
            for method, body in (("POST", request(1, "tools/list")), ("GET", None), ("DELETE", None)):
                for session, status in ((None, 400), ("unknown", 404), ("", 404)):
                    named = () if session is None else (("mcp-session-id", session),)
                    async with wire(at.port) as connection:
                        answer = await connection.ask(method, body, *ACCEPT, *named)
                    assert answer.status == status, (method, session)
                    assert "initialize" in str(answer.json["error"])

    run(work())


def test_the_session_of_one_principal_is_unknown_to_another_whose_servers_are_others_too() -> None:
    async def work() -> None:
        mine, theirs = (("authorization", f"Bearer {letter * 20}") for letter in "ab")
        async with desk(tokens={"alice": "a" * 20, "bob": "b" * 20}) as at:
            opened = await post(at.port, initialize(1), *ACCEPT, mine)
            named = (("mcp-session-id", opened.headers["mcp-session-id"]), ("mcp-protocol-version", "2025-11-25"))
            for body, status in ((request(2, "tools/list"), 200), (note("notifications/initialized"), 202)):
                assert (await post(at.port, body, *ACCEPT, *named, mine)).status == status
                assert (await post(at.port, body, *ACCEPT, *named, theirs)).status == 404
                assert (await post(at.port, body, *ACCEPT, *named)).status == 401
            for who in (mine, theirs):
                asked = modern(call(3, "echo", {"text": "x"}))
                assert text_of((await post(at.port, asked, *of_modern(asked), who)).json) == "x"
            assert len(at.inner) == 3
            asked_by = [record.who.principal for record in at.book.records if record.kind == "request"]
            assert set(asked_by) == {"alice", "bob"}

    run(work())


def test_two_session_headers_are_none() -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as connection:
                named = ("mcp-session-id", host.session)
                answer = await connection.ask("POST", request(1, "tools/list"), *ACCEPT, named, named)
            assert answer.status == 400

    run(work())


def test_delete_ends_a_session_and_its_server() -> None:
    async def work() -> None:
        async with desk() as at:
            host, other = HttpHost(at.port), HttpHost(at.port)
            await host.open()
            await other.open()
            assert await host.delete() == 200
            assert (await host.post(request(1, "tools/list"))).status == 404
            assert await host.delete() == 404
            await at.inner[0].told(lambda _: at.inner[0].closed)
            assert not at.inner[1].closed
            assert text_of(await other.ask(call(1, "echo", {"text": "x"}))) == "x"

    run(work())


def test_delete_ends_what_is_under_way() -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as slow, wire(at.port) as listening:
                slow.send("POST", call(1, "slow"), *host.headers())
                listening.send("GET", None, *host.headers())
                assert (await listening.head()).status == 200
                await at.inner[0].called("slow")
                assert await host.delete() == 200
                answer = await slow.answer()
                assert not answer.events
                assert [event async for event in listening.events() if event.data] == []

    run(work())


def test_an_unused_session_expires_and_a_used_one_does_not() -> None:
    async def work() -> None:
        async with desk() as at:
            idle, busy, listening = HttpHost(at.port), HttpHost(at.port), HttpHost(at.port)
            for host in (idle, busy, listening):
                await host.open()
            async with wire(at.port) as slow, wire(at.port) as stream:
                slow.send("POST", call(1, "slow"), *busy.headers())
                await at.inner[1].called("slow")
                stream.send("GET", None, *listening.headers())
                await stream.head()
                at.clock.now += 1799
                at.sessions.expire()
                assert (await idle.post(request(1, "tools/list"))).status == 200
                at.clock.now += 1801
                at.sessions.expire()
                assert (await idle.post(request(2, "tools/list"))).status == 404
                assert (await busy.post(request(2, "tools/list"))).status == 200
                assert (await listening.post(request(2, "tools/list"))).status == 200

    run(work())


def test_too_many_sessions_push_out_the_idlest_and_never_a_busy_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_sessions, "_MOST", 2)

    async def work() -> None:
        async with desk() as at:
            first, second, third, fourth = (HttpHost(at.port) for _ in range(4))
            await first.open()
            at.clock.now += 1
            await second.open()
            async with wire(at.port) as one, wire(at.port) as two:
                one.send("POST", call(1, "slow"), *first.headers())
                await at.inner[0].called("slow")
                await third.open()
                assert (await second.post(request(1, "tools/list"))).status == 404
                two.send("POST", call(1, "slow"), *third.headers())
                await at.inner[2].called("slow")
                refused = await fourth.post(initialize())
                assert (refused.status, code_of(refused.json)) == (503, -31008)
                assert (await first.post(request(2, "tools/list"))).status == 200

    run(work())


def test_initialize_that_fails_leaves_no_session() -> None:
    async def work() -> None:
        async with desk() as at:
            at.revision = "1999-01-01"
            answer = await post(at.port, initialize(), *ACCEPT)
            assert "mcp-session-id" not in answer.headers
            assert rule_of(answer.json) == "unknown-revision"
            await at.inner[0].told(lambda _: at.inner[0].closed)

    run(work())


def test_the_same_id_twice_is_refused_on_its_own_stream() -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as slow:
                slow.send("POST", call(7, "slow"), *host.headers())
                asked = await at.inner[0].called("slow")
                second = await host.ask(call(7, "echo", {"text": "x"}))
                assert code_of(second) == -32600
                other_type = await host.ask(call("7", "echo", {"text": "x"}))
                assert text_of(other_type) == "x"
                at.inner[0].text(asked, "first")
                assert text_of((await slow.answer()).json) == "first"

    run(work())


def test_a_notification_is_accepted_when_the_server_has_it() -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            at.inner[0].taken.clear()
            async with wire(at.port) as connection:
                connection.send("POST", note("notifications/roots/list_changed"), *host.headers())
                await at.inner[0].told(lambda message: message.get("method") == "notifications/roots/list_changed")
                reading = asyncio.ensure_future(connection.answer())
                assert text_of(await host.ask(call(1, "echo", {"text": "x"}))) == "x"
                assert not reading.done()
                at.inner[0].taken.set()
                assert (await reading).status == 202

    run(work())


# -- refusals ------------------------------------------------------------------------------------


def test_what_cannot_be_recorded_does_not_pass() -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            before = len(at.inner[0].sent)
            at.book.lost = True
            refused = await host.ask(call(1, "echo", {"text": "x"}))
            assert rule_of(refused) == "audit-unavailable"
            assert len(at.inner[0].sent) == before
            body = modern(call(1, "echo", {"text": "x"}))
            assert rule_of((await post(at.port, body, *of_modern(body))).json) == "audit-unavailable"
            assert not at.inner[1].sent
            at.book.lost = False
            assert text_of(await host.ask(call(2, "echo", {"text": "x"}))) == "x"

    run(work())


def test_an_answer_that_cannot_be_recorded_does_not_pass() -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as slow:
                slow.send("POST", call(1, "slow"), *host.headers())
                asked = await at.inner[0].called("slow")
                at.book.lost = True
                at.inner[0].text(asked, "secret")
                answer = await slow.answer()
            assert rule_of(answer.json) == "audit-unavailable"
            assert b"secret" not in answer.body

    run(work())


def test_a_halt_stops_every_session_and_a_resume_lets_them_go_on() -> None:
    async def work() -> None:
        async with desk() as at:
            host, other = HttpHost(at.port), HttpHost(at.port)
            await host.open()
            await other.open()
            async with wire(at.port) as slow:
                slow.send("POST", call(1, "slow"), *host.headers())
                await at.inner[0].called("slow")
                at.sessions.broadcast(Halted)
                assert rule_of((await slow.answer()).json) == "halted"
            assert rule_of(await host.ask(call(2, "echo", {"text": "x"}))) == "halted"
            assert rule_of(await other.ask(call(2, "echo", {"text": "x"}))) == "halted"
            at.sessions.broadcast(Resumed)
            assert text_of(await other.ask(call(3, "echo", {"text": "x"}))) == "x"

    run(work())


def test_who_is_turned_away_is_on_record() -> None:
    async def work() -> None:
        async with desk() as at:
            foreign = (("host", "evil.example"),)
            assert (await post(at.port, initialize(), *ACCEPT, *foreign)).status == 421
            assert (await post(at.port, initialize(), *ACCEPT, ("origin", "null"))).status == 403
            assert at.book.rules() == ["foreign-host", "foreign-origin"]
            at.book.lost = True
            assert (await post(at.port, initialize(), *ACCEPT, *foreign)).status == 421

    run(work())


def test_a_missing_token_is_asked_for() -> None:
    async def work() -> None:
        async with desk(token="a-token-of-24-characters") as at:  # noqa: S106 - of this test
            answer = await post(at.port, initialize(), *ACCEPT)
            assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
            shown = ("authorization", "Bearer a-token-of-24-characters")
            assert (await post(at.port, initialize(), *ACCEPT, shown)).status == 200

    run(work())
