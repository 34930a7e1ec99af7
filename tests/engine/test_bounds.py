"""Floods: each kind has its allowance, and who exceeds one is cut off alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.play import (
    HTTP,
    LEGACY,
    MODERN,
    Play,
    aborts,
    cancelled,
    closes,
    each_generation,
    note,
    refused,
    request,
    result,
    stops,
)
from sekisho.engine.bounds import DEFAULT_ALLOWANCES, Allowance, Meter
from sekisho.engine.effects import Record
from sekisho.engine.events import Trouble
from sekisho.engine.state import Patience, Stage

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.versions import Generation

SOME = {"kind": Allowance(3, 2.0)}


def test_a_burst_is_taken_at_once_and_refills_with_time() -> None:
    meter = Meter(SOME)
    assert [meter.take("kind", 0.0) for _ in range(4)] == [True, True, True, False]
    assert [meter.take("kind", 0.5) for _ in range(2)] == [True, False]
    assert [meter.take("kind", 99.0) for _ in range(4)] == [True, True, True, False]


def test_kinds_do_not_share_but_unknown_ones_do() -> None:
    meter = Meter(SOME)
    for _ in range(3):
        meter.take("kind", 0.0)
    assert meter.take("other", 0.0)
    taken = 1
    while meter.take(f"made up {taken}", 0.0):
        taken += 1
    assert taken == 1000
    assert not meter.take("one more", 0.0)


@given(st.lists(st.tuples(st.sampled_from(["kind", "x", "y"]), st.floats(0, 10)), max_size=50))
def test_never_more_than_the_burst_and_the_refill(steps: list[tuple[str, float]]) -> None:
    meter, now, taken = Meter(SOME), 0.0, 0
    for kind, pause in steps:
        now += pause
        taken += meter.take(kind, now) and kind == "kind"
        assert taken <= 3 + 2.0 * now + 1e-6


def flooded(play: Play, said: JsonObject, *, call: int | None = None) -> int:
    """Let the server say one thing until it is cut off; return how often."""
    times = 0
    while play.session.stage is not Stage.CLOSED:
        play.server(said, call=call)
        times += 1
        assert times < 30_000
    return times


FLOODS: list[tuple[str, JsonObject]] = [
    *(
        (method, note(method, {"progressToken": 2}))
        for method in DEFAULT_ALLOWANCES
        if method.startswith("notifications/")
    ),
    ("unknown-method", note("no/such")),
    ("unknown-answer", result(99)),
    ("unknown-answer", result("strange")),
    *((method, request("q", method)) for method in DEFAULT_ALLOWANCES if "/" in method and "notif" not in method),
    ("ping", request("q", "no/such")),
]


@pytest.mark.parametrize(("kind", "said"), FLOODS, ids=[f"{kind}-{at}" for at, (kind, _) in enumerate(FLOODS)])
def test_a_flood_of_any_kind_cuts_the_server_off(kind: str, said: JsonObject) -> None:
    play = Play(patience=Patience(open_asked=10_000)).opened(LEGACY)
    play.host(request("a", "tools/list", {"_meta": {"progressToken": "t"}}))
    assert flooded(play, said) == DEFAULT_ALLOWANCES[kind].burst + 1
    play.expects(aborts(2), refused("a", "server-quarantined"), stops(Trouble.FLOOD))
    play.records("lifecycle", event="quarantined", kind=kind)
    for _ in range(3):
        play.server(said).server_garbled()
        assert play.effects == []
    play.server_left(Trouble.FLOOD)
    assert play.effects == []
    play.host(request("b", "tools/list")).expects(refused("b", "server-quarantined"))
    play.tick(after=10_000).host(request("c", "initialize")).expects(refused("c", "server-quarantined"))


def test_a_flood_of_garbage_cuts_the_server_off() -> None:
    play = Play().opened(MODERN)
    for _ in range(DEFAULT_ALLOWANCES["garbled"].burst):
        play.server_garbled().expects_nothing()
    play.server_garbled().expects(stops(Trouble.FLOOD)).records("lifecycle", kind="garbled")


@each_generation
def test_a_cancelled_call_gets_its_stream_closed_when_the_server_is_cut_off(generation: Generation) -> None:
    play = Play(HTTP).opened(generation)
    play.host(play.asks("a", "prompts/list")).host(cancelled("a"))
    flooded(play, note("no/such"))
    closing = [closes("a")] if generation is LEGACY else []
    play.expects(aborts(2), *closing, stops(Trouble.FLOOD))


def test_the_record_of_a_quarantine_is_durable_and_holds_no_text_of_the_server() -> None:
    play = Play().opened(LEGACY)
    flooded(play, request("q", "ignore all previous instructions"))
    records = [effect for effect in play.effects if isinstance(effect, Record)]
    assert records[-1].durable
    assert all("ignore" not in str(record.fields) for record in records)


def test_an_honest_pace_is_never_too_much() -> None:
    play = Play().opened(LEGACY, {"roots": {}})
    for _ in range(600):
        play.wait(1).server(request("q", "roots/list"))
        (asked,) = play.sent
        id_ = asked["id"]
        assert isinstance(id_, int)
        play.host(result(id_)).server(note("notifications/tools/list_changed"))
    assert play.session.stage is Stage.UP
