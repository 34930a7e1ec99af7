"""The endpoint from outside: methods, types, generations, batches, sessions, cancellation."""

from __future__ import annotations

import asyncio

import pytest

from peers.face import desk
from peers.http_host import ACCEPT, HttpHost, of_modern, post, wire
from peers.loops import run
from peers.messages import LEGACY, MODERN, call, initialize, modern, note, request
from peers.words import code_of, text_of
from sekisho.wire.views import obj
from tablekit import rows

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

JSON = ("content-type", "application/json")


def test_both_generations_are_served_by_one_endpoint() -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            assert text_of(await host.ask(call(1, "echo", {"text": "old"}))) == "old"
            body = modern(call(1, "echo", {"text": "new"}))
            answer = await post(at.port, body, *of_modern(body))
            assert (answer.status, text_of(answer.json)) == (200, "new")
            assert "mcp-session-id" not in answer.headers
            assert len(at.inner) == 2

    run(work(), loop="uvloop")


@rows(
    ("method", "path", "headers", "status"),
    [
        ("POST", "/", ACCEPT, 404),
        ("POST", "/mcp/", ACCEPT, 404),
        ("POST", "/MCP", ACCEPT, 404),
        ("POST", "/%6dcp", ACCEPT, 404),
        ("GET", "/", ACCEPT, 404),
        ("PUT", "/mcp", ACCEPT, 405),
        ("PATCH", "/mcp", ACCEPT, 405),
        ("OPTIONS", "/mcp", ACCEPT, 405),
        ("GET", "/mcp", (*ACCEPT, ("mcp-protocol-version", MODERN)), 405),
        ("DELETE", "/mcp", (*ACCEPT, ("mcp-protocol-version", MODERN)), 405),
        ("POST", "/mcp", (JSON,), 406),
        ("POST", "/mcp", (JSON, ("accept", "text/html")), 406),
        ("POST", "/mcp", (JSON, ("accept", "text/event-stream")), 406),
        ("GET", "/mcp", (("accept", "application/json"),), 406),
        ("POST", "/mcp", (("accept", "*/*"),), 415),
        ("POST", "/mcp", (("content-type", "text/plain"), ("accept", "*/*")), 415),
        ("POST", "/mcp", (("content-type", "application/x-www-form-urlencoded"), ("accept", "*/*")), 415),
        ("POST", "/mcp", (JSON, JSON, ("accept", "*/*")), 415),
        ("POST", "/mcp", (("content-type", "application/jsonp"), ("accept", "*/*")), 415),
        ("POST", "/mcp", (*ACCEPT, ("mcp-protocol-version", "1999-01-01")), 400),
        ("POST", "/mcp", (*ACCEPT, ("mcp-protocol-version", LEGACY), ("mcp-protocol-version", LEGACY)), 400),
    ],
)
def test_what_is_no_request_of_ours_is_turned_down(
    method: str, path: str, headers: tuple[tuple[str, str], ...], status: int
) -> None:
    async def work() -> None:
        async with desk() as at, wire(at.port) as connection:
            body = initialize() if method in ("POST", "PUT", "PATCH") else None
            connection.send(method, body, *headers, path=path)
            answer = await connection.answer()
            assert answer.status == status
            assert "Sekisho" in str(answer.json["error"]) or "version" in str(answer.json["error"])
            if status == 405:
                assert "POST" in answer.headers["allow"]
            assert not at.inner

    run(work())


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8"]
)
def test_json_may_say_its_charset(kind: str) -> None:
    async def work() -> None:
        async with desk() as at:
            answer = await post(at.port, initialize(), ("content-type", kind), ("accept", "*/*"))
            assert answer.status == 200

    run(work())


@rows(
    ("body", "code"),
    [
        (b"", -32700),
        (b"{", -32700),
        (b"\xff", -32700),
        (b'{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', -32700),
        (b'{"jsonrpc":"2.0","id":NaN,"method":"ping"}', -32700),
        (b"1", -32600),
        (b"[]", -32600),
        (b"{}", -32600),
        (b'{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600),
        (b'{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600),
        (b"[[]]", -32600),
        (b'{"a":' * 200 + b"1" + b"}" * 200, -32600),
    ],
)
def test_a_body_that_is_no_message_is_answered_with_400(body: bytes, code: int) -> None:
    async def work() -> None:
        async with desk() as at:
            answer = await post(at.port, body, *ACCEPT)
            assert (answer.status, code_of(answer.json)) == (400, code)
            assert not at.inner

    run(work())


def test_a_host_that_takes_json_alone_gets_json() -> None:
    async def work() -> None:
        async with desk() as at:
            answer = await post(at.port, initialize(), JSON, ("accept", "application/json"))
            assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
            assert answer.headers["mcp-session-id"]

    run(work())


# -- batches -------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
def test_batches_exist_in_one_revision_only(version: str) -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port, version=version)
            await host.open()
            answer = await host.post(
                b'[{"jsonrpc":"2.0","id":1,"method":"tools/list"},'
                b'{"jsonrpc":"2.0","method":"notifications/roots/list_changed"},'
                b'{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"text":"x"}}}]'
            )
            if version != "2025-03-26":
                assert (answer.status, code_of(answer.json)) == (400, -32600)
                return
            assert sorted(str(event.json["id"]) for event in answer.events) == ["1", "2"]

    run(work())


def test_a_batch_opens_no_session_and_is_nothing_in_2026() -> None:
    async def work() -> None:
        async with desk() as at:
            batch = b'[{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}]'
            assert (await post(at.port, batch, *ACCEPT)).status == 400
            in_2026 = (*ACCEPT, ("mcp-protocol-version", MODERN), ("mcp-method", "tools/list"))
            answer = await post(at.port, b'[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]', *in_2026)
            assert (answer.status, code_of(answer.json)) == (400, -32600)
            assert not at.inner

    run(work())


# -- 2026-07-28 ----------------------------------------------------------------------------------


@rows(
    ("drop", "replace", "code"),
    [
        ("mcp-protocol-version", None, -32020),
        ("mcp-method", None, -32020),
        ("mcp-method", "tools/list", -32020),
        ("mcp-name", None, -32020),
        ("mcp-name", "other", -32020),
        ("mcp-protocol-version", "2025-11-25", -32020),
    ],
)
def test_headers_have_to_say_what_the_body_says(drop: str, replace: str | None, code: int) -> None:
    async def work() -> None:
        async with desk() as at:
            body = modern(call(1, "echo", {"text": "x"}))
            headers = [pair for pair in of_modern(body) if pair[0] != drop]
            headers += [(drop, replace)] if replace is not None else []
            answer = await post(at.port, body, *headers)
            assert (answer.status, code_of(answer.json), answer.json["id"]) == (400, code, 1)
            assert "header-mismatch" in at.book.rules()

    run(work())


def test_an_error_in_2026_has_its_http_status() -> None:
    async def work() -> None:
        async with desk() as at:
            body = modern(request(1, "no/such"))
            answer = await post(at.port, body, *of_modern(body))
            assert (answer.status, code_of(answer.json)) == (404, -32601)

    run(work())


def test_a_notification_in_2026_is_taken_and_dropped() -> None:
    async def work() -> None:
        async with desk() as at:
            headers = (*ACCEPT, ("mcp-protocol-version", MODERN))
            assert (await post(at.port, note("notifications/cancelled", {"requestId": 1}), *headers)).status == 202
            twice = (*headers, ("mcp-method", "x"), ("mcp-method", "y"))
            assert (await post(at.port, note("notifications/cancelled"), *twice)).status == 400
            assert not at.inner

    run(work())


def test_an_answer_in_2026_is_nothing_that_a_host_sends() -> None:
    async def work() -> None:
        async with desk() as at:
            headers = (*ACCEPT, ("mcp-protocol-version", MODERN))
            answer = await post(at.port, {"jsonrpc": "2.0", "id": 1, "result": {}}, *headers)
            assert (answer.status, code_of(answer.json)) == (400, -32600)

    run(work())


def test_a_listening_stream_needs_a_host_that_takes_events() -> None:
    async def work() -> None:
        async with desk() as at:
            body = modern(request(1, "subscriptions/listen", {"notifications": {"toolsListChanged": True}}))
            headers = [pair for pair in of_modern(body) if pair[0] != "accept"]
            assert (await post(at.port, body, *headers, ("accept", "application/json"))).status == 406

    run(work())


def test_a_host_of_2026_that_leaves_cancels_its_call_and_no_other() -> None:
    async def work() -> None:
        async with desk() as at:
            body, other = modern(call(1, "slow")), modern(call(1, "other"))
            async with wire(at.port) as leaving, wire(at.port) as staying:
                leaving.send("POST", body, *of_modern(body))
                staying.send("POST", other, *of_modern(other))
                await asyncio.wait_for(at.came.wait(), 10)
                asked = await at.inner[0].called("slow")
                kept = await at.inner[0].called("other")
                leaving.drop()
                cancelled = await at.inner[0].told(lambda message: message.get("method") == "notifications/cancelled")
                assert obj(cancelled["params"])["requestId"] == asked["id"]
                at.inner[0].text(asked, "too late")
                at.inner[0].text(kept, "kept")
                assert text_of((await staying.answer()).json) == "kept"

    run(work())


def test_a_host_of_2025_that_leaves_cancels_nothing() -> None:
    async def work() -> None:
        async with desk() as at:
            host = HttpHost(at.port)
            await host.open()
            async with wire(at.port) as leaving:
                leaving.send("POST", call(1, "slow"), *host.headers())
                await at.inner[0].called("slow")
            assert text_of(await host.ask(call(2, "echo", {"text": "x"}))) == "x"
            assert not [each for each in at.inner[0].sent if each.get("method") == "notifications/cancelled"]

    run(work())
