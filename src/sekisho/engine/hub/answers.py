"""What a hub says and records by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.effects import Record, SendToHost
from sekisho.engine.events import HUB_OWN, HostSent
from sekisho.engine.hub.steps import ToServer
from sekisho.engine.refusal import protocol_error, refuse_request
from sekisho.wire.jsonrpc import Request, error_body, result_body

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.hub.state import Errand, HubState, Open, Server
    from sekisho.engine.hub.steps import HubEffect
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["answer", "ask", "close", "fail", "forbid", "forward", "record", "refused"]


def close(state: HubState, entry: Open) -> None:
    """Take a request of the host out."""
    if state.open.pop(entry.key, None) is None:
        return
    state.closing.append(entry)
    if entry.waiting:
        state.waiting -= 1


def answer(state: HubState, entry: Open, result: JsonObject, entries: int | None = None) -> list[HubEffect]:
    """Answer a request ourselves."""
    close(state, entry)
    fields: JsonObject = {"method": entry.message.method, "verdict": "allow", "outcome": "result"}
    if entries is not None:
        fields["entries"] = entries
    told = Record("answer", entry.event.who, state.setup.server, fields, {})
    return [told, SendToHost(result_body(entry.message.id, result), entry.event.channel, entry.message.id, final=True)]


def fail(state: HubState, entry: Open, error: JsonObject) -> list[HubEffect]:
    """Pass a server's error on as the answer to a request that went to several."""
    close(state, entry)
    fields: JsonObject = {"method": entry.message.method, "verdict": "allow", "outcome": "error"}
    told = Record("answer", entry.event.who, state.setup.server, fields, {"answer": error})
    body: JsonObject = {**error_body(entry.message.id, 0, ""), "error": error}
    return [told, SendToHost(body, entry.event.channel, entry.message.id, final=True)]


def forbid(
    state: HubState, event: HostSent, about: Request, code: int, problem: str, rule: str, data: JsonObject | None = None
) -> list[HubEffect]:
    """Answer what the specification itself forbids."""
    message = f"Sekisho: {problem}"
    who, channel = event.who, event.channel
    return _plain(
        protocol_error(
            state, who=who, channel=channel, about=about.id, code=code, message=message, rule=rule, data=data
        )
    )


def refused(state: HubState, event: HostSent, about: Request, rule: str) -> list[HubEffect]:
    """Refuse a request: on record first, on the disk, then answered."""
    return _plain(refuse_request(state, event, about, rule))


def _plain(effects: list[Effect]) -> list[HubEffect]:
    return [effect for effect in effects if isinstance(effect, Record | SendToHost)]


def record(state: HubState, kind: str, who: Who, fields: JsonObject) -> HubEffect:
    """Put something on record."""
    return Record(kind, who, state.setup.server, fields, {})


def ask(
    state: HubState, server: Server, method: str, params: JsonObject, errand: Errand, who: Who, now: float
) -> tuple[int, ToServer]:
    """Send a request of ours to a server; return its id too."""
    number = state.number()
    state.errands[number] = errand
    body: JsonObject = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    return number, ToServer(server.place, HostSent(Request(number, method, params, body), who, HUB_OWN, now))


def forward(entry: Open, server: Server, params: JsonObject, now: float) -> ToServer:
    """Send the host's request to one server, under its own id and on its own channel."""
    message, event = entry.message, entry.event
    body: JsonObject = message.body if params is message.params else {**message.body, "params": params}
    entry.servers.add(server.place)
    request = Request(message.id, message.method, params, body)
    return ToServer(server.place, HostSent(request, event.who, event.channel, now, event.headers))
