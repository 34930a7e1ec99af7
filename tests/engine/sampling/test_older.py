"""Requests to the model in the middle of a call, up to 2025-11-25."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    ALICE,
    HTTP,
    LEGACY,
    Play,
    answer,
    cancelled,
    error,
    initialized,
    request,
    result,
    to_host,
    to_server,
)
from engine.sampling.asking import ABLE, ASKS, CANCEL, DECLINE, NO_ANSWER, ONCE, REFUSE, REST, SAMPLING, reply, wish
from sekisho.engine.effects import SendToHost, Tell
from sekisho.engine.events import Trouble
from sekisho.engine.sampling import gate
from sekisho.engine.sampling.form import question
from sekisho.engine.sampling.permits import rejected
from sekisho.engine.sampling.wish import wish_of
from sekisho.engine.state import Patience
from sekisho.model.message_ids import MessageId
from sekisho.policy.document import Policy
from tablekit import rows

if TYPE_CHECKING:
    from engine.play import Seen
    from sekisho.wire.jsonrpc import Id, JsonObject

NO = "the user was asked and said no"
NOTHING = "the user was asked and did not answer"


def asks(id_: int, params: JsonObject, *, context: bool = False, about: Id | None = None) -> Seen:
    """Expect our question."""
    body = request(id_, "elicitation/create", question("server", wish_of([params], context=context)))
    return to_host(body, about=about)


def opened(capabilities: JsonObject = ABLE, policy: Policy = ASKS, **more: object) -> Play:
    return Play(policy=policy, **more).opened(LEGACY, capabilities)  # pyright: ignore[reportArgumentType] - as in Play


def asked(play: Play | None = None, id_: Id = "q", **more: object) -> Play:
    """Let the server ask the model something; our question has the id 1 in a fresh session."""
    play = play or opened()
    return play.server(request(id_, SAMPLING, wish(**more)))  # pyright: ignore[reportArgumentType] - as in `wish`


def test_the_person_is_asked_first_and_sees_the_servers_words() -> None:
    play = asked().expects(asks(1, wish()))
    play.records("server-request", method=SAMPLING, verdict="ask")
    assert "«hello»" in str(play.sent[0])


@rows("said", [ONCE, REST])
def test_after_a_yes_the_request_goes_on_as_it_was_and_the_answer_reaches_the_server(said: JsonObject) -> None:
    play = asked().host(result(1, said)).expects(to_host(request(2, SAMPLING, wish())))
    play.records("host-answer", method=SAMPLING, verdict="allow", consent="once" if said is ONCE else "conversation")
    play.records("server-request", method=SAMPLING, verdict="allow")
    play.host(result(2, reply())).expects(to_server(result("q", reply()), call=None))
    assert play.session.idle


@rows(
    ("said", "why", "rule", "consent"),
    [
        (result(1, REFUSE), NO, "sampling-refused", "refuse"),
        (result(1, DECLINE), NO, "sampling-refused", "declined"),
        (result(1, CANCEL), NO, "sampling-refused", "declined"),
        (result(1, NO_ANSWER), NOTHING, "sampling-unanswered", "nothing"),
        (result(1, {}), NOTHING, "sampling-unanswered", "nothing"),
        (result(1, reply()), NOTHING, "sampling-unanswered", "nothing"),
        (error(1, -32000, "it failed"), NOTHING, "sampling-unanswered", "nothing"),
        (error(1, -32601, "no such method"), "the client cannot ask the user", "sampling-no-channel", "unshown"),
    ],
)
def test_without_a_yes_the_server_is_told_no_as_the_specification_says_it(
    said: JsonObject, why: str, rule: str, consent: str
) -> None:
    play = asked().host(said).expects(to_server(rejected("q", why), call=None))
    play.records("host-answer", method=SAMPLING, verdict="deny", rule=rule, consent=consent)
    assert play.session.idle
    asked(play, "again").expects(asks(2, wish()))


def test_a_question_that_nobody_answers_ends_after_a_while() -> None:
    play = asked(opened(patience=Patience(consent=60)))
    assert not play.session.idle
    play.tick(after=59).expects_nothing()
    play.tick(after=1).expects(to_host(cancelled(1)), to_server(rejected("q", "nobody answered in time")))
    play.records("server-request", method=SAMPLING, rule="sampling-unanswered", verdict="deny")
    play.host(result(1, ONCE)).expects_nothing().records("host-answer", rule="unknown-answer")


def test_one_yes_is_for_one_request() -> None:
    play = asked().host(result(1, ONCE)).host(result(2, reply()))
    asked(play, "r").expects(asks(3, wish()))


def test_a_yes_for_the_conversation_holds_for_such_requests_only() -> None:
    play = asked().host(result(1, REST)).host(result(2, reply()))
    asked(play, "r", text="something else").expects(to_host(request(3, SAMPLING, wish("something else"))))
    play.records("server-request", method=SAMPLING, verdict="allow", consent="conversation")
    asked(play, "s", maxTokens=11).expects(asks(4, wish(maxTokens=11)))
    asked(play, "t", systemPrompt="Obey.").expects(asks(5, wish(systemPrompt="Obey.")))
    asked(play, "u", includeContext="allServers").expects(asks(6, wish(), context=True))
    play.host(result(6, ONCE)).expects(to_host(request(7, SAMPLING, wish())))


def test_three_times_without_a_yes_is_enough() -> None:
    play = opened()
    for number, said in enumerate((REFUSE, NO_ANSWER, CANCEL), 1):
        asked(play, number).expects(asks(number, wish())).host(result(number, said))
    asked(play, "q").expects(to_server(rejected("q", "the user said no before, and is not asked again")))
    play.records("server-request", method=SAMPLING, verdict="deny", rule="sampling-silenced")


def test_what_was_allowed_stays_allowed_when_the_person_will_not_be_asked_again() -> None:
    play = asked().host(result(1, REST)).host(result(2, reply()))
    for number in (3, 4, 5):
        asked(play, number, systemPrompt="Obey.").host(result(number, REFUSE))
    asked(play, "q").expects(to_host(request(6, SAMPLING, wish())))


def test_five_questions_may_be_open() -> None:
    play = opened()
    for number in range(1, 6):
        asked(play, number).expects(asks(number, wish()))
    asked(play, "q").expects(to_server(rejected("q", "too many questions are open")))
    play.records("server-request", rule="sampling-too-many")
    play.host(result(3, REFUSE))
    asked(play, "r").expects(asks(6, wish()))


def test_what_waits_behind_questions_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_BYTES", 600)
    play = asked(opened(), "a", text="x" * 200)
    asked(play, "b", text="y" * 200).records("server-request", rule="sampling-too-many")
    asked(play, "c").expects(asks(2, wish()))


@rows("capabilities", [{"sampling": {}}, {"sampling": {}, "elicitation": {"url": {}}}])
def test_a_host_that_cannot_show_the_question_is_not_asked_by_it(capabilities: JsonObject) -> None:
    play = asked(opened(capabilities)).expects(to_server(rejected("q", "the client cannot ask the user")))
    play.records("server-request", method=SAMPLING, verdict="deny", rule="sampling-no-channel")
    told = [effect for effect in play.effects if isinstance(effect, Tell)]
    assert [(each.message, each.values) for each in told] == [(MessageId.SAMPLING_NO_CHANNEL, {"server": "server"})]
    asked(play, "r").records("server-request", rule="sampling-no-channel")
    assert not [effect for effect in play.effects if isinstance(effect, Tell)], "it is told once"


def test_what_nobody_saw_is_no_refusal() -> None:
    play = opened()
    for number in range(1, 6):
        asked(play, number).host(error(number, -32601)).records("host-answer", rule="sampling-no-channel")
    asked(play, "q").expects(asks(6, wish()))


def test_our_question_is_asked_although_the_server_may_ask_none() -> None:
    play = asked(opened(policy=ASKS.without(frozenset({"elicitation"})))).expects(asks(1, wish()))
    play.server(request("f", "elicitation/create", {})).records("server-request", rule="undeclared-capability")


def test_a_request_that_a_rule_holds_is_not_asked_about() -> None:
    play = asked(opened(capabilities={"elicitation": {}}))
    play.records("server-request", rule="undeclared-capability")


def test_where_the_host_alone_decides_nothing_is_asked() -> None:
    asked(opened(policy=Policy())).expects(to_host(request(1, SAMPLING, wish())))


def test_two_wishes_wait_side_by_side() -> None:
    play = asked(asked(id_=7), "7", text="other")
    play.host(result(2, ONCE)).expects(to_host(request(3, SAMPLING, wish("other"))))
    play.host(result(1, REFUSE)).expects(to_server(rejected(7, NO)))
    play.host(result(3, reply())).expects(to_server(result("7", reply())))


def test_an_id_is_in_use_while_its_question_is_open() -> None:
    play = asked()
    play.server(request("q", "roots/list")).records("server-request", rule="duplicate-id")
    play.host(result(1, ONCE)).expects(to_host(request(2, SAMPLING, wish())))


def test_a_question_that_the_server_takes_back_is_taken_back() -> None:
    play = asked().server(cancelled("q")).expects(to_host(cancelled(1)))
    play.host(result(1, ONCE)).expects_nothing().records("host-answer", rule="unknown-answer")
    assert play.session.idle


def test_after_a_yes_the_server_can_still_take_it_back() -> None:
    play = asked().host(result(1, ONCE)).server(cancelled("q")).expects(to_host(cancelled(2)))
    play.host(result(2, reply())).expects_nothing()


def test_nobody_is_told_after_the_server_has_left() -> None:
    play = asked().server_left(Trouble.EXITED).expects(to_host(cancelled(1)))
    play.host(result(1, ONCE)).expects_nothing().records("host-answer", rule="unknown-answer")
    assert play.session.idle


def test_a_halt_ends_the_question() -> None:
    play = asked().halt()
    play.expects(to_host(cancelled(1)), to_server(rejected("q", "the user halted this connection")))
    play.resume().host(result(1, ONCE)).expects_nothing()


def test_a_host_that_leaves_has_said_no() -> None:
    play = asked().host_left()
    play.expects(to_server(rejected("q", "the client left"))).records("server-request", rule="cancelled")


def test_the_question_travels_with_the_call_that_the_request_came_in() -> None:
    play = opened(host_face=HTTP, server_face=HTTP)
    play.host(request("c", "prompts/list")).server(request("q", SAMPLING, wish()), call=2)
    play.expects(asks(1, wish(), about="c"))
    play.host(result(1, ONCE)).expects(to_host(request(2, SAMPLING, wish()), about="c"))
    play.host(result(2, reply())).expects(to_server(result("q", reply()), call=2))


def test_a_call_has_its_time_anew_when_the_person_has_answered() -> None:
    play = opened(host_face=HTTP, server_face=HTTP, patience=Patience(call=600, consent=600))
    play.host(request("c", "prompts/list")).server(request("q", SAMPLING, wish()), call=2)
    play.wait(500).host(result(1, ONCE)).host(result(2, reply()))
    play.tick(after=599).expects_nothing()
    play.server(result(2)).expects(answer(result("c")))


def test_a_question_ends_with_the_call_that_the_host_gave_up() -> None:
    play = opened(host_face=HTTP, server_face=HTTP)
    play.host(request("c", "prompts/list")).server(request("q", SAMPLING, wish()), call=2)
    play.host(cancelled("c")).expects(
        to_host(cancelled(1)),
        to_server(rejected("q", "the client gave up what this was for"), call=2),
        to_server(cancelled(2), call=2),
    )
    play.host(result(1, ONCE)).expects_nothing().records("host-answer", rule="unknown-answer")


def test_for_a_call_that_was_given_up_nobody_is_asked() -> None:
    play = opened(host_face=HTTP, server_face=HTTP)
    play.host(request("c", "prompts/list")).host(cancelled("c")).server(request("q", SAMPLING, wish()), call=2)
    play.expects(to_server(rejected("q", "the client gave up what this was for"), call=2))
    play.records("server-request", method=SAMPLING, verdict="deny", rule="cancelled")


def test_a_call_that_is_answered_meanwhile_leaves_the_question_open() -> None:
    play = opened(host_face=HTTP, server_face=HTTP)
    play.host(request("c", "prompts/list")).server(request("q", SAMPLING, wish()), call=2)
    play.server(result(2)).expects(answer(result("c")))
    play.host(result(1, ONCE)).expects(to_host(request(2, SAMPLING, wish())))


def test_what_cannot_be_recorded_is_neither_asked_nor_passed_on() -> None:
    play = asked().record_fails()
    assert [body["id"] for body in play.sent] == ["q"]
    assert "error" in play.sent[0]
    play = asked().host(result(1, ONCE)).record_fails()
    assert [body["id"] for body in play.sent] == ["q"]
    assert "error" in play.sent[0]
    play.host(result(2, reply())).expects_nothing()
    play = asked().host(result(1, REFUSE)).record_fails()
    assert "error" in play.sent[0]


def test_a_model_does_not_hand_a_secret_to_the_server() -> None:
    for play in (asked().host(result(1, ONCE)), asked(asked(opened(policy=Policy())), "r")):
        play.host(result(2, reply("It is API_KEY=q7Rw2mZx9Lk4Vb8Nc3Td6Yh1")))
        play.records("host-answer", method=SAMPLING, verdict="deny", rule="answer-secret")
        assert "q7Rw2mZx" not in str(play.sent)
        assert "answer-secret" in str(play.sent)


def test_a_secret_of_the_server_itself_goes_back_to_it() -> None:
    said = "API_KEY=q7Rw2mZx9Lk4Vb8Nc3Td6Yh1"
    play = asked(text=f"Say {said}")
    assert "q7Rw2mZx" not in str(play.sent)
    play.host(result(1, ONCE))
    [sent] = [effect.body for effect in play.effects if isinstance(effect, SendToHost)]
    shown = str(sent["params"]).partition("Say ")[2].partition("'")[0]
    assert "q7Rw2mZx" not in shown
    play.host(result(2, reply(shown))).expects(to_server(result("q", reply(said))))


def test_an_error_of_the_host_is_no_answer_of_a_model() -> None:
    play = asked().host(result(1, ONCE)).host(error(2, -1, "API_KEY=q7Rw2mZx9Lk4Vb8Nc3Td6Yh1"))
    play.records("host-answer", verdict="allow")


def test_a_host_that_declared_forms_is_asked_also_where_the_revision_is_older() -> None:
    play = Play(policy=ASKS)
    play.host(request("open", "initialize", {"protocolVersion": "2025-11-25", "capabilities": ABLE}))
    play.server(result(1, {"protocolVersion": "2024-11-05", "capabilities": {}}))
    asked(play).expects(asks(1, wish()))


def test_what_was_allowed_holds_after_a_restart_of_the_server() -> None:
    play = asked().host(result(1, REST)).host(result(2, reply())).server_left(Trouble.EXITED)
    play.wait(100).host(request("a", "prompts/list")).server(initialized(2))
    asked(play, "r").expects(to_host(request(3, SAMPLING, wish())))


@pytest.mark.parametrize("said", [ONCE, REFUSE], ids=["yes", "no"])
def test_one_answer_is_enough(said: JsonObject) -> None:
    play = asked().host(result(1, said))
    play.host(result(1, ONCE)).expects_nothing().records("host-answer", rule="unknown-answer")


def test_somebody_else_does_not_answer_for_the_host() -> None:
    asked().host(result(1, ONCE), channel=3, who=ALICE).expects_nothing()
