"""What a bridge wants done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.engine.effects import CloseStream, EndSession, Record, SendToHost
from sekisho.engine.events import HostSent
from sekisho.wire.jsonrpc import Failure, Notification, Request, Response, error_body, result_body
from sekisho.wire.versions import SekishoCode

if TYPE_CHECKING:
    from sekisho.engine.events import HostLeft
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import Id, JsonObject
    from sekisho.wire.versions import SpecCode

__all__ = [
    "NOT_THE_SERVERS",
    "Down",
    "Move",
    "Renew",
    "answered",
    "failed",
    "note_down",
    "refused",
    "request_down",
    "told",
    "untold",
]


@dataclass(slots=True, eq=False)
class Down:
    """An event for a session."""

    event: HostSent | HostLeft
    """What the session is told, as if its host had done it."""

    side: int = 0
    """Which session; the first is 0."""


@dataclass(slots=True, eq=False)
class Renew:
    """Let every session go, and begin the first one anew: what the old ones still say is nobody's business."""


NOT_THE_SERVERS: Final = frozenset(SekishoCode) - {SekishoCode.ANSWER_NOT_ACCEPTABLE, SekishoCode.SERVER_TIMED_OUT}
"""Errors that say nothing of what a server speaks: it can't be started, or everything is halted.

An answer that can't be read, and none at all, are how some servers take a request of the other generation.
"""

Move: TypeAlias = Down | Renew | SendToHost | CloseStream | EndSession | Record


def request_down(who: Who, channel: int, id_: Id, method: str, params: JsonObject, now: float, side: int = 0) -> Down:
    """Send a request to a session."""
    body: JsonObject = {"jsonrpc": "2.0", "id": id_, "method": method, "params": params}
    return Down(HostSent(Request(id_, method, params, body), who, channel, now, bridged=True), side)


def note_down(who: Who, channel: int, method: str, params: JsonObject | None, now: float, side: int = 0) -> Down:
    """Send a notification to a session."""
    body: JsonObject = {"jsonrpc": "2.0", "method": method}
    if params is not None:
        body["params"] = params
    return Down(HostSent(Notification(method, params, body), who, channel, now, bridged=True), side)


def told(who: Who, id_: Id, result: JsonObject, now: float, side: int = 0) -> Down:
    """Answer a server's question."""
    return Down(HostSent(Response(id_, result, result_body(id_, result)), who, 0, now, bridged=True), side)


def untold(who: Who, id_: Id, code: SpecCode, why: str, now: float, side: int = 0) -> Down:
    """Tell a server that its question gets no answer."""
    body = error_body(id_, code, f"Sekisho: {why}")
    error: JsonObject = {"code": int(code), "message": f"Sekisho: {why}"}
    return Down(HostSent(Failure(id_, error, body), who, 0, now, bridged=True), side)


def answered(channel: int, about: Id, result: JsonObject) -> SendToHost:
    """Answer the host's request."""
    return SendToHost(result_body(about, result), channel, about, final=True)


def failed(channel: int, about: Id, error: JsonObject) -> SendToHost:
    """Answer the host's request with an error as it came."""
    return SendToHost({"jsonrpc": "2.0", "id": about, "error": error}, channel, about, final=True)


def refused(server: str, event: HostSent, about: Id, code: SpecCode, why: str, rule: str) -> list[Move]:
    """Refuse the host's request by ourselves, on record first."""
    record = Record("error", event.who, server, {"rule": rule, "code": int(code), "verdict": "deny"}, {})
    return [record, SendToHost(error_body(about, code, f"Sekisho: {why}"), event.channel, about, final=True)]
