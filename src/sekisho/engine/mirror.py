"""Arguments that travel as `Mcp-Param-*` headers too (2026-07-28).

A server's tools list says which. We remember it from every list that passes, and ask for the list ourselves when a
call comes first. Towards an HTTP server the headers are derived from the judged body; an HTTP host's own are compared
with it, so nothing between us can be routed by a header that says something else than the call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import Record
from sekisho.engine.refusal import protocol_error
from sekisho.engine.state import Face
from sekisho.engine.surface.reading import wait_for
from sekisho.wire.params import Invalid, declared, headers_for, validate
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import Json, JsonObject, Request
    from sekisho.wire.params import Parameter

__all__ = ["dropped_record", "headers", "learn_first", "listed", "mismatch"]

_REMEMBERED: Final = 4_000_000
"""How many characters of names and headers are remembered; an honest server needs some thousands."""

_EACH: Final = 100
"""What a remembered tool costs beside its text, in characters."""


def learn_first(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Park a call whose headers can't be known yet, and list the tools."""
    if not state.modern or message.method != "tools/call" or state.learned:
        return None
    faces = (state.setup.host_face, state.setup.server_face)
    if faces[0] is faces[1]:
        # On stdio there are no headers; between two HTTP sides the server compares what is passed on.
        return None
    name = text(obj(message.params).get("name"))
    if name is None or name in state.mirrored:
        return None
    return wait_for(state, event, message, "tools/list")


def listed(state: State, result: JsonObject) -> tuple[JsonObject, int]:
    """Remember the tools of a list; return the result for the host and how many tools were left out of it.

    An HTTP client must leave out a tool whose header declarations are invalid (basic/transports/streamable-http);
    towards an HTTP server, we are that client.
    """
    drop = state.modern and state.setup.server_face is Face.HTTP
    kept: list[Json] = []
    dropped = 0
    tools = items(result.get("tools"))
    for tool in tools:
        view = obj(tool)
        found = declared(view.get("inputSchema"))
        if isinstance(found, Invalid) and drop:
            dropped += 1
            continue
        kept.append(tool)
        name = text(view.get("name"))
        if name is not None:
            _remember(state, name, None if isinstance(found, Invalid) or not found else found)
    return ({**result, "tools": kept} if dropped else result), dropped


def _remember(state: State, name: str, found: tuple[Parameter, ...] | None) -> None:
    """Keep what a tool declares; past the bound nothing new is kept, and the server itself compares its headers."""
    cost = _cost(name, found)
    if name in state.mirrored:
        state.mirrored_size -= _cost(name, state.mirrored.pop(name))
    if state.mirrored_size + cost <= _REMEMBERED:
        state.mirrored_size += cost
        state.mirrored[name] = found


def _cost(name: str, found: tuple[Parameter, ...] | None) -> int:
    return len(name) + _EACH + sum(len(item.header) + sum(map(len, item.path)) + _EACH for item in found or ())


def mismatch(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Refuse an HTTP host's call whose parameter headers say something else than its arguments."""
    if not state.modern or event.bridged or state.setup.host_face is not Face.HTTP or message.method != "tools/call":
        return None
    params = obj(message.params)
    known = state.mirrored.get(text(params.get("name")) or "")
    if known is None:
        return None
    rejection = validate(known, obj(params.get("arguments")), event.headers)
    if rejection is None:
        return None
    return protocol_error(
        state,
        who=event.who,
        channel=event.channel,
        about=message.id,
        code=rejection.code,
        message=f"Sekisho: {rejection.detail}",
        rule="header-mismatch",
    )


def headers(state: State, event: HostSent, message: Request) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers that go with a request beside the standard ones."""
    if state.setup.server_face is not Face.HTTP:
        return ()
    if not state.modern or message.method != "tools/call":
        return event.headers
    params = obj(message.params)
    known = state.mirrored.get(text(params.get("name")) or "")
    if known is None:
        return event.headers
    derived = headers_for(known, obj(params.get("arguments")))
    ours = {name.lower() for name, _ in derived}
    others = [pair for pair in event.headers if pair[0].lower() not in ours]
    return (*others, *derived)


def dropped_record(state: State, count: int) -> Effect:
    """Put on record that tools were left out of a list."""
    fields: JsonObject = {"event": "tools-left-out", "rule": "invalid-x-mcp-header", "count": count}
    return Record("lifecycle", state.who, state.setup.server, fields, {})
