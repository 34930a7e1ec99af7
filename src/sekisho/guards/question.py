r"""Queries that are harmless by their form, told without a parser: most of them are.

One statement that begins with `SELECT` or `WITH` (`INSERT INTO`, `UPDATE … SET`, `DELETE FROM` where the tool changes
data), made of words, numbers, whole texts, quoted names, comments and operators that every engine cuts in the same way:
no escaped quotes, dollar quotes or variables. Nothing in it is a word with which a statement of any engine begins, or
which makes a question do more (T-SQL needs no semicolon between two), every function is in the table, and no name is
one of a file or of a table of credentials. What is not such a query is parsed; so nothing here can be too strict.

Texts and comments are taken out first, in one pass; what is left is held against one set of patterns, in another: the
first one is the language of such queries, each of the others something that must not be in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sekisho.guards.fields import may_call_field
from sekisho.text.signatures import SignatureError, SignatureSet

if TYPE_CHECKING:
    from re import Match

__all__ = ["COMMENT", "has_index", "is_plain"]

_FORMATS: Final = "csv|tsv|jsonl?|ndjson|parquet|txt|xlsx|db|sqlite|duckdb"
COMMENT: Final = r"--(?:[ \t][^\r\n'\"`;\\\[\]$]*+)?(?=\n|\Z)|/\*(?![!+M])[^*/'\"`;\\\[\]$]*+\*/"
"""Comments with nothing in them that could be read in another way."""

_TEXT: Final = r"'(?:[^'\\]|\\[^'\\])*+'"
_APART: Final = re.compile(rf"{_TEXT}(?:{_TEXT})*+|\"[^\"]*+\"|`[^`]*+`|\[[^\]]*+\]|{COMMENT}")
"""Texts, quoted names and comments; each begins with a sign of its own, by which it is found and known."""

_FILE: Final = re.compile(rf"[/\\]|\.(?:{_FORMATS})'$", re.IGNORECASE)
_COMPARED: Final = re.compile(r"(?:[=<>|~]|\b(?:like|ilike|glob|regexp|in\s*\())\s*'/'", re.IGNORECASE)
"""Where a text like the name of a file is none of a table."""

_READS_FROM: Final = re.compile(
    r"(?:from|join|using|apply|lateral|where|having|offset|qualify|fetch|connect)\b", re.IGNORECASE
)
"""Where the name of a file may follow, to an engine or to the parser, for which a comma begins a table there."""

_NAMING: Final = re.compile(
    r"(?:\)|\bas)\s*'/'|(?:\)|\bfrom\s+\w+)\s+in\s*\(\s*'/'|\A(?!.*\b(?:where|having|on|when)\b).*\bin\s*\(\s*'/'",
    re.IGNORECASE | re.DOTALL,
)
"""Where the parser may take such a text for the name of something: behind brackets, and in a list of no condition."""

_INDEXED: Final = re.compile(r"(\b\w++|['\"`\])])\s*+\[\w++\]\s*+\.")
_CLOSED: Final = re.compile(r"\]\s*+\.")
"""The end of every one of these."""

_BEFORE_NAMES: Final = frozenset({
    "and", "between", "by", "distinct", "else", "from", "having", "join", "like", "not", "on", "or", "select", "then",
    "when", "where",
})  # fmt: skip
"""Behind these, what is in square brackets is a name; behind a value it is an index, and a function may follow."""

_READS: Final = re.compile(r"\s*(?:select|with)\b", re.IGNORECASE)
_NAME: Final = r"([\w.]+|\"[\w ]+\"|`[\w ]+`|\[\w+\])"
_CHOSEN: Final = r"\s+where\s+[a-z_][\w.]*\s*(?:[=<>!]{1,2}\s*['$:?@\d-]|\b(?:in|is|like|between)\b)"
"""Which rows are meant: by a column, and what it is held against."""

_CHANGES: Final = re.compile(
    rf"\s*(?:insert\s+into\s+{_NAME}|delete\s+from\s+{_NAME}(?={_CHOSEN})|update\s+{_NAME}\s+set\b)", re.IGNORECASE
)
_OTHERWISE: Final = re.compile(
    r"\bon\s+conflict(?:\s*\([\w\s,]*\))?\s+do\s+(?:nothing|update\s+set)\b|\bon\s+duplicate\s+key\s+update\b"
    r"|\breturning\b(?!\s*\()",
    re.IGNORECASE,
)
"""What a change may say once beside itself."""

_ACTING: Final = (
    # standard, PostgreSQL, MySQL, SQLite
    "insert", "into", "update", "delete", "merge", "upsert", "create", "alter", "drop", "truncate",
    "rename", "set", "reset", "grant", "revoke", "deny", "call", "do", "exec", "execute", "prepare", "deallocate",
    "declare", "begin", "start", "commit", "rollback", "savepoint", "release", "abort", "lock", "unlock", "copy",
    "load", "import", "export", "unload", "attach", "detach", "pragma", "vacuum", "analyze", "analyse", "reindex",
    "cluster", "refresh", "comment", "security", "listen", "notify", "unlisten", "discard", "checkpoint", "explain",
    "describe", "show", "use", "handler", "install", "uninstall", "flush", "kill", "purge", "shutdown", "change",
    "optimize", "repair", "cache", "uncache", "outfile", "dumpfile", "procedure", "returning", "share", "infile",
    "nextval", "next", "sequence", "settings", "format", "match_recognize", "table", "pivot", "unpivot", "summarize",
    # T-SQL, which needs nothing between two statements
    "add", "backup", "restore", "break", "bulk", "close", "open", "fetch", "continue", "dbcc", "disable", "enable",
    "dump", "get", "receive", "send", "goto", "go", "if", "while", "move", "print", "raiserror", "readtext",
    "writetext", "updatetext", "reconfigure", "return", "revert", "save", "setuser", "throw", "try", "catch",
    "waitfor", "openrowset", "openquery", "opendatasource", "tran", "transaction", "sp_executesql", "xp_cmdshell",
    "browse", "option",
)  # fmt: skip
_BEFORE_BRACKETS: Final = (
    "all", "and", "any", "as", "between", "by", "case", "cast", "distinct", "else", "except",
    "exists", "filter", "from", "group", "having", "in", "intersect", "is", "join", "like", "limit", "not",
    "offset", "on", "or", "over", "select", "some", "then", "union", "using", "values",
    "when", "where", "within",
)  # fmt: skip
_DOUBTFUL: Final = re.compile("[^\\x00-\\x7f\\w]|[\u017f\u212a]")
"""What is no letter to everybody, and letters that are `s` and `k` to a set of patterns, and to no engine."""

_SPACE: Final = r"[ \t\n\r\f]"
_LETTERS: Final = r"0-9A-Za-z_\x{80}-\x{10ffff}"
_WORD: Final = rf"[A-Za-z_\x{{80}}-\x{{10ffff}}][{_LETTERS}]*"
_PART: Final = rf"(?:{_WORD}|\"[{_LETTERS} ]+\"|`[{_LETTERS} ]+`|\[{_WORD}\])"
_DOT: Final = rf"{_SPACE}*\.{_SPACE}*"
_VALUE: Final = (
    rf"(?:{_PART}(?:{_DOT}{_PART})*(?:{_DOT}\*)?|[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?|\$[0-9]+|:{_WORD}|'/?')"
    rf"(?:{_SPACE}*::{_SPACE}*{_WORD})*"
)
_OPERATOR: Final = r"[,*=<>%|!?^&+~/)-]"


def is_plain(value: str, *, functions: frozenset[str], tables: frozenset[str], writes: bool) -> bool:
    """Say whether a query does no more than to ask, or to change data, whatever the engine; False says nothing.

    Args:
        value: the query.
        functions: functions that only compute, in lower case.
        tables: tables that no query may name, in lower case, with their schema where it matters.
        writes: whether data may be changed.
    """
    bare = _APART.sub(lambda found: _put(found, tables), value)
    if value.count("(") != value.count(")") or (not bare.isascii() and _DOUBTFUL.search(bare)) or may_call_field(bare):
        return False
    changed = _CHANGES.match(bare) if writes else None
    if changed is not None:
        rest = _OTHERWISE.sub(",", bare[changed.end() :], count=1)
        bare = f"{changed[1] or changed[2] or changed[3]} , {rest}"
    elif not _READS.match(bare):
        return False
    if has_index(bare):
        return False
    if "'/'" in bare and _READS_FROM.search(value) and len(_COMPARED.findall(bare)) != bare.count("'/'"):
        return False
    if "'/'" in bare and _NAMING.search(bare):
        return False
    try:
        return _patterns(functions, tables).match(bare) == [0]
    except SignatureError:
        return False


def has_index(text: str) -> bool:
    """Say whether square brackets with something behind their dot may be those of an index."""
    if "[" not in text or _CLOSED.search(text) is None:
        return False
    return not all(each.lower() in _BEFORE_NAMES for each in _INDEXED.findall(text))


def _put(found: Match[str], tables: frozenset[str]) -> str:
    """Return what stands for a text, a comment or a quoted name."""
    apart = found[0]
    if apart[0] == "'":
        return "'/'" if _FILE.search(apart) or apart[1:-1].lower() in tables else "''"
    return " " if apart[0] in "-/" else apart


@lru_cache(maxsize=8)
def _patterns(functions: frozenset[str], tables: frozenset[str]) -> SignatureSet:
    called = "|".join(sorted(map(re.escape, functions.union(_BEFORE_BRACKETS)), key=len))
    acting = "|".join(_ACTING)
    credentials = "|".join(r"[\"`\]]?\s*\.\s*[\"`\[]?".join(map(re.escape, name.split("."))) for name in sorted(tables))
    return SignatureSet(
        [
            rf"\A(?s:{_language(called)})\z",
            r"--|/\*|//",
            rf"(?:\A|[^0-9A-Za-z_.\"`\[])(?:{acting})(?:\z|[^0-9A-Za-z_\"`\]])",
            r"\breplace(?:\s*[^\s(\w]|\s+\w|\s*\z)",
            rf"[\w\"`\]]\s*\.\s*[\"`\[]?(?:{_FORMATS})\b",
            rf"\b(?:{credentials})",
            r"['\"]\s*\"[^\"]*\"\s*\.",
            r"\b(?:end|null|true|false|default|lateral|current_\w+)\s*\.",
            r"\b(?:all|any|some|values)\s*\(\s*\)",
            r"\.\s*[\"`\[]?nextval\b",
        ]
    )


def _language(called: str) -> str:
    """Return the pattern of a whole query, in which a bracket stands behind an operator or a function that is known."""
    opened = rf"(?:{called}){_SPACE}*\("
    unit = rf"(?:{_VALUE}{_SPACE}+)*(?:{opened}|{_VALUE}{_SPACE}*(?:{_OPERATOR}|::{_SPACE}*{opened}))"
    return rf"(?:{_SPACE}|\(|{_OPERATOR}|{unit})*(?:{_VALUE}{_SPACE}*(?:{_SPACE}{_VALUE}{_SPACE}*)*)?;?{_SPACE}*"
