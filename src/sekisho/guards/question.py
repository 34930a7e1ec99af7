r"""Queries that are harmless by their form, told without a parser: most of them are.

One statement that begins with `SELECT` or `WITH` (`INSERT`, `UPDATE`, `DELETE` where the tool changes data), made of
words, numbers, whole texts, quoted names and operators that every engine cuts in the same way: no comments, escapes,
dollar quotes, variables or brackets. Nothing in it is a word with which a statement of any engine begins, or which
makes a question do more (T-SQL needs no semicolon between two), every function is in the table, and no name is one of
a file or of a table of credentials. What is not such a query is parsed; so nothing here can be too strict.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["is_plain"]

_FORM: Final = re.compile(
    r"(?:[\w\s(),.*=<>%|!?^&+]++|-(?!-)|/(?![*/])|:(?!=)|(?<!\w)'[^'\\]*+'|\"[\w ]++\"(?!\")|`[\w ]++`(?!`)|~)*+;?\s*"
)
_TEXT: Final = re.compile(r"'([^']*)'")
_WORD: Final = re.compile(r"[^\W\d]\w*")
_CALLED: Final = re.compile(r"(\w+)\s*\(")
_ODD: Final = re.compile(
    r"[\"`'.]\s*\(|\.\s*\w+\s*\(|(?:[)'?]|\b\d\w*|:\s*\w+)\s*\.(?!\s*[\d*])"
    r"|\w\s*\.\s*(?:csv|tsv|jsonl?|ndjson|parquet|txt|xlsx|db|sqlite|duckdb)\b"
)
"""Calls by another name than one word, functions behind a value, and names that may be files."""

_FILE: Final = re.compile(r"/|\.(?:csv|tsv|jsonl?|ndjson|parquet|txt|xlsx|db|sqlite|duckdb)$", re.IGNORECASE)
_INTO: Final = re.compile(r"\s*insert\s+into\s+([\w.]+|\"[\w ]+\"|`[\w ]+`)\s*\(")
_REPLACE: Final = re.compile(r"\breplace(?=\s*\()")
_FIRST: Final = {
    "select": frozenset[str](),
    "with": frozenset[str](),
    "insert": frozenset({"insert", "into"}),
    "update": frozenset({"update", "set"}),
    "delete": frozenset({"delete"}),
}
"""The words with which a query may begin, and those that it needs once for that."""

_ACTING: Final = frozenset({
    # standard, PostgreSQL, MySQL, SQLite
    "insert", "into", "update", "delete", "merge", "replace", "upsert", "create", "alter", "drop", "truncate",
    "rename", "set", "reset", "grant", "revoke", "deny", "call", "do", "exec", "execute", "prepare", "deallocate",
    "declare", "begin", "start", "commit", "rollback", "savepoint", "release", "abort", "lock", "unlock", "copy",
    "load", "import", "export", "unload", "attach", "detach", "pragma", "vacuum", "analyze", "analyse", "reindex",
    "cluster", "refresh", "comment", "security", "listen", "notify", "unlisten", "discard", "checkpoint", "explain",
    "describe", "show", "use", "handler", "install", "uninstall", "flush", "kill", "purge", "shutdown", "change",
    "optimize", "repair", "cache", "uncache", "outfile", "dumpfile", "procedure", "returning", "share", "infile",
    "nextval", "next", "sequence", "settings", "format", "match_recognize", "table",
    # T-SQL, which needs nothing between two statements
    "add", "backup", "restore", "break", "bulk", "close", "open", "fetch", "continue", "dbcc", "disable", "enable",
    "dump", "get", "receive", "send", "goto", "go", "if", "while", "move", "print", "raiserror", "readtext",
    "writetext", "updatetext", "reconfigure", "return", "revert", "save", "setuser", "throw", "try", "catch",
    "waitfor", "openrowset", "openquery", "opendatasource", "tran", "transaction", "sp_executesql", "xp_cmdshell",
    "browse", "option",
})  # fmt: skip
_BEFORE_BRACKETS: Final = frozenset({
    "all", "and", "any", "as", "between", "by", "case", "cast", "char", "decimal", "distinct", "else", "except",
    "exists", "filter", "from", "group", "having", "in", "intersect", "is", "join", "like", "limit", "not",
    "numeric", "offset", "on", "or", "over", "select", "some", "then", "union", "using", "values", "varchar",
    "when", "where", "within",
})  # fmt: skip


def is_plain(value: str, *, functions: AbstractSet[str], tables: AbstractSet[str], writes: bool) -> bool:
    """Say whether a query does no more than to ask, or to change data, whatever the engine; False says nothing.

    Args:
        value: the query.
        functions: functions that only compute, in lower case.
        tables: tables that no query may name, in lower case, with their schema where it matters.
        writes: whether data may be changed.
    """
    if not _FORM.fullmatch(value) or value.count("(") != value.count(")"):
        return False
    bare = _REPLACE.sub("lower", _INTO.sub(r"insert into \1 ", _TEXT.sub("'", value).lower(), count=1))
    words = _WORD.findall(bare)
    needed = _FIRST.get(words[0]) if words else None
    if needed is None or (needed and not writes) or not bare.lstrip().startswith(words[0]):
        return False
    every = {*words}
    acting = [word for word in words if word in _ACTING] if not every.isdisjoint(_ACTING) else []
    if sorted(acting) != sorted(needed) or _ODD.search(bare):
        return False
    if not every.isdisjoint(table.rpartition(".")[2] for table in tables):
        return False
    if any(name not in functions and name not in _BEFORE_BRACKETS for name in {*_CALLED.findall(bare)}):
        return False
    read_from = "from" in every or "join" in every or bool(needed)
    return not read_from or not any(_FILE.search(text) or text.lower() in tables for text in _TEXT.findall(value))
