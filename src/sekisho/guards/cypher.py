r"""The guard for values that are a query of a graph database (Cypher: Neo4j, Memgraph and their like).

- `cypher-write`: a clause that changes data where the tool only reads, or the schema or rights in any tool, wherever it
  stands: in `CALL { … }`, in `FOREACH`, behind `EXPLAIN` or `PROFILE`.
- `cypher-reach`: what leaves the graph: `LOAD CSV`, each procedure and each function below a name that is not known to
  tell or compute only (`apoc.load.json`, `apoc.cypher.run`, `dbms.…`), and what is read in different ways (an escape
  `\u0027` is a quote to some releases before anything else is read), or never closed.

The words of the language are looked at, in one pass; labels, properties, keys of maps, parameters, texts and comments
are none.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, TypedDict, cast

from sekisho.guards.objection import CLEAN, Judgement, Objection
from sekisho.guards.sql import Use

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["LONGEST", "judge_cypher"]

LONGEST: Final = 16 * 1024
"""Characters that are read; nobody writes as many."""

_TOKEN: Final = re.compile(
    r"\s++|//[^\n\r]*+|/\*(?:[^*]|\*(?!/))*+\*/|(?P<text>'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\")"
    r"|`(?P<name>(?:[^`]|``)*+)`|(?P<word>[^\W\d]\w*+)|(?P<open>['\"`]|/\*)|(?P<other>\d[\w.]*+|.)",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\u+[0-9a-fA-F]{4}")
_CHANGING: Final = frozenset({"create", "merge", "delete", "detach", "set", "remove", "foreach", "insert"})
_SHAPED: Final = frozenset({
    "index", "constraint", "fulltext", "vector", "range", "text", "point", "lookup", "btree", "unique",
})  # fmt: skip
_RULING: Final = frozenset({
    "drop", "alter", "grant", "revoke", "deny", "start", "stop", "terminate", "enable", "rename", "deallocate",
    "reallocate",
})  # fmt: skip
_RULED: Final = frozenset({"database", "composite", "user", "role", "alias", "or", "trigger", "stream", "snapshot"})
_CHOOSING: Final = frozenset({"where", "limit", "{", "elementid", "id", "exists"})
_BEFORE_NAMES: Final = frozenset({".", ":", "|", "&", "$", "::"})
"""What stands before labels, types, properties and parameters."""


class _Document(TypedDict):
    procedures: list[str]
    telling: list[str]
    functions: list[str]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with the names before it, or any other part of a query."""

    text: str
    """In lower case; empty for a text."""

    named: bool = False
    """Whether it may be a word of the language or a name."""

    quoted: bool = False
    """Whether it is a name in any case."""


def judge_cypher(value: str, use: Use) -> Judgement:
    """Judge a value that is a query of a graph database.

    Args:
        value: the query.
        use: what its tool is there for.
    """
    found: dict[str, tuple[int, ...]] = {}
    for rule, number in _judged(value, use):
        found.setdefault(rule, (number,))
    objections = (Objection(rule=rule, start=0, end=len(value), numbers=numbers) for rule, numbers in found.items())
    return Judgement(objections=tuple(objections)) if found else CLEAN


@cache
def _table() -> _Document:
    text = files("sekisho").joinpath("data", "cypher.toml").read_text(encoding="utf-8")
    return cast("_Document", cast("object", tomllib.loads(text)))


def _judged(value: str, use: Use) -> Iterator[tuple[str, int]]:
    words = _words(value) if len(value) <= LONGEST and not _ESCAPE.search(value) else None
    if words is None:
        yield "cypher-reach", 1
        return
    if use is not Use.ANY and _deletes_all(words):
        yield "cypher-write", Use.ANY
    for at, word in enumerate(words):
        if not word.named:
            continue
        before = words[at - 1].text if at else ""
        after = words[at + 1].text if at + 1 < len(words) else ""
        is_name = word.quoted or before in _BEFORE_NAMES or (after == ":" and before in {"{", ","})
        needs = Use.READ if is_name else _needs(word.text, after)
        if needs > use:
            yield "cypher-write", needs
        if word.text == "load" and after == "csv":
            yield "cypher-reach", 2
        elif before == "call" and after != "{" and not _tells(word.text):
            yield "cypher-reach", 3
        elif after == "(" and "." in word.text and before not in {":", "call"} and not _computes(word.text):
            yield "cypher-reach", 4


def _deletes_all(words: Sequence[_Word]) -> bool:
    """Say whether nothing tells which of the nodes that are deleted are meant: no condition, property or number."""
    near = zip(("", *(word.text for word in words)), words, strict=False)
    said = {word.text for before, word in near if not word.quoted and before not in _BEFORE_NAMES}
    return "delete" in said and "match" in said and said.isdisjoint(_CHOOSING)


def _needs(word: str, after: str) -> Use:
    if word in _RULING or (word == "create" and after in _RULED):
        return Use.ANY
    if word == "create" and after in _SHAPED:
        return Use.SCHEMA
    return Use.WRITE if word in _CHANGING else Use.READ


def _is_below(name: str, table: Sequence[str]) -> bool:
    return any(name.startswith(each) if each.endswith(".") else name == each for each in table)


def _tells(procedure: str) -> bool:
    table = _table()
    telling = procedure.startswith("gds.") and procedure.endswith(tuple(table["telling"]))
    return telling or _is_below(procedure, table["procedures"])


def _computes(function: str) -> bool:
    return _is_below(function, _table()["functions"])


def _words(value: str) -> list[_Word] | None:
    """Cut a query, a name with what stands before its dots in one; None where it is never closed."""
    parts: list[_Word] = []
    for found in _TOKEN.finditer(value):
        match found.lastgroup:
            case None:
                continue
            case "open":
                return None
            case "word" | "name":
                text = found[0].lower() if found.lastgroup == "word" else found["name"].lower()
                if len(parts) > 1 and parts[-1].text == "." and parts[-2].named:
                    del parts[-1]
                    text = f"{parts.pop().text}.{text}"
                parts.append(_Word(text, named=True, quoted=found.lastgroup == "name"))
            case "text":
                parts.append(_Word(""))
            case _:
                parts.append(_Word(found[0]))
    return parts
