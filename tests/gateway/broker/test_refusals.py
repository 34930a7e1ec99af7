"""What a relay says when no broker does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest

from peers.messages import call, modern, note, request
from peers.words import code_of, rule_of, text_of
from sekisho.gateway.broker.ledger import CALL, MODERN
from sekisho.gateway.broker.refusals import key_of, lost, owed_of, said, streams, unsent, without
from sekisho.wire.jsonrpc import Request, parse
from sekisho.wire.strict import Limits
from sekisho.wire.versions import SekishoCode

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject


def line(*bodies: JsonObject) -> bytes:
    return json.dumps(bodies[0] if len(bodies) == 1 else list(bodies)).encode()


def answers(data: bytes, *known: bytes) -> list[JsonObject]:
    return [cast("JsonObject", json.loads(one)) for one in unsent(data, known)]


@pytest.mark.parametrize(
    ("body", "owed"),
    [
        (request(7, "tools/list"), (b"i7", 0)),
        (request("7", "ping"), (b"s7", 0)),
        (call(-3, "echo"), (b"i-3", CALL)),
        (modern(call("ä", "echo")), ("sä".encode(), CALL | MODERN)),
        (modern(request(1, "tools/list")), (b"i1", MODERN)),
    ],
)
def test_a_request_is_refused_under_its_own_id(body: JsonObject, owed: tuple[bytes, int]) -> None:
    parsed = parse(line(body), Limits())
    assert isinstance(parsed, Request)
    assert owed_of(parsed) == owed
    assert owed[0] == key_of(parsed.id)
    answer = cast("JsonObject", json.loads(lost(owed)))
    assert answer["id"] == body["id"]
    assert rule_of(answer) == "broker-lost"
    assert ("result" in answer) == bool(owed[1] & CALL)


def test_what_reached_no_broker_is_refused_as_not_sent() -> None:
    (answer,) = answers(line(request(1, "tools/list")))
    assert (code_of(answer), rule_of(answer)) == (SekishoCode.BROKER_UNAVAILABLE, "broker-unavailable")
    (answer,) = answers(line(call(2, "echo")))
    assert "nothing was sent" in text_of(answer)


def test_what_was_refused_already_is_not_refused_again() -> None:
    assert answers(line(request(1, "ping")), b"i1") == []
    assert answers(b'{"jsonrpc":"2.0","id":1,"method":""}', b"i1") == []


def test_what_is_owed_nothing_gets_nothing() -> None:
    for data in (line(note("x")), b'{"jsonrpc":"2.0","id":1,"result":{}}', b"{", b"", b"\xff"):
        assert answers(data) == []


def test_a_malformed_request_is_refused_when_its_id_can_be_read() -> None:
    (answer,) = answers(b'{"jsonrpc":"2.0","id":"x","method":""}')
    assert answer["id"] == "x"


def test_each_request_of_a_batch_is_refused() -> None:
    assert [answer["id"] for answer in answers(line(request(1, "ping"), note("x"), request(2, "ping")))] == [1, 2]


def test_what_is_said_to_a_person_is_printable() -> None:
    assert said("one\x1b[2J\ntwo") == "sekisho: one␛[2J\nsekisho: two\n".encode()


def test_a_stream_that_is_taken_back_while_there_is_no_broker_is_not_opened_again() -> None:
    listen, other = (line(modern(request(id_, "subscriptions/listen"))) for id_ in ("s", 5))
    standing = b"\n".join((line(request(0, "resources/subscribe", {"uri": "x:1"})), b"{", listen, other, b""))
    assert list(streams(standing)) == [b"ss", b"i5"]
    taken = [note("notifications/cancelled", {"requestId": id_}) for id_ in ("s", "t", True)]
    named = [note("notifications/other", {"cancelled": 1}), request(1, "cancelled")]
    lines = [b"{cancelled", line(note("x")), *(line(body) for body in (*taken, *named))]
    assert list(streams(without(standing, lines))) == [b"i5"]
    assert without(standing, lines).count(b"\n") == 3
    assert without(standing, lines[:2]) == standing
