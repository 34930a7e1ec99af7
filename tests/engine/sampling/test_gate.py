"""Both generations count alike: what is open in one way leaves no room in the other."""

from __future__ import annotations

from engine.play import ALICE, MODERN, Play
from engine.sampling.asking import ABLE, ASKS
from engine.sampling.test_newer import asked
from engine.sampling.test_wish import params, read, said
from sekisho.engine.calls import Asked
from sekisho.engine.sampling.form import Said
from sekisho.engine.sampling.gate import Withheld, obstacle, rule_of, settle, spoken

KIND = read(params(said("x"))).kind


def withheld(size: int = 1) -> Withheld:
    return Withheld({}, KIND, ALICE, size)


def test_open_questions_of_both_kinds_count_together() -> None:
    play = Play(policy=ASKS).opened(MODERN)
    for number in range(2):
        asked(play, id_=number, arguments={"a": number})
    for number in range(2):
        play.state.calls.ask(Asked(number, "m", 0, None, 0.0, withheld=withheld()))
    assert obstacle(play.state, ALICE, host=ABLE, size=1, now=100) == ""
    assert obstacle(play.state, ALICE, host=ABLE, size=4 * 1024 * 1024, now=100) == "sampling-too-many"
    play.state.calls.ask(Asked(9, "m", 0, None, 0.0))
    assert obstacle(play.state, ALICE, host=ABLE, size=1, now=100) == "", (
        "what the server asks itself is counted elsewhere"
    )
    play.state.calls.ask(Asked(10, "m", 0, None, 0.0, withheld=withheld()))
    assert obstacle(play.state, ALICE, host=ABLE, size=1, now=100) == "sampling-too-many"


def test_what_was_said_is_remembered() -> None:
    state = Play().state
    settle(state, withheld(), Said.ONCE, 5)
    assert not state.permits.covers("server", ALICE, KIND, 5)
    settle(state, withheld(), Said.CONVERSATION, 5)
    assert state.permits.covers("server", ALICE, KIND, 5)
    for said_ in (Said.REFUSE, Said.DECLINED, Said.NOTHING):
        assert not state.permits.is_silenced("server", ALICE, 5)
        settle(state, withheld(), said_, 5)
    assert obstacle(state, ALICE, host=ABLE, size=1, now=5) == "sampling-silenced"


def test_a_rule_for_each_no() -> None:
    assert [rule_of(each) for each in (Said.REFUSE, Said.DECLINED, Said.NOTHING, Said.UNSHOWN)] == [
        "sampling-refused",
        "sampling-refused",
        "sampling-unanswered",
        "sampling-no-channel",
    ]


def test_only_what_a_person_can_mend_is_told_and_only_once() -> None:
    state = Play().state
    assert spoken(state, "sampling-too-many") == []
    assert len(spoken(state, "sampling-no-channel")) == 1
    assert spoken(state, "sampling-no-channel") == []
