"""What a host relies on: kept once it has the answer, and said again where a server has not heard it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

from peers.messages import call, initialize, modern, note, request
from sekisho.engine.effects import SendToHost
from sekisho.engine.events import HostGarbled, HostSent
from sekisho.gateway.broker.ledger import LONGEST_STANDING
from sekisho.gateway.broker.standing import Standing
from sekisho.model.subject import Who
from sekisho.wire.jsonrpc import Notification, Request, error_body, read_message, result_body, serialise
from sekisho.wire.strict import Limits
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.ports import Backend
    from sekisho.wire.jsonrpc import Id, JsonObject

WHO: Final = Who(principal="ada", conversation="c")
ACKNOWLEDGED: Final = "notifications/subscriptions/acknowledged"


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


def lines(*bodies: JsonObject) -> bytes:
    return b"".join(serialise(body) + b"\n" for body in bodies)


class Setting:
    """One host, and what is kept of it."""

    def __init__(self, known: bytes = b"") -> None:
        self.kept: list[bytes] = []
        self.at = Standing(WHO, Limits(), self.kept.append, known)
        self.recalled = self.at.recall(BEHIND)
        self._end = 0

    def done(self, body: JsonObject, *, well: bool = True) -> None:
        """Let the host ask for something, and have the answer."""
        self.at.heard(sent(body))
        about = cast("Id", body["id"])
        self.reply(final(result_body(about, {}) if well else error_body(about, -1, "no"), about))

    def reply(self, effect: SendToHost) -> None:
        """Let the host have something of the server."""
        self._end += 10
        self.at.said(effect, self._end)
        self.at.written(self._end - 1)
        self.at.written(self._end)

    def listened(self, id_: Id) -> JsonObject:
        """Let the host open a stream; return the request."""
        listen = modern(request(id_, "subscriptions/listen", {"notifications": {}}))
        self.at.heard(sent(listen))
        self.reply(SendToHost(note("notifications/progress"), 0, id_))
        self.reply(SendToHost(note(ACKNOWLEDGED), 0, id_))
        return listen

    def relied(self) -> list[tuple[str, object]]:
        """Return what is kept, by method, with what it is about."""
        found = [cast("JsonObject", json.loads(line)) for line in self.kept[-1].splitlines()]
        return [(str(body["method"]), obj(body.get("params")).get("uri", body["id"])) for body in found]


def test_a_greeting_is_kept_when_the_host_has_its_answer_to_the_last_byte() -> None:
    one = Setting()
    one.at.heard([HostGarbled("x", "y", None, WHO, 0, 1.0), *sent(note("x"), request(1, "ping"), initialize(7))])
    one.at.said(final(result_body(1, {}), 1), 10)
    one.at.said(final(result_body(7, {}), 7), 20)
    one.at.written(19)
    assert one.kept == []
    one.at.written(20)
    assert one.kept == [lines(initialize(7))]


def test_a_greeting_that_comes_to_nothing_leaves_nothing() -> None:
    one = Setting()
    one.done(initialize(7), well=False)
    one.at.heard(sent(initialize(8)))
    one.at.closed(8)
    one.at.said(final(result_body(8, {}), 8), 100)
    one.done(modern(request(9, "resources/subscribe", {"uri": "x:1"})))
    one.at.written(1000)
    assert one.kept == []


def test_the_last_level_and_what_is_subscribed_to_are_kept_and_a_new_greeting_begins_anew() -> None:
    one = Setting()
    one.done(initialize(0))
    for number, level in enumerate(("info", "error"), 1):
        one.done(request(number, "logging/setLevel", {"level": level}))
    for number, uri in enumerate(("x:1", "x:2", "x:3"), 3):
        one.done(request(number, "resources/subscribe", {"uri": uri}), well=uri != "x:3")
    one.done(request(9, "resources/unsubscribe", {"uri": "x:1"}))
    assert one.relied() == [("initialize", 0), ("logging/setLevel", 0), ("resources/subscribe", "x:2")]
    assert b'"error"' in one.kept[-1]
    one.done(initialize(10))
    assert one.relied() == [("initialize", 10)]


def test_a_stream_is_kept_from_its_acknowledgement_to_its_end() -> None:
    one = Setting()
    first, second = one.listened("s"), one.listened(5)
    assert one.kept[-1] == lines(first, second)
    assert set(one.at.streams) == {b"ss", b"i5"}
    one.at.closed("s")
    one.at.closed("t")
    assert one.kept[-1] == lines(second)
    one.reply(final(result_body(5, {}), 5))
    assert (one.kept[-1], one.at.streams) == (b"", {})
    one.done(modern(request(6, "subscriptions/listen")))
    assert one.kept[-1] == b""


def test_what_does_not_fit_beside_the_rest_is_left_out_and_without_the_greeting_there_is_nothing() -> None:
    one = Setting()
    one.done(initialize(0))
    for number, size in enumerate((10, LONGEST_STANDING, 20), 1):
        one.done(request(number, "resources/subscribe", {"uri": "x" * size}))
    assert [len(str(about)) for _, about in one.relied()] == [1, 10, 20]
    long = initialize(4)
    one.done({**long, "params": {**cast("JsonObject", long["params"]), "more": "x" * LONGEST_STANDING}})
    assert one.kept[-1] == b""


# -- said again ----------------------------------------------------------------------------------

KNOWN: Final = lines(
    initialize(7),
    request(0, "logging/setLevel", {"level": "error"}),
    request(0, "resources/subscribe", {"uri": "x:1"}),
    request(0, "resources/subscribe", {"uri": "x:2"}),
)


def test_a_greeting_alone_is_said_before_what_comes_next() -> None:
    one = Setting(lines(initialize(7)))
    assert not one.recalled
    assert one.at.before(sent({"jsonrpc": "2.0", "id": 1, "result": {}}), 2.0) is None
    said = one.at.before(sent(call(9, "echo")), 2.0)
    assert said is not None
    assert isinstance(said.message, Request)
    assert (said.message.method, said.message.id, said.who, said.now) == ("initialize", 7, WHO, 2.0)
    assert one.at.takes(SendToHost(note("x"), 0, 7)) is None
    assert one.at.takes(final(result_body(9, {}), 9)) is None
    assert one.at.takes(final(result_body(7, {}), 7)) is said.message
    (confirmed,) = one.at.rest(3.0)
    assert isinstance(confirmed.message, Notification)
    assert one.kept == [lines(initialize(7))]
    assert one.at.before(sent(call(10, "echo")), 4.0) is None
    assert one.at.takes(final(result_body(7, {}), 7)) is None


def test_a_server_that_does_not_agree_is_greeted_again_at_the_next_request() -> None:
    one = Setting(lines(initialize(7)))
    for about in (9, 10):
        assert one.at.before(sent(call(about, "echo")), 1.0) is not None
        assert one.at.takes(final(error_body(7, -1, "no"), 7)) is not None
        assert one.kept == []


def test_a_host_that_greets_anew_is_taken_at_its_word() -> None:
    one = Setting(lines(initialize(7)))
    again = sent(initialize(11), call(12, "echo"))
    assert one.at.before(again, 1.0) is None
    one.at.heard(again)
    assert one.at.before(sent(call(13, "echo")), 1.0) is None
    assert one.kept == []


def test_what_is_more_than_a_greeting_is_said_at_once_and_what_is_not_granted_is_forgotten() -> None:
    one = Setting(KNOWN)
    assert one.recalled
    assert one.at.greeting(1.0) is not None
    again = [event.message for event in one.at.rest(1.0)[1:]]
    assert [message.method for message in again if isinstance(message, Request)] == [
        "logging/setLevel",
        "resources/subscribe",
        "resources/subscribe",
    ]
    level, first, second = (message.id for message in again if isinstance(message, Request))
    assert len({level, first, second}) == 3
    assert one.kept == [KNOWN]
    assert one.at.takes(SendToHost(note("notifications/progress"), 0, first)) is None
    for about, well in ((level, False), (first, True), (second, False)):
        answer = result_body(about, {}) if well else error_body(about, -1, "no")
        assert one.at.takes(final(answer, about)) is not None
    assert one.relied() == [("initialize", 7), ("resources/subscribe", "x:1")]


def test_a_stream_is_opened_under_its_own_id_and_only_its_acknowledgement_is_not_the_hosts() -> None:
    listen = modern(request("s", "subscriptions/listen"))
    one = Setting(lines(listen))
    assert one.recalled
    assert one.at.greeting(1.0) is None
    (event,) = one.at.rest(1.0)
    assert isinstance(event.message, Request)
    assert event.message.body == listen
    assert one.at.takes(SendToHost(note(ACKNOWLEDGED), 0, "s")) is not None
    assert one.at.takes(SendToHost(note(ACKNOWLEDGED), 0, "s")) is None
    refused = Setting(lines(listen))
    refused.at.rest(1.0)
    end = final(error_body("s", -1, "no"), "s")
    assert refused.at.takes(end) is None
    refused.reply(end)
    assert refused.kept[-1] == b""


def test_what_no_broker_keeps_is_not_said() -> None:
    for line in (b"{", lines(note("x")), lines(call(1, "echo"))):
        one = Setting(line)
        assert (one.recalled, one.at.before(sent(call(1, "echo")), 1.0), one.at.rest(1.0)) == (False, None, [])
