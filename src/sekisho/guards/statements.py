"""Reads a query into statements, and tells of each what it needs and names: sqlglot, loaded on first use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlglot import exp

__all__ = ["OBSCURE", "Statement", "statements", "unexplained"]

OBSCURE: Final = 5
"""The number of an objection to a statement that the parser takes as a whole, without looking into it."""

_READ, _WRITE, _SCHEMA, _ANY = 1, 2, 3, 4
_EXPLAIN: Final = re.compile(
    r"\s*EXPLAIN\b(?:\s*\([^()]{0,200}\)|\s+(?:QUERY\s+PLAN|ANALYZE|ANALYSE|VERBOSE|EXTENDED|FORMAT\s*=?\s*\w+|PLAN\s+FOR))*\s+(?=\S)",
    re.IGNORECASE,
)
_REPLACE: Final = re.compile(r"^(\s*)REPLACE\s+INTO\b", re.IGNORECASE)
_PRAGMA: Final = re.compile(r"PRAGMA\s+(?:\w+\.)?(\w+)", re.IGNORECASE)
_FILE: Final = re.compile(r"[/\\]|\.(?:csv|tsv|json|jsonl|ndjson|parquet|txt|xlsx|db|sqlite|duckdb)$")
_NEEDS: Final = {
    **dict.fromkeys(("Insert", "Update", "Delete", "Merge"), _WRITE),
    **dict.fromkeys(("Create", "Alter", "Into", "Comment"), _SCHEMA),
    **dict.fromkeys(
        (
            "Drop", "TruncateTable", "Set", "SetItem", "Use", "Kill", "Transaction", "Commit", "Rollback", "Grant",
            "Revoke", "Analyze", "Refresh", "Cache", "Uncache", "Declare", "PropertyEQ",
        ),
        _ANY,
    ),
}  # fmt: skip
_REACHES: Final = frozenset({
    "Attach", "Detach", "Copy", "LoadData", "Execute", "ExecuteSql", "Export", "Put", "Get", "Install", "Directory",
})  # fmt: skip
_READING: Final = frozenset({
    "Select", "Union", "Intersect", "Except", "Subquery", "Values", "Show", "Describe", "Pragma", "Table", "Summarize",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement."""

    needs: int
    """What it does at most: 1 reads, 2 changes data, 3 the schema, 4 more."""

    reaches: bool
    """Whether it leaves the database."""

    obscure: bool
    """Whether the parser did not look into it."""

    functions: frozenset[str]
    """Functions without a type of their own, in lower case."""

    typed: frozenset[str]
    """The types of the others."""

    tables: frozenset[str]
    """Tables, with and without their schema, in lower case."""

    pragmas: frozenset[str]
    """Pragmas."""


def unexplained(text: str) -> str:
    """Return a query without the `EXPLAIN` before it, which may run it."""
    explained = _EXPLAIN.match(text)
    return text[explained.end() :] if explained else text


def statements(text: str, dialect: str) -> tuple[Statement, ...] | None:
    """Return the statements of a text; None if the parser does not understand it."""
    bare = unexplained(text)
    inner = _REPLACE.sub(r"\1INSERT INTO", bare)
    try:
        found = _parse()(inner, dialect or None)
        told = tuple(_statement(root) for root in found if root is not None and _kind(root) != "Semicolon")
    except Exception:  # noqa: BLE001 - the parser raises what it likes where it has a mistake (`AttributeError`, `TypeError`)
        return None
    # a statement of its own may be called like a word of `EXPLAIN`: SQLite's `ANALYZE`
    return told if told or bare is text else None


@cache
def _parse() -> Callable[[str, str | None], list[exp.Expr | None]]:
    import sqlglot  # noqa: PLC0415 - loaded with the first query
    from sqlglot import parser  # noqa: PLC0415 - as above

    # it logs what it does not understand, in an attacker's words; what it returns says the same
    # (a filter stays; a disabled logger is enabled again by the next who configures logging)
    parser.logger.addFilter(lambda _: False)
    return lambda text, dialect: list(sqlglot.parse(text, read=dialect))


def _kind(node: exp.Expr) -> str:
    return type(node).__name__


def _is_named(node: exp.Expr) -> bool:
    """Say whether what stands before the dots is a name: of a table, a schema or a column with fields.

    `"t".a` and `[t].a` are names too: what takes them for a text or a list, fails at the dot. No engine calls a
    function there without brackets around the value, or an index behind it.
    """
    while _kind(node) == "Dot":
        node = node.this
    return _kind(node) in {"Column", "Identifier", "Var", "Table", "Literal", "Array"}


def _statement(root: exp.Expr) -> Statement:
    from sqlglot import exp  # noqa: PLC0415 - loaded with the first query

    shows = isinstance(root, exp.Command) and root.name.upper() == "SHOW"
    kinds = set[str]()
    functions, typed, tables, pragmas = set[str](), set[str](), set[str](), set[str]()
    for node in root.walk():
        kinds.add(_kind(node))
        match node:
            case exp.Anonymous() | exp.AnonymousAggFunc() if not isinstance(root, exp.Pragma):
                functions.add(node.name.lower())
            case exp.Dot(expression=exp.Identifier()) if not _is_named(node):
                # PostgreSQL calls the function `f` for `(x).f` where `x` has no such field
                functions.add(node.expression.name.lower())
            case exp.Func():
                typed.add(_kind(node).lower())
            case exp.Table():
                names = [part.name.lower() for part in node.parts]
                tables |= {".".join(names[at:]) for at in range(len(names))}
            case exp.Pragma():
                found = _PRAGMA.match(node.sql())
                pragmas.add(found[1].lower() if found else "")
            case _:
                pass
    return Statement(
        needs=max(_NEEDS.get(kind, _READ) for kind in kinds),
        reaches=not kinds.isdisjoint(_REACHES) or any(_FILE.search(table) for table in tables),
        obscure=not shows and ("Command" in kinds or _kind(root) not in _READING | _REACHES | _NEEDS.keys()),
        functions=frozenset(functions),
        typed=frozenset(typed),
        tables=frozenset(tables),
        pragmas=frozenset(pragmas),
    )
