"""`Head`: what the lines of one HTTP request say, read once.

A host sends the same lines with each of its calls, but for the length of the body and the name of a tool.
So what they say is remembered, by the lines themselves: equal lines say the same, whoever sends them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.gateway.http_gate import foreign, steered
from sekisho.gateway.http_request import accepted, is_json
from sekisho.wire.headers import forwarded, legacy_revision, named_generation, routing, values_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.gateway.http_gate import Turned
    from sekisho.gateway.http_request import Accepts
    from sekisho.wire.headers import Rejection, Routing
    from sekisho.wire.versions import Generation, Revision

__all__ = ["SESSION", "Head", "Heads"]

SESSION: Final = b"mcp-session-id"

_LENGTH: Final = b"content-length"
_MOST: Final = 512
"""How many heads are remembered."""

_LONGEST: Final = 2048
"""The longest head that is remembered, in bytes: all of them together take a megabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The lines of one request."""

    foreign: Turned | None
    """Why nothing may come in through this address or from this origin."""

    steered: Turned | None
    """Why nothing may come in that tells the server which address to use."""

    credentials: tuple[bytes, ...]
    """The values of `Authorization`."""

    accepts: Accepts
    """What the host can read."""

    is_json: bool
    """Whether the body is said to be JSON, and nothing else."""

    routing: Routing | Rejection
    """The routing headers, or that one of them is there twice."""

    generation: Generation
    """The generation that the revision header names."""

    revision: Revision | Rejection
    """The revision of a request up to 2025-11-25."""

    sessions: tuple[bytes, ...]
    """The sessions that it names; an honest request names one at most."""

    last_event: bytes | None
    """Behind which event a stream is taken up again."""

    passed: tuple[tuple[bytes, bytes], ...]
    """The lines that travel on to the server."""


def read_head(lines: Sequence[tuple[bytes, bytes]]) -> Head:
    """Read all lines of a request, names in lower case."""
    found = routing(lines)
    return Head(
        foreign=foreign(lines),
        steered=steered(lines),
        credentials=tuple(value for name, value in lines if name == b"authorization"),
        accepts=accepted(lines),
        is_json=is_json(lines),
        routing=found,
        generation=named_generation(lines),
        revision=legacy_revision(found),
        sessions=tuple(values_of(lines, SESSION)),
        last_event=next(iter(values_of(lines, b"last-event-id")), None),
        passed=tuple(forwarded(lines, declared=())),
    )


class Heads:
    """Reads heads, and remembers those that come again."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[bytes, bytes], ...], Head] = {}

    def read(self, lines: Sequence[tuple[bytes, bytes]]) -> Head:
        """Return what `lines` say; the length of the body is not among it."""
        key = tuple([line for line in lines if line[0] != _LENGTH])
        head = self._known.get(key)
        if head is None:
            head = read_head(key)
            if sum(len(name) + len(value) for name, value in key) <= _LONGEST:
                if len(self._known) >= _MOST:
                    self._known.clear()
                self._known[key] = head
        return head
