"""One definition, read: what every rule about definitions looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.model.finding import Evidence
from sekisho.model.place import Kind
from sekisho.text.passages import passages

if TYPE_CHECKING:
    from sekisho.model.definition import Definition, Surface
    from sekisho.text.passages import Passage

__all__ = ["Reading", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A definition with its strings, in the surroundings of its own server."""

    definition: Definition
    """What was read."""

    passages: tuple[Passage, ...]
    """Every string of it."""

    siblings: frozenset[str]
    """The names of everything that the same server defines."""

    def evidence(self, passage: Passage, excerpt: str) -> Evidence:
        """Return evidence at a passage."""
        return Evidence(pointer=passage.pointer(self.definition.pointer), excerpt=excerpt, place=self.definition.place)

    def named(self, excerpt: str) -> Evidence:
        """Return evidence at the definition's name."""
        at = "/uri" if self.definition.place.kind is Kind.RESOURCE else "/name"
        return Evidence(pointer=self.definition.pointer + at, excerpt=excerpt, place=self.definition.place)


def read(surface: Surface) -> tuple[Reading, ...]:
    """Read every definition of a server."""
    names = frozenset(definition.place.name for definition in surface.definitions)
    return tuple(
        Reading(definition=definition, passages=tuple(passages(definition.body)), siblings=names)
        for definition in surface.definitions
    )
