"""The application behind `sekisho serve`: one endpoint, `/mcp`, in both generations."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.engine.events import HostSent
from sekisho.gateway.http_faces import STANDALONE
from sekisho.gateway.http_gate import Turned
from sekisho.gateway.http_head import Heads
from sekisho.gateway.http_reply import Response, problem
from sekisho.gateway.http_request import BadBodyError, read_posted
from sekisho.model.answers import REFUSAL_KEY
from sekisho.wire.headers import Rejection, generation, judge, judge_notification
from sekisho.wire.jsonrpc import Notification, Request
from sekisho.wire.versions import Generation, Revision, SekishoCode, SpecCode

if TYPE_CHECKING:
    from sekisho.gateway.http_exchange import Exchange
    from sekisho.gateway.http_faces import LegacyFace
    from sekisho.gateway.http_gate import Gate
    from sekisho.gateway.http_head import Head
    from sekisho.gateway.http_pace import Pace
    from sekisho.gateway.http_principals import Principals
    from sekisho.gateway.http_request import Posted
    from sekisho.gateway.http_sessions import Sessions
    from sekisho.gateway.http_stream import Stream
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.strict import Limits

    Headers: TypeAlias = list[tuple[bytes, bytes]]

__all__ = ["App"]

PATH: Final = b"/mcp"
_TOO_MANY: Final = 429
_ALSO: Final = {401: ((b"www-authenticate", b"Bearer"),), _TOO_MANY: ((b"retry-after", b"1"),)}
"""What the answer to a request that is turned away says as well, by status (RFC 6585, RFC 9110)."""


class App:
    """Answers HTTP requests. One instance serves one listening socket.

    Args:
        principals: makes and finds what is behind the endpoint, for each of them.
        gate: who may come in.
        limits: what one message may cost.
        pace: how fast one client may ask; None for as fast as it can.
    """

    def __init__(self, principals: Principals, gate: Gate, limits: Limits, pace: Pace | None = None) -> None:
        self._principals = principals
        self._gate = gate
        self._limits = limits
        self._pace = pace
        self._heads = Heads()
        self._tasks: set[asyncio.Task[None]] = set()

    def handle(self, exchange: Exchange) -> None:
        """Answer one request, now or later."""
        head = self._heads.read(exchange.headers)
        principal = self._gate.admit(head, exchange.uid)
        if isinstance(principal, Turned):
            self._turn_away(exchange, principal)
            return
        hurried = self._pace.objection(principal) if self._pace is not None else None
        if hurried is not None:
            self._turn_away(exchange, hurried, principal)
            return
        if exchange.target.partition(b"?")[0] != PATH:
            problem(exchange, 404, SpecCode.INVALID_REQUEST, "Sekisho: the MCP endpoint is /mcp")
            return
        sessions = self._principals.of(principal)
        match exchange.method:
            case b"POST":
                self._post(exchange, head, sessions)
            case b"GET" if head.generation is Generation.LEGACY:
                self._get(exchange, head, sessions)
            case b"DELETE" if head.generation is Generation.LEGACY:
                self._delete(exchange, head, sessions)
            case _:
                allow = b"POST" if head.generation is Generation.MODERN else b"POST, GET, DELETE"
                text = "Sekisho: this method is not served here"
                problem(exchange, 405, SpecCode.INVALID_REQUEST, text, headers=((b"allow", allow),))

    def _turn_away(self, exchange: Exchange, turned: Turned, principal: str | None = None) -> None:
        """Say why a request does not come in, on record first."""
        self._principals.turned_away(turned.rule, exchange.uid, principal)
        code = SekishoCode.OVERLOADED if turned.status == _TOO_MANY else SekishoCode.REFUSED
        detail: JsonObject = {REFUSAL_KEY: {"rule": turned.rule}}
        problem(exchange, turned.status, code, turned.message, data=detail, headers=_ALSO.get(turned.status, ()))

    def admits(self, headers: Headers, uid: int | None) -> bool:
        """Tell whether a request with this head may come in, before its body is kept."""
        return not isinstance(self._gate.admit(self._heads.read(headers), uid), Turned)

    def sweep(self, now: float) -> None:
        """Keep quiet streams alive, and end sessions that nobody uses."""
        for stream in self._principals.streams():
            if stream.reader is not None:
                stream.reader.quiet(now)
        self._principals.expire()

    def _post(self, exchange: Exchange, head: Head, sessions: Sessions) -> None:
        if not head.accepts.json:
            text = "Sekisho: send Accept: application/json, text/event-stream"
            problem(exchange, 406, SpecCode.INVALID_REQUEST, text)
            return
        if not head.is_json:
            self._principals.turned_away("content-type", exchange.uid, sessions.who.principal)
            problem(exchange, 415, SpecCode.INVALID_REQUEST, "Sekisho: send Content-Type: application/json")
            return
        try:
            posted = read_posted(exchange.body, self._limits)
        except BadBodyError as bad:
            self._principals.turned_away(bad.rule, exchange.uid, sessions.who.principal)
            problem(exchange, bad.status, bad.code, f"Sekisho: {bad}", about=bad.id)
            return
        if generation(head.generation, posted.messages[0].body) is Generation.MODERN:
            self._modern(exchange, posted, head, sessions)
        else:
            self._legacy(exchange, posted, head, sessions)

    # -- 2026-07-28 ------------------------------------------------------------------------------

    def _modern(self, exchange: Exchange, posted: Posted, head: Head, sessions: Sessions) -> None:
        message = posted.messages[0]
        if posted.batch or not isinstance(message, Request | Notification):
            text = "Sekisho: the body has to be one request or notification"
            problem(exchange, 400, SpecCode.INVALID_REQUEST, text)
            return
        if isinstance(message, Notification):
            # HTTP has none in this revision; they are accepted and dropped (basic/transports/streamable-http).
            verdict = judge_notification(head.routing)
            if isinstance(verdict, Rejection):
                problem(exchange, verdict.status, verdict.code, verdict.detail, data=verdict.data)
            else:
                exchange.reply(202, b"")
            return
        routed = judge(head.routing, message.body)
        if isinstance(routed, Rejection):
            self._principals.turned_away("header-mismatch", exchange.uid, sessions.who.principal)
            problem(exchange, routed.status, routed.code, routed.detail, data=routed.data, about=message.id)
            return
        listening = message.method == "subscriptions/listen"
        if listening and not head.accepts.events:
            exchange.reply(406, b"")
            return
        face = sessions.modern()
        channel, stream = face.open(message.id)
        Response(
            exchange,
            stream,
            events=listening,
            patient=not head.accepts.events,
            headers=tuple,
            ended=lambda: face.left(channel),
        )
        backend = face.backend
        backend.receive(HostSent(message, sessions.who, channel, backend.clock(), head.passed))

    # -- up to 2025-11-25 ------------------------------------------------------------------------

    def _legacy(self, exchange: Exchange, posted: Posted, head: Head, sessions: Sessions) -> None:
        face = _session_for(exchange, head, posted, sessions)
        if face is None:
            return
        if posted.batch and face.backend.revision is not Revision.V2025_03_26:
            text = "Sekisho: batches exist in 2025-03-26 only; send each message by itself"
            problem(exchange, 400, SpecCode.INVALID_REQUEST, text)
            return
        face.used_at = now = face.backend.clock()
        ids = [message.id for message in posted.messages if isinstance(message, Request)]
        if ids:
            stream = face.open(ids)
            Response(
                exchange,
                stream,
                events=head.accepts.events,
                patient=posted.is_initialize or not head.accepts.events,
                headers=lambda: sessions.headers_of(face),
                ended=lambda: self._answered(face, stream, posted),
            )
        for message in posted.messages:
            face.backend.receive(HostSent(message, face.who, 0, now))
        if not ids:
            # The next message may depend on this one having arrived, as after `notifications/initialized`.
            task = asyncio.get_running_loop().create_task(_accepted(exchange, face))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _answered(self, face: LegacyFace, stream: Stream, posted: Posted) -> None:
        face.closed(stream)
        if posted.is_initialize and face.backend.revision is None:
            face.end_session()

    def _get(self, exchange: Exchange, head: Head, sessions: Sessions) -> None:
        if not head.accepts.events:
            problem(exchange, 406, SpecCode.INVALID_REQUEST, "Sekisho: send Accept: text/event-stream")
            return
        face = _session_for(exchange, head, None, sessions)
        if face is None:
            return
        place = _place(face, head.last_event)
        if place is None:
            text = "Sekisho: this Last-Event-ID is not known any more; send GET without it"
            problem(exchange, 400, SpecCode.INVALID_REQUEST, text)
            return
        stream, after = place
        if stream.reader is not None:
            problem(exchange, 409, SpecCode.INVALID_REQUEST, "Sekisho: this stream is being read already")
            return
        face.used_at = face.backend.clock()
        if stream.name == STANDALONE:
            face.backend.listen()
        response = Response(
            exchange, stream, events=True, patient=False, headers=tuple, ended=lambda: face.closed(stream)
        )
        response.resume(after)

    def _delete(self, exchange: Exchange, head: Head, sessions: Sessions) -> None:
        face = _session_for(exchange, head, None, sessions)
        if face is not None:
            face.end_session()
            exchange.reply(200, b"")


def _session_for(exchange: Exchange, head: Head, posted: Posted | None, sessions: Sessions) -> LegacyFace | None:
    """Find the session that a request names, or open one for `initialize`; answer when there is neither."""
    verdict = head.revision
    if isinstance(verdict, Rejection):
        problem(exchange, verdict.status, verdict.code, verdict.detail, data=verdict.data)
        return None
    named = head.sessions
    if not named and posted is not None and posted.is_initialize and not posted.batch:
        face = sessions.open()
        if face is None:
            text = "Sekisho: too many sessions are open; end one with DELETE, or try later"
            problem(exchange, 503, SekishoCode.OVERLOADED, text)
        return face
    if len(named) != 1:
        text = "Sekisho: send initialize first, then the Mcp-Session-Id of its answer with every request"
        problem(exchange, 400, SpecCode.INVALID_REQUEST, text)
        return None
    face = sessions.find(named[0])
    if face is None:
        text = "Sekisho: this session has ended; open a new one with initialize"
        problem(exchange, 404, SpecCode.INVALID_REQUEST, text)
    return face


async def _accepted(exchange: Exchange, face: LegacyFace) -> None:
    await face.backend.settled()
    exchange.reply(202, b"")


def _place(face: LegacyFace, last: bytes | None) -> tuple[Stream, int] | None:
    """Return the stream that a GET reads, and the number of the last message that the host has."""
    if last is None:
        return face.listening(), face.listening().first - 1
    name, _, number = last.partition(b"_")
    stream = face.listening() if name == STANDALONE else face.streams.get(name)
    if stream is None or not number.isdigit() or len(number) > 12:  # noqa: PLR2004 - far beyond any stream
        return None
    return (stream, int(number)) if stream.first - 1 <= int(number) < stream.end else None
