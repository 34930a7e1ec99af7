"""What a name or a description says: `data/meanings.toml`, made ready."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

__all__ = ["TOPICS", "Lexicon", "cut", "lexicon", "named"]

_PIECES: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")
_WORDS: Final = re.compile(r"[a-z]+")
_LONGEST: Final = 3
"""Words of the longest entry in the table."""

_FEW: Final = 2
"""Digits of a number that tells parameters apart, at most; letters of a word that stays as it is."""

_READ: Final = 2000
"""Characters of a description that are read: what a parameter is stands at its beginning."""

_ENCODED: Final = re.compile(r"\bur[il][- ]?(?:en|de)code[ds]?\b|\bur[il][- ](?:safe|friendly)\b")
"""Says how a value is written, not that it is an address."""

_LONGEST_NAME: Final = 200
"""Characters of a name that are read."""


def cut(name: str) -> tuple[str, ...]:
    """Cut a name into its words: `saveTo`, `save_to` and `save-to` are the same two."""
    return tuple(piece.casefold() for piece in _PIECES.findall(name[:_LONGEST_NAME]))


def named(pointer: str) -> tuple[str, ...]:
    """Return the words of the names on the way to a value: those of its pointer, as `cut` reads it."""
    return _named(pointer[:_LONGEST_NAME])


@lru_cache(maxsize=2048)
def _named(pointer: str) -> tuple[str, ...]:
    return cut(pointer)


def _one(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name without the number behind it, and of one thing: `queries` and `query2` are each a `query`."""
    if len(words) > 1 and words[-1].isdigit() and len(words[-1]) <= _FEW:
        words = words[:-1]
    last = words[-1] if words else ""
    if len(last) <= _FEW or not last.isascii() or not last.endswith("s") or last.endswith("ss"):
        return words
    return (*words[:-1], f"{last[:-3]}y" if last.endswith("ies") else last[:-1])


def _ends_in(words: tuple[str, ...], names: AbstractSet[tuple[str, ...]]) -> bool:
    """Say whether the last word of a name, as it is or of one, is among these."""
    return words[-1:] in names or _one(words)[-1:] in names


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The whole table."""

    kinds: Mapping[tuple[str, ...], str]
    """By ending of a name: what kind of value it has."""

    phrases: Mapping[str, re.Pattern[str]]
    """By kind: what descriptions say."""

    acts: Mapping[str, frozenset[str]]
    """By what a tool does: words of its name."""

    weak: frozenset[tuple[str, ...]]
    """Names that say little."""

    elsewhere: tuple[frozenset[str], ...]
    """Names that, required together, say that paths are those of a repository or store of another service."""

    carriers: frozenset[tuple[str, ...]]
    """Names of what a tool works on, whatever that is."""

    expressions: frozenset[tuple[str, ...]]
    """Names of what something is selected by: in it a name is one of a field, and `../` a step in a document."""

    envelopes: frozenset[tuple[str, ...]]
    """Names of what may hold other arguments."""

    lines: frozenset[tuple[str, ...]]
    """Names of values that have one line, whatever they are."""

    besides: Mapping[str, re.Pattern[str]]
    """By what a tool does: words that, in its name or description, say that it does something else."""

    def kind(self, words: tuple[str, ...]) -> str | None:
        """Return the kind of the longest ending of a name that is in the table, as it is or of one; None without."""
        return self._kind(words) or self._kind(_one(words))

    def _kind(self, words: tuple[str, ...]) -> str | None:
        for size in range(min(_LONGEST, len(words)), 0, -1):
            found = self.kinds.get(words[-size:])
            if found is not None:
                return found
        return None

    def says_little(self, words: tuple[str, ...]) -> bool:
        """Say whether the description has to decide."""
        return _ends_in(words, self.weak)

    def spoken(self, text: str) -> frozenset[str]:
        """Return the kinds of which a description speaks."""
        return _spoken(text[:_READ].casefold())

    def asks_in_sql(self, name: str, description: str) -> bool:
        """Say whether a parameter is SQL, whatever its tool says of itself: it is called so, or described so."""
        words = cut(name)
        return ("sql" in _one(words) and self.kind(words) == "sql") or "statements" in self.spoken(description)

    def asks_otherwise(self, description: str, *, plainly: bool = False) -> bool:
        """Say whether a description speaks of a query in another language than SQL.

        Args:
            description: of a parameter.
            plainly: whether a question, or words to search for, are one as well.
        """
        told = self.spoken(description)
        return "sql" not in told and ("tongues" in told or (plainly and "questions" in told))

    def says_database(self, name: str, description: str) -> bool:
        """Say whether more than the word `query` speaks of a database."""
        words = {*cut(name), *_WORDS.findall(description[:_READ].casefold())}
        return "queries" in self.acting(words - _QUERY) or "queries" in self.spoken(description)

    def carries(self, words: tuple[str, ...]) -> bool:
        """Say whether a parameter holds what the tool works on, whatever that is."""
        return _ends_in(words, self.carriers) or _ends_in(words, self.weak)

    def wraps(self, words: tuple[str, ...]) -> bool:
        """Say whether a parameter may hold other arguments."""
        return _ends_in(words, self.envelopes)

    def selects(self, words: tuple[str, ...]) -> bool:
        """Say whether a parameter says what is selected."""
        return _ends_in(words, self.expressions)

    def single(self, words: tuple[str, ...]) -> bool:
        """Say whether a name is one of values that have one line."""
        return words[-1:] in self.lines

    def leads_elsewhere(self, required: Iterable[str]) -> bool:
        """Say whether a tool with these required parameters works with what another service keeps."""
        names = {"_".join(cut(name)) for name in required}
        return any(each <= names for each in self.elsewhere)

    def acting(self, words: Iterable[str]) -> frozenset[str]:
        """Return what a tool does by the words of its name."""
        every = frozenset(words)
        return frozenset(act for act, names in self.acts.items() if names & every)

    def doing(self, name: str, description: str) -> frozenset[str]:
        """Return what a tool does by its name, if that is no name of something else, and by its description."""
        words, spoken = cut(name), self.spoken(description)
        told = f"{' '.join(words)}\n{description[:_READ].casefold()}"
        other = {act for act, pattern in self.besides.items() if pattern.search(told)}
        return self.acting(words) - other | spoken


_ACTS: Final = (
    "fetches", "executes", "shells", "connects", "opens", "renders", "asks", "documents", "queries", "graphs", "reads",
    "writes", "parses",
)  # fmt: skip
TOPICS: Final = frozenset({"ldap", "xpath", "graphql", "graph", "latex", "sheet", "mail", "calendar"})
"""What tools may be about, beside what they do."""

_QUERY: Final = frozenset({"query", "queries"})
_LISTS: Final = frozenset(
    {"weak", "statements", "elsewhere", "carriers", "expressions", "envelopes", "lines", "tongues", "questions"}
)


@cache
def lexicon() -> Lexicon:
    """Return the table; loaded once."""
    import tomllib  # noqa: PLC0415 - a server starts without the table
    from importlib.resources import files  # noqa: PLC0415 - as above

    raw = tomllib.loads(files("sekisho").joinpath("data/meanings.toml").read_text("utf-8"))
    table = cast("dict[str, dict[str, list[str]]]", raw)
    kinds = {
        tuple(name.split("_")): kind
        for kind, entry in table.items()
        if kind not in _ACTS and kind not in _LISTS and kind not in TOPICS
        for name in entry.get("names", ())
    }
    return Lexicon(
        kinds=kinds,
        phrases={kind: _any(entry["phrases"]) for kind, entry in table.items() if entry.get("phrases")},
        acts={act: frozenset(table[act]["names"]) for act in (*_ACTS, *TOPICS)},
        weak=frozenset(tuple(name.split("_")) for name in table["weak"]["names"]),
        carriers=frozenset(tuple(name.split("_")) for name in table["carriers"]["names"]),
        expressions=frozenset(tuple(name.split("_")) for name in table["expressions"]["names"]),
        envelopes=frozenset(tuple(name.split("_")) for name in table["envelopes"]["names"]),
        lines=frozenset(tuple(name.split("_")) for name in table["lines"]["names"]),
        besides={act: _any(entry["besides"]) for act, entry in table.items() if "besides" in entry},
        elsewhere=tuple(frozenset(names.split()) for names in table["elsewhere"]["names"]),
    )


@lru_cache(maxsize=4096)
def _spoken(folded: str) -> frozenset[str]:
    told = _ENCODED.sub("", folded)
    return frozenset(kind for kind, pattern in lexicon().phrases.items() if pattern.search(told))


def _any(phrases: list[str]) -> re.Pattern[str]:
    parts = (
        rf"(?<![a-z0-9]){_or_more(phrase)}(?![a-z0-9])" if phrase.isascii() else re.escape(phrase) for phrase in phrases
    )
    return re.compile("|".join(parts))


def _or_more(phrase: str) -> str:
    """Return a pattern for a phrase about one thing or more."""
    if phrase.endswith("y"):
        return f"{re.escape(phrase[:-1])}(?:y|ies)"
    return f"{re.escape(phrase)}s?"
