"""The handshake of a 2025 host: kept once it is complete, and said again where a server has not heard it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from peers.messages import call, initialize, modern, note, request
from sekisho.engine.effects import SendToHost
from sekisho.engine.events import HostGarbled, HostSent
from sekisho.gateway.broker.opening import Opening
from sekisho.model.subject import Who
from sekisho.wire.jsonrpc import Request, error_body, read_message, result_body, serialise
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from sekisho.ports import Backend
    from sekisho.wire.jsonrpc import Id, JsonObject

WHO: Final = Who(principal="ada", conversation="c")
LINE: Final = serialise(initialize(7))


class Clock:
    """All that is asked of what is behind."""

    revision = None

    def clock(self) -> float:
        return 1.0


BEHIND: Final = cast("Backend", Clock())


def sent(*bodies: JsonObject) -> list[HostSent]:
    return [HostSent(read_message(body), WHO, 0, 1.0) for body in bodies]


def final(body: JsonObject, about: Id) -> SendToHost:
    return SendToHost(body, 0, about, final=True)


def opening(known: bytes = b"") -> tuple[Opening, list[bytes]]:
    kept: list[bytes] = []
    return Opening(WHO, Limits(), kept.append, known), kept


def test_a_handshake_is_kept_when_the_host_has_its_answer_to_the_last_byte() -> None:
    one, kept = opening()
    one.heard([HostGarbled("x", "y", None, WHO, 0, 1.0), *sent(note("x"), request(1, "ping"), initialize(7))])
    one.answered(final(result_body(1, {}), 1), 10)
    one.answered(final(result_body(7, {}), 7), 20)
    one.written(19)
    assert (kept, one.done) == ([], False)
    one.written(20)
    assert (kept, one.done) == ([LINE], True)


def test_a_handshake_that_comes_to_nothing_and_a_host_that_needs_none_leave_nothing() -> None:
    one, kept = opening()
    one.heard(sent(initialize(7)))
    one.answered(final(error_body(7, -1, "no"), 7), 10)
    one.written(10)
    assert (kept, one.done) == ([], False)
    one.heard(sent(modern(request(9, "server/discover"))))
    assert not one.done
    one.heard(sent(modern(call(8, "echo"))))
    assert (kept, one.done) == ([], True)


def test_what_a_server_has_not_heard_is_said_again_before_what_comes_next() -> None:
    one, kept = opening(LINE)
    assert one.missing(sent({"jsonrpc": "2.0", "id": 1, "result": {}}), BEHIND) is None
    said = one.missing(sent(call(9, "echo")), BEHIND)
    assert said is not None
    assert isinstance(said.message, Request)
    assert (said.message.method, said.message.id, said.who) == ("initialize", 7, WHO)
    assert not one.ends(SendToHost(note("x"), 0, 7))
    assert not one.ends(final(result_body(9, {}), 9))
    assert one.ends(final(result_body(7, {}), 7))
    assert (one.agreed, one.done, kept) == (True, True, [LINE])
    assert one.confirmation(2.0).now == 2.0
    assert one.missing(sent(call(10, "echo")), BEHIND) is None
    assert not one.ends(final(result_body(7, {}), 7))


def test_a_server_that_does_not_agree_is_asked_again_at_the_next_request() -> None:
    one, kept = opening(LINE)
    for about in (9, 10):
        assert one.missing(sent(call(about, "echo")), BEHIND) is not None
        assert one.ends(final(error_body(7, -1, "no"), 7))
        assert (one.agreed, one.done, kept) == (False, False, [])


def test_a_host_that_greets_anew_is_taken_at_its_word() -> None:
    one, kept = opening(LINE)
    again = sent(initialize(11), call(12, "echo"))
    assert one.missing(again, BEHIND) is None
    one.heard(again)
    assert one.missing(sent(call(13, "echo")), BEHIND) is None
    assert kept == []


def test_what_is_no_handshake_is_not_said() -> None:
    for line in (b"{", serialise(note("x"))):
        assert opening(line)[0].missing(sent(call(1, "echo")), BEHIND) is None
