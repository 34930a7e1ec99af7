r"""The guard for values that are a query, and for names that end up in one.

- `sql-write`: something that changes data or schema where the tool only reads, or that changes the schema or deletes
  every row where it only writes data, anywhere in the query: in a common table expression, behind `EXPLAIN ANALYZE`,
  in `SELECT … INTO`.
- `sql-several`: more than one statement.
- `sql-reach`: what leaves the tables: files, other servers and databases, the engine's settings, tables of
  credentials, and each function that is not known to compute only.
- `sql-unclear`: what engines read in different ways (executable and nested comments, NUL), or what the parser does not
  understand: nobody knows what it does.
- `sql-leftover`: a comment at the end that holds closing quotes only, as an injected value leaves it.
- `sql-identifier`: a name of a table or column that would be more than a name.

The parser (sqlglot) loads on first use. An engine that is not known is every common one: if one of them objects, that
counts. Nothing is read in this process above 12 KB, and little is parsed; a worker asks again with `long`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, TypedDict, cast

from sekisho.guards.alike import stands_for_all
from sekisho.guards.cutting import words_of
from sekisho.guards.objection import CLEAN, Judgement, Need, Objection, Wanted
from sekisho.guards.question import is_plain
from sekisho.guards.statements import OBSCURE, TooMuchError, statements, unexplained

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.guards.statements import Statement

__all__ = [
    "LONGEST",
    "SqlFacts",
    "Use",
    "dialects",
    "engines",
    "judge_carefully",
    "judge_name",
    "judge_sql",
    "use_of",
]

LONGEST: Final = 12 * 1024
"""Characters of all queries of one call that are read in this process."""

_DEEPEST: Final = 64
"""Brackets inside of brackets; the parser recurses."""

_MANY: Final = 128
"""Prefix operators, which nest as well: `NOT NOT …`, `CASE CASE …`."""

_EVERY: Final = ("sqlite", "postgres", "mysql", "tsql")
_JOINING: Final = frozenset({"tsql", ""})
"""Languages in which a statement may follow another one with nothing between them, or of which nobody knows."""

_CALLING: Final = frozenset({"postgres", "redshift", ""})
"""Languages in which a field may be a function."""

_EXECUTABLE: Final = re.compile(r"/\*(?:!|M!)")
_VARIABLE: Final = re.compile(r"[$@#:](?:[0-9A-Za-z_$\x80-\U0010ffff]|::)++(?:\(([^\t-\r )]*+))?")
"""A variable, and what stands in brackets right behind it, in which SQLite sees no quote and no comment begin."""

_BEGUN: Final = re.compile(r"['\"`\[/-]")
_NEXT: Final = re.compile(r"\.\s*[\"`\[]?nextval\b", re.IGNORECASE)
"""What moves a sequence on, as Oracle and Snowflake write it."""

_NESTING: Final = re.compile(
    r"\b(?:NOT|CASE|IF|SELECT|EXISTS|INTERVAL|LAMBDA)\b|[~!]|[-+]{2}|[-+]\s+[-+]",
    re.IGNORECASE,
)
_NESTED: Final = ("not", "case", "if", "select", "exists", "interval", "lambda", "~", "!", "-", "+")
"""Every match of these operators holds one of them."""

_CUT: Final = (
    re.compile(r"'[^']*+'?|\"[^\"]*+\"?|`[^`]*+`?|--([^\n]*+)"),
    re.compile(r"'(?:[^'\\]|\\.)*+'?|\"(?:[^\"\\]|\\.)*+\"?|`[^`]*+`?|--([^\n]*+)", re.DOTALL),
)
"""Texts, quoted names and comments, as engines without and with escapes cut them."""

_LEFT: Final = re.compile(r"[\s)\]};,]*+['\"`][\s)\]};,'\"`]*+")
"""What closes a text, and nothing else."""

_PRAGMA: Final = re.compile(
    r"\s*PRAGMA\s+(?:(?:main|temp)\.)?(\w+)(\s*\(\s*(?:\w+|'\w+'|\"\w+\")\s*\))?\s*;?\s*", re.IGNORECASE | re.ASCII
)
_GRANTS: Final = re.compile(r"\s*SHOW\s+GRANTS(?:\s+FOR\s+CURRENT_USER(?:\s*\(\s*\))?)?\s*;?\s*", re.IGNORECASE)
"""One's own rights, as MySQL tells them; the parser does not know it."""

_BEHIND: Final = re.compile(r";\s*\S")
_DOLLAR: Final = re.compile(r"\$(?=\w*\$)")
_DOLLARS: Final = frozenset(
    {
        "postgres",
        "redshift",
        "duckdb",
        "snowflake",
        "databricks",
        "spark",
        "clickhouse",
        "trino",
    }
)
"""Engines for which `$$` or `$tag$` begins a text; the parser believes it of each."""

_MYSQL_DASHES: Final = re.compile(r"--(?=[^\s-])")
_NAME: Final = re.compile(r"[\w.$#@: -]+")
_QUOTED: Final = re.compile(r"(?:\"[^\"\x00-\x1f;]+\"|`[^`\x00-\x1f;]+`|\[[^\]\x00-\x1f;]+\])")
_CLAUSE: Final = re.compile(
    r"--|\b(?:union|select|where|from|join|having|values|into|pragma|attach|returning|using)\b"
    r"|\b(?:order|group)\s+by\b|\b(?:limit|offset|or|and)\s+\d|\bdrop\s+\w|\bset\s+\w+\s*=",
    re.IGNORECASE,
)
_COMPOUND: Final = re.compile(r"\s|--")
_ASKING: Final = frozenset({
    "read", "select", "query", "find", "search", "explain", "get", "list", "show", "describe", "readonly",
})  # fmt: skip
_CHANGING: Final = frozenset({
    "write", "insert", "update", "upsert", "delete", "modify", "change", "execute", "exec", "run", "statement",
    "create", "alter", "migrate", "migration", "ddl",
})  # fmt: skip
_SHAPING: Final = frozenset({"create", "alter", "schema", "migrate", "migration", "migrations", "ddl"})
_LONGEST_NAME: Final = 512


class Use(IntEnum):
    """What a tool is there for. Each may do what the ones before it may."""

    READ = 1
    """To ask."""

    WRITE = 2
    """To change data."""

    SCHEMA = 3
    """To create and alter tables."""

    ANY = 4
    """To administer: nothing is too much, but what reaches beyond the tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlFacts:
    """What is known about the tool."""

    use: Use = Use.READ
    """What it is there for."""

    dialect: str | None = None
    """What the engine is called; None if it is not known."""

    functions: frozenset[str] = frozenset()
    """Functions that a policy adds, in lower case."""

    long: bool = False
    """Whether a long query may be parsed here, because this is a worker that can be ended."""

    apart: bool = False
    """Whether nothing is parsed here."""

    among: int = 1
    """Queries of the call, which share what is read here."""


class _Document(TypedDict):
    functions: list[str]
    reaching: list[str]
    pragmas: list[str]
    asked: list[str]
    tables: list[str]
    dialects: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    functions: frozenset[str]
    reaching: frozenset[str]
    pragmas: frozenset[str]
    asked: frozenset[str]
    tables: frozenset[str]
    dialects: dict[str, str]


@cache
def _table() -> _Table:
    text = files("sekisho").joinpath("data", "sql.toml").read_text(encoding="utf-8")
    document = cast("_Document", cast("object", tomllib.loads(text)))
    return _Table(
        functions=frozenset(document["functions"]),
        reaching=frozenset(document["reaching"]),
        pragmas=frozenset(document["pragmas"]),
        asked=frozenset(document["asked"]),
        tables=frozenset(document["tables"]),
        dialects=document["dialects"],
    )


def dialects() -> Mapping[str, str]:
    """Return by what engines are called, in lower case, how the parser calls their language."""
    return _table().dialects


def engines() -> frozenset[str]:
    """Return what engines are called, in lower case."""
    return frozenset(_table().dialects)


def use_of(words: Sequence[str], *, writes: bool) -> Use:
    """Return what a tool is for, by the words of its name: `read_query`, `create_table`; `query` alone reads.

    Args:
        words: of the name, in lower case.
        writes: False where name and annotations both say that it reads.
    """
    said = {*words}
    if not writes or (said & _ASKING and not said & _CHANGING):
        return Use.READ
    return Use.SCHEMA if said & _SHAPING else Use.WRITE


def judge_sql(value: str, facts: SqlFacts) -> Judgement:
    """Judge a value that is a query. For one that is too long for this process, a worker is needed."""
    if len(value) * facts.among > LONGEST and not facts.long:
        return _left(value)
    if reason := _unclear(value):
        return _judgement(value, {"sql-unclear": (reason,)})
    table, writes = _table(), facts.use is not Use.READ
    functions = table.functions | facts.functions if facts.functions else table.functions
    if is_plain(unexplained(value), functions=functions, tables=table.tables, writes=writes) or _tells(value, table):
        return CLEAN
    return _left(value) if facts.apart else judge_carefully(value, facts)


def _tells(value: str, table: _Table) -> bool:
    """Say whether a query is one pragma that only tells, or asks for one's own rights."""
    if _GRANTS.fullmatch(value):
        return True
    found = _PRAGMA.fullmatch(value)
    return found is not None and found[1].lower() in (table.pragmas if found[2] else table.pragmas | table.asked)


def judge_carefully(value: str, facts: SqlFacts) -> Judgement:
    """Judge a query by parsing it, whatever its form tells; not one that parsers read in different ways."""
    rules: dict[str, tuple[int, ...]] = {}
    if "--" in value and _has_leftover(value.rstrip()):
        rules["sql-leftover"] = ()
    try:
        for rule, numbers in _parsed(value, facts):
            rules.setdefault(rule, numbers)
    except TooMuchError:
        if not facts.long:
            return _left(value)
        rules["sql-unclear"] = (4,)
    return _judgement(value, rules)


def _left(value: str) -> Judgement:
    """Leave a query to a worker."""
    return Judgement(needs=(Need(Wanted.WORKER, str(len(value))),))


def _has_leftover(value: str) -> bool:
    """Say whether a query ends with a comment that holds only what would close a text, to every engine."""
    for cut in _CUT:
        pieces = [*cut.finditer(value)]
        last = pieces[-1] if pieces else None
        if last is None or last[1] is None or last.end() != len(value) or not _LEFT.fullmatch(last[1]):
            return False
    return True


def _judgement(value: str, rules: dict[str, tuple[int, ...]]) -> Judgement:
    if not rules:
        return CLEAN
    objections = (Objection(rule=rule, start=0, end=len(value), numbers=numbers) for rule, numbers in rules.items())
    return Judgement(objections=tuple(objections))


def judge_name(value: str) -> Judgement:
    """Judge a value that names a table, column, schema or index."""
    parts = _QUOTED.sub("x", value[:_LONGEST_NAME])
    compound = _COMPOUND.search(parts) is not None and _CLAUSE.search(parts) is not None
    if len(value) <= _LONGEST_NAME and (not value or (_NAME.fullmatch(parts) and not compound)):
        return CLEAN
    return Judgement(objections=(Objection(rule="sql-identifier", start=0, end=len(value)),))


def _unclear(value: str) -> int:
    """Say why engines or the parser would not agree about a text; 0 if they may."""
    begun = any(_BEGUN.search(found) for found in _VARIABLE.findall(value))
    if begun or "\0" in value or _EXECUTABLE.search(value):
        return 1
    opened = value.find("/*")
    while opened >= 0:
        closed = value.find("*/", opened + 2)
        if closed < 0 or value.find("/*", opened + 2, closed) >= 0:
            return 2
        opened = value.find("/*", closed + 2)
    return 3 if _deep(value) else 0


def _deep(value: str) -> bool:
    depth = deepest = 0
    for char in value if value.count("(") + value.count("[") + value.count("{") > _DEEPEST else "":
        depth += (char in "([{") - (char in ")]}")
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        return True
    lower = value.lower()
    found = islice(_NESTING.finditer(value), _MANY + 1)
    return sum(map(lower.count, _NESTED)) > _MANY and sum(1 for _ in found) > _MANY


@lru_cache(maxsize=8)
def _parsed(value: str, facts: SqlFacts) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return what there is to object to; kept, for a call is judged again with what had to be looked up."""
    language = stands_for_all(value) if facts.dialect is None else None
    alone = None if language is None else _read(value, language, facts, share=1)
    if alone is not None:
        found = tuple(_objections((alone,), value, facts))
        if not found or not language:
            return found
    named = None if facts.dialect is None else (_table().dialects.get(facts.dialect.lower(), ""),)
    asked = named or _EVERY
    readings = {each: _read(value, each, facts, share=len(asked)) for each in asked}
    unlike = [(("sql-unclear", (4,)),)] if _hides(value, readings) else []
    return tuple(chain(_objections((*readings.values(),), value, facts), *unlike))


def _hides(value: str, readings: Mapping[str, tuple[Statement, ...] | None]) -> bool:
    """Say whether an engine whose query the parser does not understand has other words before it than the others.

    Where the words are the same, those who understand them tell what they do.
    """
    lost = [each for each, reading in readings.items() if reading is None]
    if not lost or len(lost) == len(readings):
        return False
    bare = unexplained(value)
    known = {words_of(_text(bare, each), each) for each in readings.keys() - set(lost)}
    words = (words_of(_text(bare, each), each) for each in lost)
    return any(each is not None and each not in known for each in words)


def _text(value: str, dialect: str) -> str:
    """Return a query as it is shown to the parser."""
    text = _MYSQL_DASHES.sub("- - ", value) if dialect == "mysql" else value
    return text if dialect in _DOLLARS else _DOLLAR.sub("$a", text)


def _read(value: str, dialect: str, facts: SqlFacts, *, share: int) -> tuple[Statement, ...] | None:
    """Return how an engine reads a query; None if it would not understand it."""
    anyone = facts.dialect is None and dialect not in _EVERY[1:]
    return statements(
        _text(value, dialect),
        dialect,
        share=0 if facts.long else share * facts.among,
        joined=anyone or dialect in _JOINING,
        fields=anyone or dialect in _CALLING,
    )


def _objections(
    readings: Sequence[tuple[Statement, ...] | None], value: str, facts: SqlFacts
) -> Iterator[tuple[str, tuple[int, ...]]]:
    understood = [each for each in readings if each is not None]
    # an engine runs what it understands before it says that it does not understand the rest
    if not understood or (len(understood) < len(readings) and _BEHIND.search(value)):
        yield "sql-unclear", (4,)
    if _NEXT.search(value):
        yield "sql-reach", (2,)
    for found in understood:
        if len(found) > 1 and facts.use is not Use.ANY:
            yield "sql-several", (len(found),)
        for statement in found:
            yield from _one(statement, facts)


def _one(statement: Statement, facts: SqlFacts) -> Iterator[tuple[str, tuple[int, ...]]]:
    table = _table()
    if statement.obscure:
        yield "sql-unclear", (OBSCURE,)
    if statement.needs > facts.use:
        yield "sql-write", (statement.needs,)
    if statement.reaches or statement.typed & table.reaching or statement.tables & table.tables:
        yield "sql-reach", (1,)
    if statement.functions - table.functions - facts.functions:
        yield "sql-reach", (2,)
    if statement.pragmas - table.pragmas:
        yield "sql-reach", (3,)
