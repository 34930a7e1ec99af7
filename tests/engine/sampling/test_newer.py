"""Requests to the model in an `input_required` result, 2026-07-28."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import ALICE, BOB, LEGACY, MODERN, Play, answer, each_face, failed, refused, result, to_server
from engine.sampling.asking import ABLE, ASKS, CANCEL, DECLINE, NO_ANSWER, ONCE, REFUSE, REST, SAMPLING, reply, wish
from sekisho.engine.effects import SendToHost, Tell
from sekisho.engine.refusal import REFUSAL_KEY
from sekisho.engine.sampling.form import question
from sekisho.engine.sampling.wish import wish_of
from sekisho.engine.state import Patience
from sekisho.policy.document import Policy
from sekisho.wire.views import meta, nested, obj, text
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.engine.state import Face
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

CALL: JsonObject = {"name": "t", "arguments": {"a": 1}}
OURS = "requestState"


def wants(*, state: Json = "theirs", **questions: JsonObject) -> JsonObject:
    asked: JsonObject = {**questions} if questions else {"k": sampling()}
    wanted: JsonObject = {"resultType": "input_required", "inputRequests": asked}
    return wanted if state is None else {**wanted, OURS: state}


def sampling(said: str = "hello", **more: Json) -> JsonObject:
    return {"method": SAMPLING, "params": wish(said, **more)}


def form() -> JsonObject:
    return {"method": "elicitation/create", "params": {"message": "Which?", "requestedSchema": {}}}


def opened(policy: Policy = ASKS, **more: object) -> Play:
    return Play(policy=policy, **more).opened(MODERN)  # pyright: ignore[reportArgumentType] - as in Play


def called(play: Play | None = None, id_: Id = "a", *, able: JsonObject = ABLE, **more: object) -> Play:
    """Send a call of the host; its number is the last one that was used."""
    play = play or opened()
    given: JsonObject = {**CALL, **more}  # pyright: ignore[reportAssignmentType] - JSON
    return play.host(play.asks(id_, "tools/call", given, capabilities=able))


def required(play: Play, wanted: JsonObject | None = None) -> Play:
    """Let the server answer the last call with what it requires."""
    number = play.state.calls._last  # pyright: ignore[reportPrivateUsage]
    return play.server(result(number, wanted or wants()))


def given(play: Play) -> JsonObject:
    """Return the result that the host got."""
    [sent] = [effect for effect in play.effects if isinstance(effect, SendToHost)]
    assert sent.final
    return obj(sent.body.get("result"))


def asked(play: Play | None = None, wanted: JsonObject | None = None, **more: object) -> tuple[Play, str, str]:
    """Have our question asked; return its key and the state."""
    play = required(called(play, **more), wanted)  # pyright: ignore[reportArgumentType] - as in `called`
    put = given(play)
    [key] = obj(put["inputRequests"])
    state = text(put[OURS])
    assert state is not None
    return play, key, state


def back(
    play: Play,
    key: str,
    state: Json,
    said: Json,
    id_: Id = "b",
    *,
    who: Who = ALICE,
    able: JsonObject = ABLE,
    **more: object,
) -> Play:
    """Let the host come again with an answer."""
    params: JsonObject = {**CALL, "inputResponses": {key: said}, OURS: state, **more}  # pyright: ignore[reportAssignmentType] - JSON
    return play.host(play.asks(id_, "tools/call", params, capabilities=able), who=who)


@each_face
def test_the_host_is_asked_our_question_alone_and_sees_nothing_of_the_server(host: Face, server: Face) -> None:
    play = opened(host_face=host, server_face=server)
    play.host(play.asks("a", "prompts/get", CALL, capabilities=ABLE)).server(result(2, wants()))
    [key], state = obj(given(play)["inputRequests"]), str(given(play)[OURS])
    ours: JsonObject = {"method": "elicitation/create", "params": question("server", wish_of([wish()], context=False))}
    put: JsonObject = {"resultType": "input_required", "inputRequests": {key: ours}, OURS: state}
    play.expects(answer(result("a", put)))
    play.records("answer", method="prompts/get", name="t", call=2, verdict="ask")
    assert "theirs" not in state
    assert len(key) == 32


def test_no_key_comes_twice() -> None:
    play, first, _ = asked()
    _, second, _ = asked(play, id_="c")
    assert first != second


@rows("said", [ONCE, REST])
def test_after_a_yes_what_the_server_asked_is_handed_over_whole(said: JsonObject) -> None:
    wanted = wants(k=sampling(), f=form())
    play, key, state = asked(wanted=wanted)
    back(play, key, state, said)
    handed = given(play)
    assert handed == {**wanted, OURS: handed[OURS]}
    play.records("host-answer", method=SAMPLING, verdict="allow", consent="once" if said is ONCE else "conversation")
    play.records("answer", method="tools/call", name="t", verdict="allow", outcome="result")
    theirs: JsonObject = {"k": reply(), "f": {"action": "decline"}}
    play.host(play.asks("c", "tools/call", {**CALL, "inputResponses": theirs, OURS: handed[OURS]}, capabilities=ABLE))
    sent = obj(play.sent[-1]["params"])
    assert (sent["inputResponses"], sent[OURS]) == (theirs, "theirs")


def test_a_server_without_a_state_gets_none() -> None:
    play, key, state = asked(wanted=wants(state=None))
    assert given(back(play, key, state, ONCE)) == wants(state=None)


@rows(
    ("said", "rule", "consent"),
    [
        (REFUSE, "sampling-refused", "refuse"),
        (DECLINE, "sampling-refused", "declined"),
        (CANCEL, "sampling-refused", "declined"),
        (NO_ANSWER, "sampling-unanswered", "nothing"),
        (None, "sampling-unanswered", "nothing"),
        ({}, "sampling-unanswered", "nothing"),
        (reply(), "sampling-unanswered", "nothing"),
    ],
)
def test_without_a_yes_the_call_is_refused_by_the_rule(said: Json, rule: str, consent: str) -> None:
    play, key, state = asked()
    back(play, key, state, said).expects(refused("b", rule)).records("refusal", rule=rule, consent=consent, name="t")
    body = given(play)
    assert body["isError"] is True
    assert "The server may have acted; its answer is withheld." in str(body["content"])
    assert "questions.sampling" not in str(body)


def test_a_prompt_is_refused_by_an_error() -> None:
    play = opened()
    play.host(play.asks("a", "prompts/get", CALL, capabilities=ABLE)).server(result(2, wants()))
    put = given(play)
    [key] = obj(put["inputRequests"])
    more: JsonObject = {**CALL, "inputResponses": {key: REFUSE}, OURS: put[OURS]}
    play.host(play.asks("b", "prompts/get", more, capabilities=ABLE)).expects(refused("b", "sampling-refused"))
    assert "error" in play.sent[0]


@rows("keys", [{}, {"other": ONCE}, {"k": ONCE}])
def test_an_answer_under_another_key_is_none(keys: JsonObject) -> None:
    play, key, state = asked()
    back(play, key, state, ONCE, inputResponses=keys).expects(refused("b", "sampling-unanswered"))


@rows("said", [ONCE, REST, REFUSE])
def test_an_answer_is_good_once(said: JsonObject) -> None:
    play, key, state = asked()
    back(play, key, state, said)
    back(play, key, state, ONCE, "c").expects(failed("c", -32602))
    play.records("error", rule="request-state-altered-or-elsewhere")


@rows(
    "other",
    [
        {"name": "u"},
        {"arguments": {"a": 2}},
        {OURS: "x"},
        {OURS: 3},
        {OURS: None},
    ],
)
def test_a_state_is_good_for_its_request_only(other: JsonObject) -> None:
    play, key, state = asked()
    params: JsonObject = {**CALL, "inputResponses": {key: ONCE}, OURS: state, **other}
    play.host(play.asks("c", "tools/call", params, capabilities=ABLE))
    assert [effect for effect in play.effects if isinstance(effect, SendToHost) and "result" in effect.body] == []
    back(play, key, state, ONCE)
    assert obj(given(play)["inputRequests"]) == {"k": sampling()}


def test_a_state_is_good_for_its_principal_only() -> None:
    play, key, state = asked()
    back(play, key, state, ONCE, "c", who=BOB).expects(failed("c", -32602))


def test_a_state_is_good_for_its_server_only() -> None:
    _, key, state = asked()
    other, _, _ = asked(opened(server_name="another"))
    back(other, key, state, ONCE).expects(failed("b", -32602))


def test_a_state_of_the_server_is_not_taken_for_ours() -> None:
    """Whatever it holds, a server's state is sealed for another use."""
    play, key, state = asked()
    required(called(play, "c"), wants(state=state, f=form()))
    theirs = given(play)[OURS]
    back(play, key, theirs, ONCE, "d").expects(to_server(play.sent[0]))
    assert obj(play.sent[0]["params"])[OURS] == state


def test_a_question_that_nobody_answers_is_over_after_a_while() -> None:
    play, key, state = asked(opened(patience=Patience(consent=60)))
    back(play.wait(60), key, state, ONCE).expects(refused("b", "sampling-unanswered"))
    play, key, state = asked(opened(patience=Patience(consent=60)))
    assert obj(given(back(play.wait(59), key, state, ONCE))["inputRequests"]) == {"k": sampling()}


def test_an_answer_comes_to_nothing_in_another_process() -> None:
    _, key, state = asked()
    later = opened()
    back(later, key, state, ONCE).expects(failed("b", -32602))


def test_a_yes_for_the_conversation_holds_for_such_requests_only() -> None:
    play, key, state = asked()
    back(play, key, state, REST)
    same = wants(k=sampling("something else"), f=form())
    required(called(play, "c"), same)
    assert given(play) == {**same, OURS: given(play)[OURS]}
    play.records("answer", verdict="allow", consent="conversation")
    others = sampling(systemPrompt="Obey."), sampling(maxTokens=11), sampling(includeContext="allServers")
    for id_, other in enumerate(others):
        required(called(play, id_), wants(k=other))
        assert "k" not in obj(given(play)["inputRequests"])


def test_several_requests_of_one_round_are_one_question() -> None:
    wanted = wants(k=sampling("one"), m=sampling("two"))
    play, key, state = asked(wanted=wanted)
    message = str(nested(given(play), "inputRequests", key, "params")["message"])
    assert "2 requests" in message
    assert "«one»" in message
    assert "«two»" in message
    assert given(back(play, key, state, ONCE))["inputRequests"] == wanted["inputRequests"]


def test_three_times_without_a_yes_is_enough() -> None:
    play = opened()
    for id_ in ("a", "c", "e"):
        _, key, state = asked(play, id_=id_)
        back(play, key, state, REFUSE, f"{id_}2")
    required(called(play, "x")).expects(refused("x", "sampling-silenced"))


def test_a_request_that_is_sent_again_takes_the_place_of_its_question() -> None:
    play, key, state = asked()
    asked(play, id_="c")
    back(play, key, state, ONCE, "d").expects(failed("d", -32602))
    for id_ in range(10):
        asked(play, id_=id_)


def test_five_questions_may_be_open_and_make_room_when_they_are_over() -> None:
    play = opened(patience=Patience(consent=60))
    for number in range(5):
        asked(play, id_=number, arguments={"a": number})
    required(called(play, "x", arguments={"a": 9})).expects(refused("x", "sampling-too-many"))
    play.wait(60)
    asked(play, id_="y", arguments={"a": 9})


@rows("able", [{"sampling": {}}, {"sampling": {}, "elicitation": {"url": {}}}])
def test_a_host_that_cannot_show_the_question_is_refused(able: JsonObject) -> None:
    play = required(called(able=able)).expects(refused("a", "sampling-no-channel"))
    assert [effect.values for effect in play.effects if isinstance(effect, Tell)] == [{"server": "server"}]
    assert "questions" not in str(given(play)["content"])
    assert nested(meta(given(play)), REFUSAL_KEY)["rule"] == "sampling-no-channel"


def test_our_question_is_asked_although_the_server_may_ask_none() -> None:
    play, key, state = asked(opened(ASKS.without(frozenset({"elicitation"}))))
    assert given(back(play, key, state, ONCE))["inputRequests"] == {"k": sampling()}


def test_what_is_handed_over_is_still_declared_by_the_host() -> None:
    play, key, state = asked()
    back(play, key, state, ONCE, able={"elicitation": {}}).expects(refused("b", "undeclared-capability"))


def test_where_the_host_alone_decides_nothing_is_asked() -> None:
    play = required(called(opened(Policy())))
    assert given(play)["inputRequests"] == {"k": sampling()}


def test_a_result_that_asks_a_model_nothing_passes() -> None:
    play = required(called(), wants(f=form()))
    assert given(play)["inputRequests"] == {"f": form()}


def test_a_result_of_a_server_may_not_ask_in_disguise() -> None:
    """Hosts take a result for `input_required` by its questions, whatever it calls itself."""
    for generation in (LEGACY, MODERN):
        for kind in ({"resultType": "complete"}, {}, {"resultType": "input_required"}):
            if generation is MODERN and "input_required" in kind.values():
                continue
            play = Play(policy=ASKS).opened(generation, ABLE)
            play.host(play.asks("a", "tools/call", CALL, capabilities=ABLE))
            play.server(result(2, {**kind, "content": [], "inputRequests": {"k": sampling()}}))
            play.expects(refused("a", "unknown-result-type"))


def test_a_halt_and_its_end_leave_the_answer_good() -> None:
    play, key, state = asked()
    back(play.halt(), key, state, ONCE).expects(refused("b", "halted"))
    assert given(back(play.resume(), key, state, ONCE, "c"))["inputRequests"] == {"k": sampling()}


def test_what_cannot_be_recorded_is_not_handed_over() -> None:
    play, key, state = asked()
    back(play, key, state, ONCE).record_fails().expects(refused("b", "audit-unavailable"))
    back(play, key, state, ONCE, "c").expects(failed("c", -32602))


def test_a_model_does_not_hand_a_secret_to_the_server() -> None:
    play, key, state = asked(wanted=wants(k=sampling(), f=form()))
    handed = given(back(play, key, state, ONCE))
    said: JsonObject = {"f": {"action": "cancel"}, "k": reply("API_KEY=q7Rw2mZx9Lk4Vb8Nc3Td6Yh1")}
    play.host(play.asks("c", "tools/call", {**CALL, "inputResponses": said, OURS: handed[OURS]}, capabilities=ABLE))
    play.expects(refused("c", "answer-secret")).records("refusal", pointer="/inputResponses/k")


@pytest.mark.parametrize("responses", [None, [], {"f": {"action": "cancel"}, "r": {"roots": []}}], ids=repr)
def test_other_answers_are_not_a_models(responses: Json) -> None:
    play = opened()
    play.host(play.asks("c", "tools/call", {**CALL, "inputResponses": responses}, capabilities=ABLE))
    assert play.sent[0]["method"] == "tools/call"


def test_a_session_with_a_question_is_idle() -> None:
    play, _, _ = asked()
    assert play.session.idle
