"""What each HTTP request to a server has to say about itself, and the 2025 session that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.wire.headers import PROTOCOL_VERSION, standard_headers
from sekisho.wire.jsonrpc import Response
from sekisho.wire.versions import META_PROTOCOL_VERSION
from sekisho.wire.views import meta, obj

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sekisho.wire.jsonrpc import JsonObject, Message

__all__ = ["SESSION", "UpstreamSession"]

SESSION: Final = b"mcp-session-id"
_ACCEPT: Final = (
    (b"content-type", b"application/json"),
    (b"accept", b"application/json, text/event-stream"),
)


class UpstreamSession:
    """Writes the headers of requests.

    Args:
        declared: what the user declared to send along, such as an API key for this server.
    """

    def __init__(self, declared: Sequence[tuple[bytes, bytes]]) -> None:
        self._declared = tuple(declared)
        self.id: bytes | None = None
        """The session's id, once the server gave one."""
        self.version: bytes | None = None
        """The revision that the server answered to `initialize`."""

    def forget(self) -> None:
        """The session is over."""
        self.id = self.version = None

    def opened(self, body: JsonObject, headers: Mapping[bytes, bytes]) -> None:
        """Remember the session that an answer to `initialize` opens."""
        if body["method"] == "initialize":
            self.id = headers.get(SESSION)

    def agreed(self, message: Message) -> None:
        """Remember the revision that an answer to `initialize` names."""
        if self.version is None and isinstance(message, Response):
            version = message.result.get("protocolVersion")
            if isinstance(version, str) and version.isascii() and "serverInfo" in message.result:
                self.version = version.encode()

    def of_post(self, body: JsonObject, more: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Derive the headers of a message from its judged body; nothing of the host's request is copied."""
        if META_PROTOCOL_VERSION in meta(obj(body.get("params"))):
            return [*_ACCEPT, *standard_headers(body), *self._declared, *more]
        return [*_ACCEPT, *self._session(), *self._declared]

    def of_get(self, last_id: bytes | None) -> list[tuple[bytes, bytes]]:
        """Return the headers that open a stream, or take one up behind `last_id`."""
        resumed = [(b"last-event-id", last_id)] if last_id is not None else []
        return [(b"accept", b"text/event-stream"), *self._session(), *self._declared, *resumed]

    def of_delete(self) -> list[tuple[bytes, bytes]]:
        """Return the headers that end the session."""
        return [*self._session(), *self._declared]

    def _session(self) -> list[tuple[bytes, bytes]]:
        headers: list[tuple[bytes, bytes]] = []
        if self.id is not None:
            headers.append((SESSION, self.id))
        if self.version is not None:
            headers.append((PROTOCOL_VERSION, self.version))
        return headers
