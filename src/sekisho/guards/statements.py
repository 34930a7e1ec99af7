"""Reads a query into statements, and tells of each what it needs and names: sqlglot, loaded on first use.

The parser goes back and tries again where it was wrong, which doubles its work with each `JOIN` without a condition,
and its compiled edition overflows the stack where the other one raises. So words are counted before it reads them, and
the nodes that it makes of them: an honest query is about one node for each word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.guards.cutting import engine_of, uncommented
from sekisho.guards.fields import fields_called

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlglot import exp
    from sqlglot.dialects.dialect import Dialect
    from sqlglot.tokenizer_core import Token

__all__ = ["OBSCURE", "Statement", "TooMuchError", "statements", "unexplained"]

OBSCURE: Final = 5
"""The number of an objection to a statement that the parser takes as a whole, without looking into it."""

_READ, _WRITE, _SCHEMA, _ANY = 1, 2, 3, 4
_CHARACTERS: Final = 4096
"""Characters that are parsed in a process in which others wait."""

_WORDS: Final = 400
"""Words that are parsed there for one engine; without the compiled edition a fifth of them."""

_ALL_WORDS: Final = 800
"""The same for all engines and queries."""

_SLOWER: Final = 5
_CHAIN: Final = 32
"""Names in a row with dots between them, for which the parser goes back to the first with each."""

_NODES: Final = 2
"""Nodes for each word of a query."""

_MORE_NODES: Final = 100
_PATIENT: Final = 50
"""How many times as many nodes are made where a query may take long."""

_EXPLAIN: Final = re.compile(
    r"(?:\s|--[^\r\n]*+\n|/\*[^*/]*+\*/)*+EXPLAIN\b(?:\s*\([^()]{0,200}\)|\s+(?:QUERY\s+PLAN|ANALYZE|ANALYSE|VERBOSE|EXTENDED|FORMAT\s*=?\s*\w+|PLAN\s+FOR))*\s+(?=\S)",
    re.IGNORECASE,
)
_REPLACE: Final = re.compile(r"^(\s*)REPLACE\s+INTO\b", re.IGNORECASE)
_PRAGMA: Final = re.compile(r"PRAGMA\s+(?:\w+\.)?(\w+)", re.IGNORECASE)
_WHOLE_PRAGMA: Final = 16
"""Nodes."""

_FILE: Final = re.compile(r"@|[/\\]|\.(?:csv|tsv|json|jsonl|ndjson|parquet|txt|xlsx|db|sqlite|duckdb)$")
_NEEDS: Final = {
    **dict.fromkeys(("Insert", "Update", "Delete", "Merge"), _WRITE),
    **dict.fromkeys(("Create", "Alter", "Into", "Comment"), _SCHEMA),
    **dict.fromkeys(
        (
            "Drop", "TruncateTable", "Set", "SetItem", "Use", "Kill", "Transaction", "Commit", "Rollback", "Grant",
            "Revoke", "Analyze", "Refresh", "Cache", "Uncache", "Declare",
        ),
        _ANY,
    ),
}  # fmt: skip
_REACHES: Final = frozenset({
    "Attach", "Detach", "Copy", "LoadData", "Execute", "ExecuteSql", "Export", "Put", "Get", "Install", "Directory",
    "DirectoryStage", "QueryTransform",
})  # fmt: skip
_READING: Final = frozenset({
    "Select", "Union", "Intersect", "Except", "Subquery", "Values", "Show", "Describe", "Pragma", "Table", "Summarize",
    "Pivot",
})  # fmt: skip
_BEGINS: Final = frozenset({
    "alter", "backup", "begin", "break", "bulk", "checkpoint", "close", "commit", "continue", "create", "dbcc",
    "deallocate", "declare", "delete", "deny", "drop", "dump", "exec", "execute", "fetch", "goto", "grant", "if",
    "insert", "kill", "load", "merge", "open", "print", "raiserror", "readtext", "reconfigure", "restore", "return",
    "revert", "revoke", "rollback", "save", "set", "setuser", "shutdown", "truncate", "update", "updatetext", "use",
    "waitfor", "while", "writetext",
})  # fmt: skip
"""Words with which a statement of T-SQL begins, without anything between it and the one before."""

_OPERANDS: Final = frozenset({
    "ALIAS", "DOT", "COMMA", "L_PAREN", "SELECT", "DISTINCT", "FROM", "JOIN", "WHERE", "HAVING", "ON", "GROUP_BY",
    "ORDER_BY", "AND", "OR", "NOT", "IN", "LIKE", "BETWEEN", "CASE", "WHEN", "THEN", "ELSE", "EQ", "NEQ", "LT", "LTE",
    "GT", "GTE", "SET", "INTO", "PLUS", "DASH", "SLASH", "MOD",
})  # fmt: skip
"""Behind these T-SQL wants a name or a value, and runs nothing where such a word stands."""


class _Told(NamedTuple):
    """What a type of nodes tells."""

    needs: int
    reaches: bool
    function: str
    """What a function is called that has a type; empty for what is none."""

    acts: bool
    """Whether each node has to be looked at."""

    source: bool
    """Whether each may be what a function gives."""


class TooMuchError(Exception):
    """A query of more words than may be parsed, or one that makes the parser go back too often."""


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


def statements(
    text: str, dialect: str, *, share: int = 0, joined: bool = False, fields: bool = False
) -> tuple[Statement, ...] | None:
    """Return the statements of a text; None if the parser does not understand it.

    Args:
        text: the query.
        dialect: what the parser calls the language; empty if it is not known.
        share: how many are read while others wait; 0 where it may take long.
        joined: whether nothing need stand between two statements, as in T-SQL.
        fields: whether a name behind a dot may be a function, as in PostgreSQL.

    Raises:
        TooMuchError: there are more, or they are not what a query is made of.
    """
    if share and len(text) > _CHARACTERS:
        raise TooMuchError
    bare = unexplained(text)
    try:
        engine = engine_of(dialect)
        inner = _REPLACE.sub(r"\1INSERT INTO", uncommented(bare, engine))
        tokens = engine.tokenize(inner)
        if share and (len(tokens) > _room(share) or _is_chained(tokens)):
            raise TooMuchError  # noqa: TRY301 - as is raised below
        found = _parsed(engine, tokens, inner, patient=not share)
        told = tuple(
            _statement(root, tokens, joined=joined, fields=fields)
            for root in found
            if root is not None and _kind(root) != "Semicolon"
        )
    except TooMuchError:
        raise
    except Exception:  # noqa: BLE001 - the parser raises what it likes where it has a mistake (`AttributeError`, `TypeError`)
        return None
    # a statement of its own may be called like a word of `EXPLAIN`: SQLite's `ANALYZE`
    return told if told or bare is text else None


def _room(share: int) -> int:
    """Return how many words are parsed in a process in which others wait."""
    from sqlglot import tokens  # noqa: PLC0415 - as above

    return min(_WORDS, _ALL_WORDS // share) // (1 if tokens.SQLGLOTC_INSTALLED else _SLOWER)


def _is_chained(tokens: Sequence[Token]) -> bool:
    at = [number for number, token in enumerate(tokens) if token.text == "."]
    return any(last - first <= 2 * _CHAIN for first, last in zip(at, at[_CHAIN:], strict=False))


def _parsed(engine: Dialect, tokens: list[Token], text: str, *, patient: bool) -> Sequence[exp.Expr | None]:
    """Parse words, with a bound for what is made of them."""
    nodes = (_NODES * len(tokens) + _MORE_NODES) * (_PATIENT if patient else 1)
    parser = engine.parser(max_nodes=nodes)
    try:
        return parser.parse(tokens, text)
    finally:
        # it takes its own objection for a mistake of the query, and tries something else
        if parser._node_count > nodes:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - nothing else tells
            raise TooMuchError


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


def _statement(root: exp.Expr, tokens: Sequence[Token], *, joined: bool, fields: bool) -> Statement:
    """Tell of a statement what it needs and names."""
    from sqlglot import exp  # noqa: PLC0415 - loaded with the first query

    every = [*root.bfs()]
    kinds = {kind: _told_of(kind) for kind in set(map(type, every))}
    telling = {kind for kind, told in kinds.items() if told.acts}
    nodes = [node for node in every if type(node) in telling] if telling else []
    shows = isinstance(root, exp.Command) and root.name.upper() == "SHOW"
    sources = {kind for kind, told in kinds.items() if told.source} if fields else ()
    functions = {*fields_called([node for node in every if type(node) in sources], every, tokens)}
    tables, pragmas, needs = set[str](), set[str](), _READ
    for node in nodes:
        match node:
            case exp.Table(this=exp.Identifier(), args=args) if not (args.get("db") or args.get("catalog")):
                tables.add(node.name.lower())
            case exp.Table() | exp.TableAlias() | exp.Summarize() | exp.Schema():
                tables |= _tables(node)
            case exp.Anonymous() | exp.AnonymousAggFunc() if not isinstance(root, exp.Pragma):
                functions.add(node.name.lower())
            case exp.Dot(expression=exp.Identifier()) if fields and not _is_named(node):
                # PostgreSQL calls the function `f` for `(x).f` where `x` has no such field
                functions.add(node.expression.name.lower())
            case exp.Pragma():
                pragmas.add(_pragma(node))
            case exp.PropertyEQ() | exp.Delete() if _is_wide(node):
                needs = _ANY
            case _:
                pass
    unknown = _kind(root) not in _READING | _REACHES | _NEEDS.keys()
    begun = _begun(every, tokens) if joined else ()
    return Statement(
        needs=max(needs, *(told.needs for told in kinds.values())),
        reaches=any(told.reaches for told in kinds.values()) or any(map(_FILE.search, tables)),
        obscure=not shows and (exp.Command in kinds or unknown or _begins(begun, tokens)),
        functions=frozenset(functions),
        typed=frozenset(told.function for told in kinds.values() if told.function),
        tables=frozenset(tables),
        pragmas=frozenset(pragmas),
    )


def _is_wide(node: exp.PropertyEQ | exp.Delete) -> bool:
    """Say whether something is set that is not the name of a value (`f(a := 1)`), or every row is deleted."""
    from sqlglot import exp  # noqa: PLC0415 - loaded with the first query

    if isinstance(node, exp.PropertyEQ):
        return not isinstance(node.this, exp.Identifier | exp.Literal | exp.Column | exp.Var)
    if node.args.get("limit") is not None:
        return False
    where = node.args.get("where")
    condition = where.this.unnest() if where is not None else None
    match condition:
        case None | exp.Literal() | exp.Boolean():
            return True
        case exp.EQ() | exp.GTE() | exp.LTE() | exp.Is():
            return condition.this == condition.expression
        case _:
            return False


def _tables(node: exp.Table | exp.TableAlias | exp.Summarize | exp.Schema) -> set[str]:
    """Return what a table is called, with and without its schema; a file that DuckDB reads is one."""
    from sqlglot import exp  # noqa: PLC0415 - loaded with the first query

    match node:
        case exp.Table():
            names = [part.name.lower() for part in node.parts]
            return {".".join(names[at:]) for at in range(len(names))}
        case exp.Summarize(this=exp.Table() | exp.Query()):
            return set()
        case exp.Summarize():
            return {"/"}
        case exp.Schema():  # `DESCRIBE url('a')`
            return {"/" for each in node.expressions if isinstance(each, exp.Literal)}
        case _:  # `(SHOW 'a.csv')`, `FROM file('a.csv')`
            return {node.name.lower(), *(each.name.lower() for each in node.columns)}


def _pragma(node: exp.Pragma) -> str:
    """Return what a pragma is called; empty for one that is given more than a value."""
    short = sum(1 for _ in islice(node.bfs(), _WHOLE_PRAGMA + 1)) <= _WHOLE_PRAGMA
    found = _PRAGMA.match(node.sql()) if short else None
    return found[1].lower() if found else ""


@cache
def _told_of(kind: type[exp.Expr]) -> _Told:
    """Return what a type of nodes tells of every statement that has one."""
    from sqlglot import exp  # noqa: PLC0415 - loaded with the first query

    acting = (exp.Delete, exp.Anonymous, exp.AnonymousAggFunc, exp.Dot, exp.Pragma, exp.PropertyEQ)
    return _Told(
        needs=_NEEDS.get(kind.__name__, _READ),
        reaches=kind.__name__ in _REACHES,
        function=kind.__name__.lower() if issubclass(kind, exp.Func) else "",
        acts=issubclass(kind, (*acting, exp.Table, exp.TableAlias, exp.Summarize, exp.Schema)),
        source=issubclass(kind, (exp.Table, exp.Unnest, exp.Lateral)),
    )


def _begun(nodes: Sequence[exp.Expr], tokens: Sequence[Token]) -> Sequence[int]:
    """Return where names stand that may be the first words of other statements."""
    from sqlglot import exp  # noqa: PLC0415 - loaded with the first query

    if _BEGINS.isdisjoint([token.text.lower() for token in tokens]):
        return ()
    names = (node for node in nodes if isinstance(node, exp.Identifier))
    return [each.meta.get("start", -1) for each in names if not each.quoted and each.name.lower() in _BEGINS]


def _begins(starts: Sequence[int], tokens: Sequence[Token]) -> bool:
    """Say whether one of the words at these places would be the first of another statement."""
    if not starts:
        return False
    before = {after.start: token.token_type.name for token, after in pairwise(tokens)}
    return any(before.get(start) not in _OPERANDS for start in starts)
