"""What the persons of one conversation said about requests to their model, by server, and how a server is told no.

It is never written down: another conversation, and another process, begin without. It is also forgotten after a working
day, because a host of 2026-07-28 over HTTP is in one conversation for as long as we run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.wire.jsonrpc import error_body

if TYPE_CHECKING:
    from sekisho.engine.sampling.wish import Kind
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import Id, JsonObject

__all__ = ["Permits", "rejected"]

_REJECTED: Final = -1
"""The code of a request that the user rejected (client/sampling, Error Handling)."""

_REFUSALS: Final = 3
"""After so many, a server is refused without a question for the rest of the conversation."""

_KINDS: Final = 8
"""Kinds that are allowed to one server; the oldest goes."""

_SECONDS: Final = 8 * 3600.0
"""How long a yes, and the last no, are remembered."""


@dataclass(slots=True, eq=False)
class _Said:
    allowed: list[tuple[float, Kind]] = field(default_factory=list["tuple[float, Kind]"])
    refusals: int = 0
    refused_at: float = 0.0


class Permits:
    """What was said; sessions of one conversation share it."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, Who], _Said] = {}
        self._told: set[str] = set()

    def covers(self, server: str, who: Who, kind: Kind, now: float) -> bool:
        """Tell whether a server may ask this of the model without another question."""
        said = self._said.get((server, who))
        return said is not None and any(now < until and each.covers(kind) for until, each in said.allowed)

    def is_silenced(self, server: str, who: Who, now: float) -> bool:
        """Tell whether a server is refused without a question."""
        said = self._said.get((server, who))
        return said is not None and said.refusals >= _REFUSALS and now < said.refused_at + _SECONDS

    def is_news(self, server: str) -> bool:
        """Tell, once for each server, whether nobody was told yet that a host cannot show our question."""
        news = server not in self._told
        self._told.add(server)
        return news

    def allow(self, server: str, who: Who, kind: Kind, now: float) -> None:
        """Let a server ask this kind for the rest of the conversation."""
        allowed = self._said.setdefault((server, who), _Said()).allowed
        allowed.append((now + _SECONDS, kind))
        del allowed[:-_KINDS]

    def refuse(self, server: str, who: Who, now: float) -> None:
        """Count a question that was not answered with a yes."""
        said = self._said.setdefault((server, who), _Said())
        said.refusals = said.refusals + 1 if now < said.refused_at + _SECONDS else 1
        said.refused_at = now


def rejected(id_: Id, why: str) -> JsonObject:
    """Answer a server's request to a model in the specification's way."""
    return error_body(id_, _REJECTED, f"User rejected sampling request (Sekisho: {why})")
