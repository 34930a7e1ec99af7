"""One definition, read: what every rule about definitions looks at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Evidence
from sekisho.model.place import Kind
from sekisho.text.clauses import clauses, flat
from sekisho.text.concepts import concepts
from sekisho.text.invisible import hidden, visible
from sekisho.text.lexicon.concepts import Concept
from sekisho.text.likeness import shape
from sekisho.text.looks import LONG_NAME, Look, looks
from sekisho.text.passages import Role, passages
from sekisho.text.scripts import folded
from sekisho.text.unfold import unfolded
from sekisho.wire.views import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sekisho.model.definition import Definition, Surface
    from sekisho.text.clauses import Clause
    from sekisho.text.likeness import Shape
    from sekisho.text.passages import Passage

__all__ = ["Reading", "read"]

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAMES: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+")
_QUOTES: Final = "'\"`「«„"
_SENTENCE: Final = re.compile(r"[.。\n]")
_NAME: Final = Role.NAME
_TOLD_BY_KEY: Final = {
    "$ref": Look.REFERENCE,
    "$dynamicRef": Look.REFERENCE,
    "$recursiveRef": Look.REFERENCE,
    "x-mcp-header": Look.HEADER,
}
_SHORT: Final = 64
_KEPT: Final = 8192
"""Names of so many characters, and so many of them, are cut into words once: parameters repeat."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A definition with its strings, in the surroundings of its own server. What costs is done once, when asked."""

    definition: Definition
    """What was read."""

    siblings: frozenset[str]
    """The names of everything that the same server defines."""

    chosen: tuple[Passage, ...] | None = None
    """The strings that are read where not all of them are."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every string of it that is read."""
        return self.chosen if self.chosen is not None else tuple(passages(self.definition.body))

    @property
    def layers(self) -> tuple[tuple[Passage, str], ...]:
        """Every text that a model could read in it: as it is drawn, and what is hidden or folded into it."""
        return self._read[0]

    @cached_property
    def concepts(self) -> int:
        """Every concept that stands anywhere in it: a cheap answer to most rules."""
        return self._read[1]

    @property
    def marks(self) -> int:
        """Its concepts, and what it looks like: what rules need."""
        return self._read[1] | self._read[2]

    @cached_property
    def _read(self) -> tuple[tuple[tuple[Passage, str], ...], int, int]:
        every = self.passages
        whole = "\n".join([passage.text for passage in every])
        seen = looks(whole)
        plain = not seen & Look.BEYOND_ASCII
        drawn: list[tuple[Passage, str]] = []
        for passage in every:
            _, key, role, said = passage
            shown = said if plain else folded(visible(said))
            if role is _NAME:
                seen |= Look.LONG_NAME if len(said) > LONG_NAME else 0
                shown = shown if " " in shown else _words(shown)
            elif key in _TOLD_BY_KEY:
                seen |= _TOLD_BY_KEY[key]
            drawn.append((passage, shown))
        found = concepts(flat("\n".join([layer for _, layer in drawn])))
        inner = [] if plain else [(passage, it.decoded) for passage in every for it in hidden(passage.text)]
        if found & Concept.FOLDED:
            inner += [(passage, layer) for passage, outer in drawn for layer in unfolded(outer)]
        if inner:
            seen |= Look.INNER
            found |= concepts(flat("\n".join([layer for _, layer in inner])))
        return (*drawn, *inner), found, seen | self._hints

    @property
    def _hints(self) -> int:
        body = self.definition.body
        return Look.HINTS if isinstance(body, dict) and body.get("annotations") else 0

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses, in the order of the passages."""
        return tuple(clause for passage, layer in self.layers for clause in clauses(passage, layer))

    def has(self, *needed: int) -> bool:
        """Whether any of each of `needed` stands somewhere."""
        found = self.concepts
        for any_of in needed:  # noqa: SIM110 - `all` over a generator costs a microsecond, for every rule
            if not found & any_of:
                return False
        return True

    def together(self, *needed: int, around: int = 0) -> Iterable[Clause]:
        """Return the clauses that hold any of the first, with any of each further within `around` clauses.

        Args:
            needed: each may join several concepts with `|`.
            around: how many clauses before and after, of the same passage, count too.
        """
        return self._together(needed, around) if self.has(*needed) else ()

    def _together(self, needed: tuple[int, ...], around: int) -> Iterator[Clause]:
        for index, clause in enumerate(self.clauses):
            if clause.concepts & needed[0]:
                near = self._near(index, around)
                if all(near & any_of for any_of in needed[1:]):
                    yield clause

    def _near(self, index: int, around: int) -> int:
        here = self.clauses[index]
        found = here.concepts
        for other in self.clauses[max(0, index - around) : index + around + 1]:
            if other.passage is here.passage:
                found |= other.concepts
        return found

    @staticmethod
    def once(*several: Iterable[Clause]) -> Iterable[Clause]:
        """Return the clauses of several searches, each once."""
        return {(clause.passage.path, clause.text): clause for found in several if found for clause in found}.values()

    @cached_property
    def name_concepts(self) -> int:
        """What the definition's name speaks about: its trade."""
        return concepts(self.name_words)

    @cached_property
    def shape(self) -> Shape:
        """Its words, as copies of it are looked for."""
        return shape(self.definition.body, self.name_words)

    @property
    def name_words(self) -> str:
        """The definition's name as words."""
        return _words(self.definition.place.name)

    @cached_property
    def purpose(self) -> int:
        """What its name and the start of its description speak about."""
        body = self.definition.body
        says = text(body.get("description")) if isinstance(body, dict) else None
        return concepts(flat(f"{self.name_words}. {_SENTENCE.split(says or '', maxsplit=1)[0][:200]}"))

    @cached_property
    def about_chats(self) -> bool:
        """Whether conversations or language models are its trade."""
        return bool(self.purpose & Concept.LLM_TOPIC)

    @staticmethod
    def words(name: str) -> str:
        """Return a name as words."""
        return _words(name)

    def names_a_sibling(self, clause: Clause) -> bool:
        """Whether a clause names another definition of the same server; names of one word say nothing."""
        return any(name in self.siblings and name != self.definition.place.name for name in _NAMES.findall(clause.text))

    def is_about(self, clause: Clause) -> bool:
        """Whether a clause talks about such texts: it quotes them, or to find them is the definition's trade."""
        if not clause.concepts & Concept.ABOUT:
            return False
        return any(mark in clause.text for mark in _QUOTES) or bool(self.purpose & Concept.ABOUT)

    def evidence(self, passage: Passage, excerpt: str) -> Evidence:
        """Return evidence at a passage."""
        return Evidence(pointer=passage.pointer(self.definition.pointer), excerpt=excerpt, place=self.definition.place)

    def at(self, clause: Clause) -> Evidence:
        """Return evidence at a clause."""
        return self.evidence(clause.passage, clause.text)

    def member(self, path: str, excerpt: str) -> Evidence:
        """Return evidence at a member of the definition."""
        return Evidence(pointer=f"{self.definition.pointer}/{path}", excerpt=excerpt, place=self.definition.place)

    def named(self, excerpt: str) -> Evidence:
        """Return evidence at the definition's name."""
        at = "/uri" if self.definition.place.kind is Kind.RESOURCE else "/name"
        return Evidence(pointer=self.definition.pointer + at, excerpt=excerpt, place=self.definition.place)


def _words(name: str) -> str:
    """Return a name as words: `chat_history`, `chat-history` and `chatHistory` read alike."""
    return _short_words(name) if len(name) <= _SHORT else _apart(name)


@lru_cache(maxsize=_KEPT)
def _short_words(name: str) -> str:
    return _apart(name)


def _apart(name: str) -> str:
    apart = name if name.islower() else _HUMP.sub(" ", name)
    return apart.replace("_", " ").replace("-", " ")


def read(surface: Surface) -> tuple[Reading, ...]:
    """Read every definition of a server."""
    names = frozenset(definition.place.name for definition in surface.definitions)
    return tuple(Reading(definition=definition, siblings=names) for definition in surface.definitions)
