"""A host's bytes as events: one message a line, the same for every face that reads a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.events import HostGarbled, HostSent
from sekisho.gateway.lines import LineSplitter
from sekisho.wire.jsonrpc import WireError, parse, parse_batch
from sekisho.wire.versions import Revision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.subject import Who
    from sekisho.ports import Backend
    from sekisho.wire.strict import Limits

__all__ = ["HostLines"]


class HostLines:
    """Splits and parses what one host writes.

    Args:
        who: the user and the conversation, for every event.
        limits: what one message may cost.
    """

    __slots__ = ("_limits", "_splitter", "_who")

    def __init__(self, who: Who, limits: Limits) -> None:
        self._who = who
        self._limits = limits
        self._splitter = LineSplitter(limits.bytes)

    def events(self, data: bytes, backend: Backend) -> Iterator[HostSent | HostGarbled]:
        """Yield what `data` completes; each line is parsed when it is asked for, by the revision that holds then."""
        lines, overflown = self._splitter.feed(data)
        for line in lines:
            if line and not line.isspace():
                if backend.revision is Revision.V2025_03_26:
                    yield from self._batch(line, backend)
                    continue
                now = backend.clock()
                try:
                    message = parse(line, self._limits)
                except WireError as error:
                    yield HostGarbled(error.reason, error.detail, error.id, self._who, 0, now)
                else:
                    yield HostSent(message, self._who, 0, now)
        for _ in range(overflown):
            detail = f"a line is longer than {self._limits.bytes} bytes"
            yield HostGarbled("too-large", detail, None, self._who, 0, backend.clock())

    def _batch(self, line: bytes, backend: Backend) -> Iterator[HostSent | HostGarbled]:
        now = backend.clock()
        try:
            messages = parse_batch(line, self._limits)
        except WireError as error:
            yield HostGarbled(error.reason, error.detail, error.id, self._who, 0, now)
            return
        for message in messages:
            yield HostSent(message, self._who, 0, now)
