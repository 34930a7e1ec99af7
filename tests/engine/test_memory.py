"""Nothing that either side does for ever makes a session larger for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from engine.play import HTTP, LEGACY, MODERN, STDIO, Play, cancelled, each_generation, envelope, note, request, result
from sekisho.engine.state import Patience
from sekisho.wire.views import nested

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.wire.jsonrpc import Json
    from sekisho.wire.versions import Generation

TIMES = 3000


def size(play: Play) -> int:
    """Count everything that a session holds on to, by reachability from its state."""
    seen: set[int] = set()
    waiting: list[object] = [play.state]
    while waiting:
        item = waiting.pop()
        if id(item) in seen or isinstance(item, type | str | int | float | bytes | None):
            continue
        seen.add(id(item))
        if isinstance(item, dict):
            for pair in cast("dict[object, object]", item).items():
                waiting += pair
        elif isinstance(item, list | tuple | set | frozenset):
            waiting += cast("list[object]", item)
        else:
            waiting += [getattr(item, name) for name in getattr(type(item), "__slots__", ())]
    return len(seen)


def cancels(play: Play, at: int) -> None:
    play.host(play.asks(at, "prompts/list")).host(cancelled(at)).tick(after=1)


def asks_and_is_answered(play: Play, at: int) -> None:
    play.host(play.asks(at, "prompts/list"))
    if play.sent and isinstance(number := play.sent[0]["id"], int):
        play.server(result(number))


def leaves(play: Play, at: int) -> None:
    play.host(play.asks(at, "prompts/list"), channel=at).host_left(at).tick(after=1)


def garbles(play: Play, at: int) -> None:
    play.host_garbled("malformed-json", at, channel=at).wait(1).server_garbled(call=at)


def answers_nothing(play: Play, at: int) -> None:
    play.host(result(at + 1000), channel=at).wait(1).server(result(at + 10_000_000))


def sends_strange_notes(play: Play, at: int) -> None:
    play.host(note(f"strange/{at}")).wait(1).server(note(f"strange/{at}"))


def asks_strange_things(play: Play, at: int) -> None:
    play.host(play.asks(at, f"strange/{at}")).wait(1).server(request(at, f"strange/{at}"))


def asks_and_withdraws(play: Play, at: int) -> None:
    play.wait(1).server(request(at, "roots/list")).server(cancelled(at))


def is_never_answered(play: Play, at: int) -> None:
    play.server(request(at, "ping")).tick(after=60)


def subscribes(play: Play, at: int) -> None:
    play.host(request(at, "resources/subscribe", {"uri": f"u:{at}"}))
    if (
        play.sent
        and play.sent[0].get("method") == "resources/subscribe"
        and isinstance(number := play.sent[0]["id"], int)
    ):
        play.server(result(number))


def fails_on_record(play: Play, at: int) -> None:
    play.host(play.asks(at, "prompts/list")).record_fails()


def halts(play: Play, at: int) -> None:
    play.host(play.asks(at, "prompts/list")).halt().resume().tick(after=31)


def listens(play: Play, at: int) -> None:
    play.host(play.asks(at, "subscriptions/listen"), channel=at)


LONG_LIVED: list[Callable[[Play, int], None]] = [
    cancels,
    asks_and_is_answered,
    leaves,
    garbles,
    answers_nothing,
    sends_strange_notes,
    asks_strange_things,
    asks_and_withdraws,
    is_never_answered,
    subscribes,
    fails_on_record,
    halts,
    listens,
]


@each_generation
@pytest.mark.parametrize("habit", LONG_LIVED)
def test_a_habit_does_not_make_a_session_grow(generation: Generation, habit: Callable[[Play, int], None]) -> None:
    patience = Patience(open_calls=50, parked=50, subscriptions=20, question=600)
    play = Play(HTTP, STDIO, patience=patience).opened(generation, {"roots": {}})
    for at in range(300):
        habit(play, at)
    before = size(play)
    for at in range(300, 300 + TIMES):
        habit(play, at)
    assert size(play) <= before + 40


def test_waiting_requests_are_bounded_in_each_state() -> None:
    play = Play(patience=Patience(parked=5))
    for at in range(100):
        play.host(request(at, "prompts/list", {"_meta": envelope()}), channel=at)
    assert len(play.state.parked) == 5
    learning = Play(server_face=HTTP, patience=Patience(parked=5)).opened(MODERN)
    for at in range(100):
        learning.host(learning.asks(at, "tools/call", {"name": f"t{at}"}), channel=at)
    assert len(learning.state.parked) == 5


def test_open_questions_are_bounded() -> None:
    play = Play(patience=Patience(open_asked=5)).opened(LEGACY, {"roots": {}})
    for at in range(100):
        play.server(request(at, "roots/list"))
        assert len(play.state.calls.asked) <= 5


def test_the_state_of_a_server_is_kept_by_the_host() -> None:
    play = Play().opened(MODERN)
    before = 0
    for at in range(50):
        play.host(play.asks(at, "prompts/get", {"name": "p"}))
        number: Json = play.sent[0]["id"]
        assert isinstance(number, int)
        play.server(result(number, {"resultType": "input_required", "requestState": "x" * 1000}))
        assert "requestState" in nested(play.sent[0], "result")
        before = before or size(play)
    assert size(play) <= before + 10
