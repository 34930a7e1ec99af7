"""What a server said and that can't be judged at once: a worker reads it, or a person's word about it is looked for.

An answer that waits keeps its call in the table, so whoever takes the call back is heard; what happens to the server
meanwhile takes nothing away from it. The shell always answers, so nothing waits for ever.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.engine.effects import Look, Plead
from sekisho.engine.events import SERVER_OWN, CallBroke, ServerGarbled, ServerLeft, ServerSent
from sekisho.engine.results.passing import outward
from sekisho.wire.jsonrpc import serialise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.calls import Call
    from sekisho.engine.events import Event, Looked, Pleaded
    from sekisho.engine.results.passing import Outward
    from sekisho.engine.state import State
    from sekisho.guards.objection import Need
    from sekisho.policy.leniency import Heard
    from sekisho.wire.jsonrpc import Failure, Id, JsonObject, Response

__all__ = [
    "Answer",
    "Done",
    "Waiting",
    "comes_later",
    "forget",
    "looked",
    "next_up",
    "plead",
    "pleaded",
    "read_first",
    "shown_or_waiting",
    "taken",
]

Done: TypeAlias = ServerSent | ServerGarbled | ServerLeft | CallBroke
"""What a server does."""


_MOST: Final = 1024
"""Messages that wait at once; one more is taken for one that nobody could read. A shell reads no more long before."""

_BEHIND: Final = 10_000
"""Of what a server does, as much waits for what it said before; a shell reads no more long before."""

_BEHIND_BYTES: Final = 64 * 1024 * 1024
"""With as many bytes of that, no more waits: a shell reads on from a server that is about to end."""


@dataclass(slots=True, eq=False)
class Answer:
    """An answer on its way to the host."""

    call: Call
    """What it answers."""

    about: Id
    """The host's id of that."""

    message: Response | Failure
    """As it came."""

    body: JsonObject
    """As the host would get it."""

    worked: dict[str, str | None] | None = None
    """What a worker answered about it, by job; None while none was asked."""

    heard: Heard | None = None
    """What a person let pass; None while nobody was asked."""

    binding: str = ""
    """For what that was looked."""


@dataclass(slots=True, eq=False)
class Waiting:
    """Something that waits."""

    what: Answer | ServerSent
    """An answer, or another message as it came."""

    jobs: Mapping[str, Need]
    """What a worker was asked, by job."""


def read_first(state: State, what: Answer | ServerSent, jobs: Mapping[str, Need]) -> Look | None:
    """Let something wait for a worker; None where too much waits already."""
    if len(state.waiting) >= _MOST:
        return None
    return Look(SERVER_OWN, _number(state, Waiting(what, jobs)), tuple(jobs.values()))


def shown_or_waiting(state: State, event: ServerSent, method: str, body: JsonObject) -> Outward | Look:
    """Judge a message that is no answer; one that a worker has to read waits for it."""
    shown = outward(state, method, body, worked=state.worked)
    if shown.unread is None:
        return shown
    return read_first(state, event, {"scan": shown.unread}) or outward(state, method, body, worked={"scan": None})


def plead(state: State, answer: Answer, tool: str) -> Plead:
    """Let an answer wait for what a person said about it."""
    return Plead(SERVER_OWN, _number(state, Waiting(answer, {})), tool, answer.binding)


def _number(state: State, waiting: Waiting) -> int:
    if isinstance(waiting.what, Answer):
        call = waiting.what.call
        call.aside = True
        state.calls.add(call)
    else:
        state.first += 1
    state.set_aside += 1
    state.waiting[state.set_aside] = waiting
    return state.set_aside


def looked(state: State, event: Looked) -> tuple[Answer | ServerSent, dict[str, str | None]] | None:
    """Return what goes on, and what the worker answered about it; None where nobody waits any more."""
    waiting = _taken(state, event.id)
    if waiting is None:
        return None
    return waiting.what, {job: event.told.worked.get(need.subject) for job, need in waiting.jobs.items()}


def pleaded(state: State, event: Pleaded) -> Answer | None:
    """Return the answer that goes on; None where nobody waits for it any more."""
    waiting = _taken(state, event.id)
    if waiting is None or not isinstance(waiting.what, Answer):
        return None
    waiting.what.heard = event.heard
    return waiting.what


def _taken(state: State, number: Id) -> Waiting | None:
    waiting = taken(state, number)
    if waiting is None or not isinstance(waiting.what, Answer):
        return waiting
    # A call that was answered for us meanwhile, or of a server that was cut off, is not in the table any more.
    return waiting if state.calls.remove(waiting.what.call.number) is not None else None


def taken(state: State, number: Id) -> Waiting | None:
    """Let something wait no more; None where nothing does under this number."""
    waiting = state.waiting.pop(number, None) if isinstance(number, int) else None
    if waiting is not None and not isinstance(waiting.what, Answer):
        state.first -= 1
    return waiting


def comes_later(state: State, event: Event) -> bool:
    """Keep what a server does while something that it said before waits, unless that is an answer.

    Else what was said about a call would come behind its answer, when nobody listens any more.
    Where too much is kept already, it comes at once.
    """
    if not state.first or not isinstance(event, Done):
        return False
    if len(state.behind) >= _BEHIND or state.behind_bytes >= _BEHIND_BYTES:
        return False
    size = len(serialise(event.message.body)) if isinstance(event, ServerSent) else 0
    state.behind.append((event, size))
    state.behind_bytes += size
    return True


def forget(state: State) -> None:
    """Let nothing wait any more of what a server said and did that another one takes the place of, but answers."""
    for number in [number for number, each in state.waiting.items() if not isinstance(each.what, Answer)]:
        taken(state, number)
    state.behind.clear()
    state.behind_bytes = 0


def next_up(state: State, now: float) -> Done | None:
    """Return what was kept first, as soon as nothing comes before it; it happens now."""
    if state.first or not state.behind:
        return None
    event, size = state.behind.popleft()
    state.behind_bytes -= size
    return replace(event, now=now)
