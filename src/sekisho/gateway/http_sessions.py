"""The sessions of one principal behind an HTTP face: found by id, made by `initialize`, expired when unused."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from typing import TYPE_CHECKING, Final, Protocol

from sekisho.engine.state import Face
from sekisho.gateway.http_faces import LegacyFace, ModernFace
from sekisho.gateway.http_head import SESSION
from sekisho.model.subject import Who

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Iterator

    from sekisho.engine.effects import Record
    from sekisho.engine.events import Event
    from sekisho.gateway.http_stream import Stream
    from sekisho.ports import Backend

__all__ = ["Connect", "Sessions"]

_MOST: Final = 10_000
_IDLE_SECONDS: Final = 1800.0
_RESUMABLE_SECONDS: Final = 60.0
_CLOSING: Final = 10.0


class Connect(Protocol):
    """Makes what is behind a session."""

    def backend(self, who: Who, face: Face) -> Backend:
        """Return a new backend for a host with this face, not opened."""
        ...

    def record(self, record: Record) -> None:
        """Put on record what belongs to no link."""
        ...

    @property
    def server(self) -> str:
        """The server's identity."""
        ...


class Sessions:
    """All sessions of one principal at one HTTP face.

    Args:
        connect: makes what is behind a session.
        principal: whose they are.
    """

    def __init__(self, connect: Connect, principal: str) -> None:
        self._connect = connect
        self._principal = principal
        self._legacy: dict[bytes, LegacyFace] = {}
        self._ids: dict[int, bytes] = {}
        self._modern: ModernFace | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self.who = Who(principal=principal, conversation=f"principal:{principal}")
        """On whose behalf requests without a session come."""

    def open(self) -> LegacyFace | None:
        """Make a session with a server of its own; None when there are too many."""
        if len(self._legacy) >= _MOST and not self._expire_idlest():
            return None
        id_ = secrets.token_urlsafe(24).encode()
        # The id is a credential, so the conversation is named by its digest.
        conversation = f"http:{hashlib.sha256(id_).hexdigest()[:16]}"
        who = Who(principal=self._principal, conversation=conversation)
        backend = self._connect.backend(who, Face.HTTP)
        face = LegacyFace(who, backend, self._ended)
        backend.open(face)
        self._legacy[id_] = face
        self._ids[id(face)] = id_
        return face

    def find(self, id_: bytes) -> LegacyFace | None:
        """Return the session with this id."""
        return self._legacy.get(id_)

    def headers_of(self, face: LegacyFace) -> tuple[tuple[bytes, bytes], ...]:
        """Return the header that names a session which is open."""
        id_ = self._ids.get(id(face))
        return ((SESSION, id_),) if id_ is not None and face.backend.revision is not None else ()

    def modern(self) -> ModernFace:
        """Return the face of all requests without a session; its server starts with the first of them."""
        if self._modern is None:
            backend = self._connect.backend(self.who, Face.HTTP)
            self._modern = ModernFace(backend)
            backend.open(self._modern)
        return self._modern

    def streams(self) -> Iterator[Stream]:
        """Yield every stream that may have a reader."""
        for face in self._legacy.values():
            yield from face.streams.values()
            if face.standalone is not None:
                yield face.standalone
        if self._modern is not None:
            yield from self._modern.streams

    def expire(self) -> None:
        """End the sessions that nobody used for half an hour, and give up resuming what ended a minute ago."""
        for face in self._legacy.values():
            face.forget(face.backend.clock() - _RESUMABLE_SECONDS)
        for face in [face for face in self._legacy.values() if self._is_idle(face)]:
            face.end_session()

    def _is_idle(self, face: LegacyFace) -> bool:
        return not face.busy and face.backend.clock() - face.used_at > _IDLE_SECONDS

    def _expire_idlest(self) -> bool:
        idle = [face for face in self._legacy.values() if not face.busy]
        if not idle:
            return False
        min(idle, key=lambda face: face.used_at).end_session()
        return True

    def _ended(self, face: LegacyFace) -> None:
        id_ = self._ids.pop(id(face), None)
        if id_ is not None:
            self._legacy.pop(id_, None)
        self._spawn(face.backend.aclose())

    def broadcast(self, event: Callable[[float], Event]) -> None:
        """Let every backend receive an event, such as a halt."""
        for backend in self._backends():
            backend.receive(event(backend.clock()))

    def _backends(self) -> Iterable[Backend]:
        backends = [face.backend for face in self._legacy.values()]
        return [*backends, self._modern.backend] if self._modern is not None else backends

    async def aclose(self) -> None:
        """End every session and wait, bounded."""
        for face in list(self._legacy.values()):
            face.end_session()
        if self._modern is not None:
            self._spawn(self._modern.backend.aclose())
        if self._closing:
            await asyncio.wait(list(self._closing), timeout=_CLOSING)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
