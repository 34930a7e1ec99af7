"""One text in the arguments of a call, with everything that it could mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Argument", "Effects", "Line", "Meaning", "counted"]


class Meaning(StrEnum):
    """What somebody who receives a text may do with it."""

    # Enumerations hash by their names, in Python: these are keys of what every call looks up.
    __hash__ = str.__hash__

    PATH = "path"
    """Open it as a file or folder."""

    URL = "url"
    """Fetch or open it."""

    HOST = "host"
    """Connect to it."""

    COMMAND = "command"
    """Run it."""

    ARGUMENT = "argument"
    """Put it behind a command as options that the caller may choose."""

    WORD = "word"
    """Put it into a command line, a query or an address as one name."""

    SQL = "sql"
    """Run it as a query."""

    SQL_NAME = "sql-name"
    """Put it into a query as the name of a table, column or schema."""

    CYPHER = "cypher"
    """Run it as a query of a graph database."""

    RESOURCE = "resource"
    """Find the resource of that URI."""

    PATTERN = "pattern"
    """Match with it."""

    TEXT = "text"
    """Store or show it: content, which may hold anything."""


class Line(StrEnum):
    """What a text becomes that has no lines of its own."""

    # As above.
    __hash__ = str.__hash__

    HEAD = "head"
    """A header of HTTP, or of something like it."""

    LETTERHEAD = "letterhead"
    """A header of mail: an address, a subject."""

    SINGLE = "single"
    """A name, a key, a host, a time table: one line, whatever becomes of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What a tool does, by its name, its description and the launch line of its server. Names only add."""

    fetches: bool = False
    """It opens addresses."""

    executes: bool = False
    """It runs commands."""

    shells: bool = False
    """It says that it takes a command line."""

    connects: bool = False
    """It connects to hosts."""

    opens: bool = False
    """It opens files."""

    renders: bool = False
    """It fills in templates, or matches with regular expressions."""

    asks: bool = False
    """It says that it only reads."""

    documents: bool = False
    """It asks a store of documents (MongoDB)."""

    queries: bool = False
    """It runs queries against a database."""

    supposes: bool = False
    """Nothing but the word `query` says that it does so."""

    graphs: bool = False
    """It runs queries against a graph database."""

    parses: bool = False
    """It reads what it is given as a document of some kind: parses, renders or compiles it."""

    topics: frozenset[str] = frozenset()
    """What its name, its description or the launch line of its server speak of: languages, and kinds of messages."""

    writes: bool = True
    """It may change something; False only where name and annotation both speak of reading."""


@dataclass(slots=True, kw_only=True)
class Argument:
    """One text of a call."""

    pointer: str
    """Where: an RFC 6901 pointer into the arguments."""

    value: str
    """The text: a value, the name of an undeclared member, or a default that the schema fills in."""

    meanings: frozenset[Meaning]
    """All that it could mean."""

    inner: str = ""
    """Where in the JSON that the text at `pointer` is: a pointer into it."""

    declared: bool = True
    """Whether the schema names the parameter."""

    lines: frozenset[Line] = frozenset()
    """What line of a message it becomes, as name and description of the parameter say."""


def counted(arguments: Iterable[Argument]) -> dict[Meaning, int]:
    """Return how many arguments there are of each meaning that one of them has."""
    many: dict[Meaning, int] = {}
    for argument in arguments:
        for meaning in argument.meanings:
            many[meaning] = many.get(meaning, 0) + 1
    return many
