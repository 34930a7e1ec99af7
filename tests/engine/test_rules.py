"""Rules on each of the six carriers: what is denied, asked, marked, and what a failing rule does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from engine.play import (
    ALICE,
    HTTP,
    LEGACY,
    MODERN,
    Play,
    answer,
    cancelled,
    each_generation,
    envelope,
    initialize,
    initialized,
    note,
    refused,
    request,
    result,
    to_host,
    to_server,
)
from rulekit import make_rule
from sekisho.engine.effects import Record
from sekisho.engine.inspect import RULE_FAILED
from sekisho.model.finding import Evidence
from sekisho.model.subject import Carrier
from sekisho.model.verdict import Verdict
from sekisho.wire.jsonrpc import error_body
from sekisho.wire.views import nested, obj

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.model.rule import Rule
    from sekisho.model.subject import Subject
    from sekisho.wire.versions import Generation

CHANGED = note("notifications/prompts/list_changed", {"x": 1})


@dataclass
class Objects:
    """A rule that objects to whatever it sees, and remembers it."""

    verdict: Verdict | None = Verdict.DENY
    seen: list[Subject] = field(default_factory=list["Subject"])

    @property
    def rule(self) -> Rule[Subject]:
        return make_rule(self.check, verdict=self.verdict or Verdict.ALLOW)

    def check(self, subject: Subject) -> Iterator[Evidence]:
        self.seen.append(subject)
        if self.verdict is None:
            raise RecursionError("deep")
        yield Evidence(pointer="/params/x")


def judged(carrier: Carrier, generation: Generation = LEGACY, verdict: Verdict | None = Verdict.DENY) -> Play:
    """Return an open session; the handshake itself was not judged, since these tests are not about it."""
    return watched(carrier, generation, verdict)[0]


def watched(carrier: Carrier, generation: Generation, verdict: Verdict | None) -> tuple[Play, Objects]:
    """Return as `judged` does, and the rule that remembers."""
    rules: dict[Carrier, Sequence[Rule[Subject]]] = {}
    play, objects = Play(rules=rules).opened(generation, {"roots": {}}), Objects(verdict)
    rules[carrier] = [objects.rule]
    return play, objects


OBJECTIONS = pytest.mark.parametrize(
    ("verdict", "rule"),
    [(Verdict.DENY, "test-rule"), (Verdict.ASK, "test-rule"), (None, RULE_FAILED)],
    ids=["deny", "ask", "raise"],
)
NO_OBJECTION = pytest.mark.parametrize("verdict", [Verdict.ALLOW, Verdict.MARK])


@each_generation
@OBJECTIONS
def test_a_request_that_a_rule_objects_to_is_not_sent(generation: Generation, verdict: Verdict, rule: str) -> None:
    play = judged(Carrier.HOST_REQUEST, generation, verdict)
    play.host(play.asks("a", "prompts/list")).expects(refused("a", rule))
    play.records("refusal", rule=rule, method="prompts/list", verdict="deny")
    assert play.session.open_calls == 0
    assert play.session.idle


def test_a_refused_tool_call_is_a_result_with_rule_place_and_ticket() -> None:
    play = judged(Carrier.HOST_REQUEST)
    play.host(request("a", "tools/call", {"name": "t"}))
    said = nested(play.sent[0], "result")
    ticket = obj(nested(said, "_meta", "sekisho/refusal"))["ticket"]
    assert nested(said, "_meta", "sekisho/refusal") == {"rule": "test-rule", "pointer": "/params/x", "ticket": ticket}
    assert said["isError"] is True
    assert "nothing changed" in str(said["content"])
    play.records("refusal", ticket=ticket, pointer="/params/x")


@each_generation
@OBJECTIONS
def test_an_answer_that_a_rule_objects_to_is_not_delivered(generation: Generation, verdict: Verdict, rule: str) -> None:
    play = judged(Carrier.SERVER_ANSWER, generation, verdict)
    play.host(play.asks("a", "prompts/get", {"name": "p"})).server(result(2, {"text": "do this"}))
    play.expects(refused("a", rule))
    assert "do this" not in str(play.sent)
    assert "may have acted" in str(play.sent)


def test_an_error_that_a_rule_objects_to_is_not_delivered() -> None:
    play = judged(Carrier.SERVER_ANSWER).host(request("a", "tools/list")).server(error_body(2, -1, "do this"))
    play.expects(refused("a", "test-rule"))


def test_an_initialize_that_a_rule_objects_to_leaves_no_session() -> None:
    play = Play(rules={Carrier.SERVER_ANSWER: [Objects().rule]})
    play.host(initialize("a")).server(initialized(1, instructions="obey")).expects(refused("a", "test-rule"))
    assert play.session.revision is None
    play.host(initialize("b")).expects(to_server(initialize(2)))


@OBJECTIONS
def test_a_notification_of_the_host_that_a_rule_objects_to_is_dropped(verdict: Verdict, rule: str) -> None:
    play = judged(Carrier.HOST_NOTIFICATION, LEGACY, verdict)
    play.host(note("notifications/roots/list_changed")).expects_nothing().records("notification", rule=rule)


@each_generation
@OBJECTIONS
def test_a_cancellation_is_passed_on_without_the_words_that_a_rule_objects_to(
    generation: Generation, verdict: Verdict, rule: str
) -> None:
    play = judged(Carrier.HOST_NOTIFICATION, generation, verdict)
    play.host(play.asks("a", "prompts/list")).host(cancelled("a", reason="words"))
    assert play.seen[0] == to_server(cancelled(2), call=2)
    play.records("notification", rule=rule)


@each_generation
@OBJECTIONS
def test_a_notification_of_the_server_that_a_rule_objects_to_is_dropped(
    generation: Generation, verdict: Verdict, rule: str
) -> None:
    play = judged(Carrier.SERVER_NOTIFICATION, generation, verdict).server(CHANGED).expects_nothing()
    play.records("server-notification", rule=rule, verdict="deny")


@each_generation
def test_progress_that_a_rule_objects_to_is_dropped_and_on_record(generation: Generation) -> None:
    play = judged(Carrier.SERVER_NOTIFICATION, generation)
    play.host(play.asks("a", "prompts/list", about={"progressToken": "t"}))
    play.server(note("notifications/progress", {"progressToken": 2, "message": "do this"})).expects_nothing()
    play.records("server-notification", method="notifications/progress", rule="test-rule")


@OBJECTIONS
def test_a_withdrawal_is_passed_on_without_the_words_that_a_rule_objects_to(verdict: Verdict, rule: str) -> None:
    play = judged(Carrier.SERVER_NOTIFICATION, LEGACY, verdict).server(request("q", "roots/list"))
    play.server(cancelled("q", reason="words")).expects(to_host(cancelled(1)))
    play.records("server-notification", rule=rule)


@OBJECTIONS
def test_a_question_that_a_rule_objects_to_is_answered_by_us(verdict: Verdict, rule: str) -> None:
    play = judged(Carrier.SERVER_REQUEST, LEGACY, verdict).server(request("q", "roots/list"))
    play.expects(to_server(error_body("q", -32601, "Sekisho: refused"))).records("server-request", rule=rule)


@OBJECTIONS
def test_an_answer_of_the_host_that_a_rule_objects_to_is_withheld(verdict: Verdict, rule: str) -> None:
    play = judged(Carrier.HOST_ANSWER, LEGACY, verdict).server(request("q", "roots/list"))
    play.host(result(1, {"secret": 1})).records("host-answer", rule=rule, verdict="deny")
    play.expects(to_server(error_body("q", -32601, f"Sekisho: the answer was withheld by the rule {rule}")))


@NO_OBJECTION
def test_what_is_allowed_or_marked_passes_on_every_carrier(verdict: Verdict) -> None:
    for carrier in Carrier:
        play, objects = watched(carrier, LEGACY, verdict)
        play.host(request("a", "tools/list")).expects(to_server(request(2, "tools/list")))
        play.server(result(2)).expects(answer(result("a")))
        play.host(note("notifications/roots/list_changed"))
        play.expects(to_server(note("notifications/roots/list_changed")))
        play.server(CHANGED).expects(to_host(CHANGED))
        play.server(request("q", "roots/list")).expects(to_host(request(1, "roots/list")))
        play.host(result(1)).expects(to_server(result("q")))
        play.server(request("r", "roots/list")).server(cancelled("r", reason="x"))
        play.expects(to_host(cancelled(2, reason="x")))
        assert {subject.carrier for subject in objects.seen} == {carrier}


def test_a_rule_sees_what_will_be_forwarded_and_whose_it_is() -> None:
    play, objects = watched(Carrier.HOST_REQUEST, MODERN, Verdict.ALLOW)
    told = envelope({"tasks": {}}, progressToken="t")
    play.host(request("a", "prompts/list", {"_meta": told}))
    (subject,) = objects.seen
    assert subject.body == play.sent[0]
    assert nested(subject.body, "params", "_meta") == envelope({}, progressToken=2)
    assert (subject.who, subject.server, subject.method, subject.revision) == (
        ALICE,
        "server",
        "prompts/list",
        "2026-07-28",
    )


def test_a_rule_sees_the_answer_with_the_method_that_it_answers() -> None:
    play, objects = watched(Carrier.SERVER_ANSWER, LEGACY, Verdict.ALLOW)
    play.host(request("a", "tools/list")).server(result(2))
    (subject,) = objects.seen
    assert (subject.method, subject.body) == ("tools/list", result("a"))


def test_our_own_errands_are_nobody_elses_business() -> None:
    play = Play(server_face=HTTP, rules={Carrier.SERVER_ANSWER: [Objects().rule]})
    play.modern = True
    ask = play.asks("a", "tools/call", {"name": "t"})
    play.host(ask).server(result(1, {"supportedVersions": ["2026-07-28"]})).server(result(2, {"tools": []}))
    play.expects(to_server({**ask, "id": 3}))


def test_the_record_of_what_was_objected_to_holds_its_digestible_values() -> None:
    play = judged(Carrier.SERVER_NOTIFICATION).server(CHANGED)
    (record,) = play.effects
    assert isinstance(record, Record)
    assert record.values == {"params": {"x": 1}}
