"""Names behind a dot that PostgreSQL takes for a function of what stands before it: of what a function in `FROM` gives.

`SELECT x.pg_read_file FROM unnest(array['/etc/passwd']) AS x` reads the file: `x` is one text, has no such column, and
there is a function of that name for it. What a table gives is a row, for which nobody has a function that reaches out.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlglot import exp
    from sqlglot.tokenizer_core import Token

__all__ = ["fields_called", "may_call_field"]

_COLUMNS: Final = frozenset({
    "key", "value", "ordinality", "index", "type", "name", "text", "json", "path", "fullkey", "atom", "id", "parent",
    "root", "seq", "this", "cid", "pk", "notnull", "dflt_value",
})  # fmt: skip
"""Columns that functions give by these names; no function that reaches out is called so."""

_ITSELF: Final = frozenset({"excluded", "old", "new", "inserted", "deleted"})
"""Rows of the table that is changed."""

_VALUES: Final = frozenset({
    "current_user", "current_role", "session_user", "system_user", "current_catalog", "current_schema", "current_date",
    "current_time", "current_timestamp", "localtime", "localtimestamp",
})  # fmt: skip
"""Functions that are called without brackets."""

_NAME: Final = r"(?:\w+|\"[^\"]*\"|`[^`]*`|\[[^\]]*\])"
_QUALIFIER: Final = re.compile(rf"({_NAME})\s*\.\s*(?![\d\s])")
_BRACKET: Final = re.compile(rf"({_NAME})?\s*\(|\)(?:\s*(?:with\s+ordinality\s+)?(?:as\s+)?({_NAME}))?")
_ALIAS: Final = re.compile(rf"\)\s*(?:with\s+ordinality\s+)?(?:as\s+)?({_NAME})")
_NO_NAME: Final = re.compile(r"\W")
_DOT: Final = re.compile(r"[\"`\]]?\s*\.")
_QUOTES: Final = '"[]`'
_GIVES: Final = re.compile(
    rf"\brows\s+from\b|(?:\b(?:from|join|lateral)\s|[,(])\s*(?:{'|'.join(sorted(_VALUES))})\s+(?!from\b)\w|&\""
)
"""Functions without brackets that are a source, many that are one, and names that are spelled in another way."""

_HINTS: Final = ("rows", "current_", "_user", "localtime", '&"')
"""Each of these holds one of them."""

_FEW: Final = 16
"""Names that are looked for one by one."""

_ROWS: Final = frozenset({
    "all", "and", "any", "as", "between", "by", "case", "distinct", "else", "except", "exists", "filter", "from",
    "group", "having", "in", "intersect", "is", "join", "lateral", "like", "limit", "not", "offset", "on", "or", "over",
    "select", "some", "then", "union", "using", "values", "when", "where", "within", "",
})  # fmt: skip
"""Before a bracket these are no function."""


def may_call_field(text: str) -> bool:
    """Say whether a name before a dot may be that of what a function gives; the text holds no texts with brackets."""
    if "." not in text:
        return False
    lower = text.lower()
    if any(hint in lower for hint in _HINTS) and _GIVES.search(lower):
        return True
    before = {words[-1] for piece in lower.split("(")[:-1] if (words := piece.split())}
    called = {_NO_NAME.split(each)[-1] for each in before}
    aliases = {each.strip(_QUOTES) for each in _ALIAS.findall(lower)}
    is_quoted = any(each[-1] in _QUOTES for each in before)
    return (is_quoted or _is_before_dot((called | aliases) - _ROWS, lower)) and _calls_field(lower)


def _is_before_dot(names: Collection[str], text: str) -> bool:
    """Say whether one of the names may stand before a dot."""
    if len(names) > _FEW:
        return True
    for name in names:
        at = text.find(name)
        while at >= 0:
            if _DOT.match(text, at + len(name)):
                return True
            at = text.find(name, at + 1)
    return False


def _calls_field(text: str) -> bool:
    """Say it exactly."""
    named = {found.strip(_QUOTES) for found in _QUALIFIER.findall(text)}
    opened: list[str] = []
    for found in _BRACKET.finditer(text):
        if found[0][0] != ")":
            opened.append((found[1] or "").strip(_QUOTES))
            called = opened[-1]
        else:
            is_call = bool(opened) and opened.pop() not in _ROWS
            called = (found[2] or "").strip(_QUOTES) if is_call else ""
        if called not in _ROWS and called in named:
            return True
    return False


def fields_called(sources: Sequence[exp.Expr], nodes: Sequence[exp.Expr], tokens: Sequence[Token]) -> frozenset[str]:
    """Return the names of such fields, in lower case.

    Args:
        sources: of a statement: its tables, `UNNEST` and `LATERAL`.
        nodes: all of it.
        tokens: of the query.
    """
    from sqlglot import exp  # noqa: PLC0415 - loaded with the first query

    of_functions = (exp.Table, exp.Unnest, exp.Lateral)
    given = [node for node in sources if isinstance(node, of_functions) and _gives_no_row(node)]
    return _of_given(given, nodes, tokens) if given else frozenset()


def _gives_no_row(node: exp.Table | exp.Unnest | exp.Lateral) -> bool:
    """Say whether a source is what a function gives."""
    from sqlglot import exp  # noqa: PLC0415 - loaded with the first query

    match node:
        case exp.Lateral(this=exp.Subquery() | exp.Select()):
            return False
        case exp.Table(this=exp.Identifier()):
            return node.name.lower() in _VALUES
        case _:
            return True


def _of_given(
    given: Sequence[exp.Table | exp.Unnest | exp.Lateral], nodes: Sequence[exp.Expr], tokens: Sequence[Token]
) -> frozenset[str]:
    from sqlglot import exp  # noqa: PLC0415 - loaded with the first query

    names = dict[str, set[str]]()
    for node in given:
        names.setdefault(node.alias.lower(), set()).update(each.lower() for each in node.alias_column_names)
    rows, columns = set[str](), list[exp.Column]()
    for node in nodes:
        match node:
            case exp.Column() if node.table and not node.db and not isinstance(node.this, exp.Star):
                columns.append(node)
            case exp.Lateral(this=exp.Subquery() | exp.Select()) | exp.Subquery() | exp.Values() | exp.CTE():
                rows.add(node.alias.lower())
            case exp.Table() if not _gives_no_row(node):
                rows.add(node.alias_or_name.lower())
            case _:
                pass
    nameless = not all(node.alias for node in given)
    called = {first.text.lower() for first, then in pairwise(tokens) if then.text == "("} if nameless else set[str]()
    rows = (rows | _ITSELF) - names.keys() - called
    return frozenset(
        each.name.lower()
        for each in columns
        if each.table.lower() not in rows
        and each.name.lower() not in {each.table.lower(), *_COLUMNS, *names.get(each.table.lower(), ())}
    )
