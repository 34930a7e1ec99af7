"""What a hub says by itself: a request is taken out once, and what it is answered with is on record first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridgekit import ALICE, error, request
from sekisho.engine.effects import Record, SendToHost
from sekisho.engine.events import HostSent
from sekisho.engine.hub import answers
from sekisho.engine.hub.setup import HubSetup
from sekisho.engine.hub.state import Open, new_state
from sekisho.engine.seal import Sealer
from sekisho.wire.jsonrpc import Request, read_message

if TYPE_CHECKING:
    from sekisho.engine.hub.state import HubState


def waiting() -> tuple[HubState, Open]:
    """Return a hub with one request that waits."""
    state = new_state(
        HubSetup(aliases=("a",), version="1", sealer=Sealer(bytes(32), bytes(16)), salt=bytes(16), epoch=0.0)
    )
    message = read_message(request(1, "ping"))
    assert isinstance(message, Request)
    entry = Open(HostSent(message, ALICE, 0, 1.0), message, 1.0, 2.0)
    state.open[entry.key] = entry
    state.waiting = 1
    return state, entry


def test_a_request_that_is_taken_out_twice_counts_once() -> None:
    state, entry = waiting()
    answers.close(state, entry)
    answers.close(state, entry)
    assert (state.open, state.waiting, state.closing) == ({}, 0, [entry])


def test_an_answer_is_on_record_before_it_is_told() -> None:
    for effects in (answers.answer(*waiting(), {}, 3), answers.fail(*waiting(), {"code": -1, "message": "no"})):
        record, told = effects
        assert isinstance(record, Record)
        assert isinstance(told, SendToHost)
        assert told.final
    assert told.body == error(1, -1)
