"""A remote server that fails: each way is told once, as what it is, and the next call works."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Final

import pytest

from http_peers import answer, listen
from peers.loops import PATIENCE, run
from peers.messages import call, initialize, modern, note, request
from peers.remote import JSON, Seen, answer_with, event, remote, stream_head
from peers.upstreams import DONE, done, reached, shaken
from sekisho.engine.events import CallBroke, ServerGarbled, ServerLeft, ServerSent, Trouble
from sekisho.gateway import upstream_http
from sekisho.wire.strict import Limits
from tablekit import rows

if TYPE_CHECKING:
    from http_peers import Peer, Server
    from peers.remote import Asked, Handler
    from sekisho.wire.jsonrpc import JsonObject

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

SMALL: Final = Limits(bytes=10_000)


async def cut_short(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(stream_head() + event(note("notifications/message", {})))
    peer.writer.close()


async def not_resumable(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(stream_head() + event(None, id="e0", retry=1))
    peer.writer.close()


async def reset(peer: Peer, asked: Asked) -> None:
    del asked
    peer.reset()


async def half_a_head(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-")
    peer.writer.close()


async def half_a_body(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
    peer.writer.close()


async def html(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(answer(b"<html>", b"Content-Type: text/html", status=b"502 Bad Gateway"))


async def nothing(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(answer(status=b"202 Accepted"))


async def unauthorized(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(answer(b"no", b"Content-Type: text/plain", status=b"401 Unauthorized"))


async def unauthorized_json(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(answer(b'{"error":"invalid_token"}', JSON, status=b"401 Unauthorized"))


async def forbidden_json(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(answer(b'{"detail":"no"}', JSON, status=b"403 Forbidden"))


async def server_error_json(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(answer(b'{"detail":"oops"}', JSON, status=b"500 Internal Server Error"))


async def huge_body(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(answer(b"x" * 20_000, JSON))


async def huge_chunks(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(30):
        await peer.send(b"3e8\r\n" + b"x" * 1000 + b"\r\n")


async def other_id(peer: Peer, asked: Asked) -> None:
    await answer_with(peer, asked, {**asked.result(DONE), "id": 77})


async def text_id(peer: Peer, asked: Asked) -> None:
    await answer_with(peer, asked, {**asked.result(DONE), "id": "2"})


async def a_notification(peer: Peer, asked: Asked) -> None:
    await answer_with(peer, asked, note("notifications/message", {}))


async def a_redirect(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.send(answer(b"", b"Location: http://127.0.0.1:1/mcp", status=b"307 Temporary Redirect"))


@rows(
    ("tool", "trouble"),
    [
        (cut_short, Trouble.BROKEN),
        (not_resumable, Trouble.BROKEN),
        (reset, Trouble.BROKEN),
        (half_a_head, Trouble.BROKEN),
        (half_a_body, Trouble.BROKEN),
        (html, Trouble.GARBLED),
        (nothing, Trouble.GARBLED),
        (unauthorized, Trouble.UNAUTHORIZED),
        (unauthorized_json, Trouble.UNAUTHORIZED),
        (forbidden_json, Trouble.UNAUTHORIZED),
        (server_error_json, Trouble.GARBLED),
        (huge_body, Trouble.TOO_LARGE),
        (huge_chunks, Trouble.TOO_LARGE),
        (other_id, Trouble.GARBLED),
        (text_id, Trouble.GARBLED),
        (a_notification, Trouble.GARBLED),
        (a_redirect, Trouble.GARBLED),
    ],
)
def test_an_exchange_that_fails_is_told_once_and_the_next_one_works(tool: Handler, trouble: Trouble) -> None:
    async def either(peer: Peer, asked: Asked) -> None:
        await (done if asked.tool == "good" else tool)(peer, asked)

    async def work() -> None:
        async with listen(remote(either)) as server, reached(server.port, limits=SMALL) as (upstream, ear):
            await shaken(upstream, ear)
            upstream.send(call(2, "bad"), 2, ())
            broken = await ear.first(CallBroke)
            assert [(each.call, each.trouble) for each in broken] == [(2, trouble)]
            upstream.send(call(3, "good"), 3, ())
            await ear.until(lambda: any(each.get("id") == 3 for each in ear.bodies()))
            assert len(ear.of(CallBroke)) == 1

    run(work())


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"jsonrpc":"2.0","id":2,"result":NaN}', b"\xff"])
def test_a_body_that_is_no_message_garbles_its_call(body: bytes) -> None:
    async def plain(peer: Peer, asked: Asked) -> None:
        head = (b"data: " + body + b"\n\n") if asked.tool == "events" else body
        kind = b"Content-Type: text/event-stream" if asked.tool == "events" else JSON
        await peer.send(answer(head, kind))

    async def work() -> None:
        async with listen(remote(plain)) as server, reached(server.port) as (upstream, ear):
            await shaken(upstream, ear)
            for number, tool in ((2, "json"), (3, "events")):
                upstream.send(call(number, tool), number, ())
            garbled = await ear.first(ServerGarbled, 2)
            assert {each.call for each in garbled} == {2, 3}

    run(work())


def test_an_error_that_names_no_request_still_answers_this_one() -> None:
    async def refuse(peer: Peer, asked: Asked) -> None:
        error: JsonObject = {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "no"}}
        await answer_with(peer, asked, error, status=b"400 Bad Request")

    async def work() -> None:
        async with listen(remote(refuse)) as server, reached(server.port) as (upstream, ear):
            await shaken(upstream, ear)
            upstream.send(call(2, "a"), 2, ())
            assert (await ear.first(ServerSent))[0].message.body == {
                "jsonrpc": "2.0",
                "id": 2,
                "error": {"code": -32600, "message": "no"},
            }

    run(work())


def test_nobody_there_is_told_as_unreachable() -> None:
    async def work() -> None:
        async with listen(remote(done)) as server:
            port = server.port
        async with reached(port) as (upstream, ear):
            upstream.send(initialize(1), 1, ())
            assert [each.trouble for each in await ear.first(CallBroke)] == [Trouble.UNREACHABLE]
            assert ear.said
            upstream.send(note("notifications/cancelled"), None, ())
            await upstream.settled()

    run(work())


def test_a_session_that_ended_is_told_and_the_next_one_is_fresh() -> None:
    async def work() -> None:
        seen = Seen()

        async def gone(peer: Peer, asked: Asked) -> None:
            error = {"jsonrpc": "2.0", "id": None, "error": {"code": -32001, "message": "no session"}}
            await peer.send(answer(json.dumps(error).encode(), JSON, status=b"404 Not Found"))
            del asked

        async with listen(remote(gone, seen=seen)) as server, reached(server.port) as (upstream, ear):
            await shaken(upstream, ear)
            upstream.send(call(2, "a"), 2, ())
            assert [each.trouble for each in await ear.first(CallBroke)] == [Trouble.SESSION_ENDED]
            upstream.start()
            await shaken(upstream, ear)
            assert (
                "mcp-session-id"
                not in [each for each in seen.all if each.body.get("method") == "initialize"][1].headers
            )

    run(work())


def test_a_404_without_a_session_is_an_answer_like_others() -> None:
    async def refuse(peer: Peer, asked: Asked) -> None:
        error: JsonObject = {"jsonrpc": "2.0", "id": asked.id, "error": {"code": -32601, "message": "no"}}
        await answer_with(peer, asked, error, status=b"404 Not Found")

    async def work() -> None:
        async with listen(remote(refuse)) as server, reached(server.port) as (upstream, ear):
            upstream.send(modern(request(2, "no/such")), 2, ())
            assert (await ear.first(ServerSent))[0].message.body["id"] == 2
            assert not ear.of(CallBroke)

    run(work())


def test_a_server_that_takes_no_notifications_is_given_up_at_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream_http, "_MOST_UNTOLD", 100_000)

    async def script(peer: Peer, server: Server) -> None:
        del server
        await peer.gone()

    async def work() -> None:
        async with listen(script) as server:
            async with reached(server.port) as (upstream, ear):
                for number in range(300):
                    upstream.send(note("notifications/progress", {"n": number, "x": "x" * 1000}), None, ())
                left = await ear.first(ServerLeft)
                assert [each.trouble for each in left] == [Trouble.HUNG]
                assert any("takes no notifications" in text for text in ear.said)
            await server.accepted(1)
            while server.open:
                await asyncio.wait(server.open, timeout=PATIENCE)

    run(work())
