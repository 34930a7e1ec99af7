"""The headers of requests to a server: written from the judged body, the session and what the user declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.upstream_session import UpstreamSession
from sekisho.wire.jsonrpc import parse, serialise
from sekisho.wire.strict import Limits
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject, Message

KEY = (b"x-api-key", b"declared")
MORE = (b"mcp-param-region", b"eu")
JSON = [(b"content-type", b"application/json"), (b"accept", b"application/json, text/event-stream")]
ID = (b"mcp-session-id", b"session-1")
VERSION = (b"mcp-protocol-version", b"2025-11-25")
INITIALIZE: JsonObject = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}
CALL: JsonObject = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "t"}}
META: JsonObject = {"io.modelcontextprotocol/protocolVersion": "2026-07-28"}
MODERN: JsonObject = {**CALL, "params": {"name": "t", "_meta": META}}


def message(body: JsonObject) -> Message:
    return parse(serialise({"jsonrpc": "2.0", **body}), Limits())


def response(result: JsonObject) -> Message:
    return message({"id": 1, "result": result})


def opened() -> UpstreamSession:
    session = UpstreamSession([KEY])
    session.opened(INITIALIZE, {b"mcp-session-id": b"session-1"})
    session.agreed(response({"protocolVersion": "2025-11-25", "serverInfo": {}}))
    return session


def lower(headers: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    found = {name.lower(): value for name, value in headers}
    assert len(found) == len(headers)
    return found


def test_before_a_session_only_what_the_user_declared_goes_along() -> None:
    session = UpstreamSession([KEY])
    assert session.of_post(INITIALIZE, [MORE]) == [*JSON, KEY]
    assert session.of_get(None) == [(b"accept", b"text/event-stream"), KEY]
    assert session.of_delete() == [KEY]


def test_a_session_is_named_in_every_request() -> None:
    session = opened()
    assert lower(session.of_post(CALL, [])) == dict([*JSON, ID, VERSION, KEY])
    assert lower(session.of_get(None)) == dict([(b"accept", b"text/event-stream"), ID, VERSION, KEY])
    assert lower(session.of_delete()) == dict([ID, VERSION, KEY])


@pytest.mark.parametrize("last", [b"7", b"", b"an id"])
def test_a_stream_is_taken_up_behind_the_last_event(last: bytes) -> None:
    assert lower(opened().of_get(last))[b"last-event-id"] == last


def test_a_session_that_was_forgotten_is_named_no_more() -> None:
    session = opened()
    session.forget()
    assert session.of_post(CALL, []) == [*JSON, KEY]
    assert (session.id, session.version) == (None, None)
    session.agreed(response({"protocolVersion": "2025-06-18", "serverInfo": {}}))
    assert session.version == b"2025-06-18"


def test_a_message_of_2026_names_itself_and_no_session() -> None:
    assert lower(opened().of_post(MODERN, [MORE])) == {
        **dict(JSON),
        b"mcp-protocol-version": b"2026-07-28",
        b"mcp-method": b"tools/call",
        b"mcp-name": b"t",
        b"x-api-key": b"declared",
        b"mcp-param-region": b"eu",
    }


def test_headers_for_a_call_stay_behind_in_2025() -> None:
    assert MORE not in opened().of_post(CALL, [MORE])


@rows("params", [None, [], "x", {"_meta": None}, {"_meta": []}, {"_meta": {"other": 1}}])
def test_odd_params_are_of_2025(params: Json) -> None:
    body: JsonObject = {**CALL, "params": params}
    assert ID in opened().of_post(body, [])


def test_only_an_answer_to_initialize_opens_a_session() -> None:
    session = UpstreamSession([])
    session.opened(CALL, {b"mcp-session-id": b"planted"})
    assert session.id is None
    session.opened(INITIALIZE, {b"mcp-session-id": b"real"})
    session.opened(CALL, {b"mcp-session-id": b"planted"})
    assert session.id == b"real"
    session.opened(INITIALIZE, {})
    assert session.id is None


@rows(
    "said",
    [
        response({}),
        response({"protocolVersion": "2025-11-25"}),
        response({"serverInfo": {}}),
        response({"protocolVersion": 20251125, "serverInfo": {}}),
        response({"protocolVersion": "２０２５", "serverInfo": {}}),  # noqa: RUF001 - these are meant
        message({"id": 1, "error": {"code": 1, "message": "m"}}),
        message({"method": "x", "params": {"protocolVersion": "2025-11-25", "serverInfo": {}}}),
    ],
)
def test_only_an_answer_with_a_revision_agrees_on_one(said: Message) -> None:
    session = UpstreamSession([])
    session.agreed(said)
    assert session.version is None


def test_a_revision_that_was_agreed_stays() -> None:
    session = opened()
    session.agreed(response({"protocolVersion": "1999-01-01", "serverInfo": {}}))
    assert session.version == b"2025-11-25"


def test_what_is_declared_is_a_copy() -> None:
    declared = [KEY]
    session = UpstreamSession(declared)
    declared.clear()
    assert session.of_delete() == [KEY]
