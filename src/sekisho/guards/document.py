"""The guard for what is asked of a store of documents (MongoDB and its like): code, and writing while asking.

- `document-code`: an operator that runs code in the store (`$where`, `$function`, `$accumulator`, `mapReduce`), as the
  name of a member or in a text of JSON that is not stored, and in a tool that asks one that writes (`$out`, `$merge`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

if TYPE_CHECKING:
    from collections.abc import Collection
    from re import Match

__all__ = ["judge_document"]

_ASKING: Final = frozenset(
    {"find", "aggregate", "query", "count", "read", "get", "list", "search", "explain", "distinct"}
)
_STORING: Final = frozenset({"insert", "create", "add", "write", "save", "store", "put"})
_IDENTITIES: Final = re.compile(
    r"/(?:password|passwd|pass|token|secret|user|username|login|email|code|otp|pin|api_?key|session(?:_?id)?)/\$[A-Za-z]{2,16}",
    re.IGNORECASE,
)
"""Where an operator stands in place of what somebody proves who he is by."""

_CODE: Final = frozenset({"$where", "$function", "$accumulator", "mapReduce"})
_WRITING: Final = frozenset({"$out", "$merge"})
_ESCAPED: Final = re.compile(r"\\(?:u00|x)([0-9A-Fa-f]{2})|\\u\{0*([0-9A-Fa-f]{2})\}")
_APART: Final = re.compile(
    r"(?P<text>\"(?:[^\"\\]|\\.)*+(?:\"|\Z)|'(?:[^'\\]|\\.)*+(?:'|\Z))|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|//[^\n]*+",
    re.DOTALL,
)
"""Texts, and comments as lenient readers skip them."""

_MEMBER: Final = re.compile(r"[{,]\s*+(?:\[\s*+)?[\"'`]?((?:\$[A-Za-z]{1,16}|mapReduce))[\"'`]?\s*+(?:\]\s*+)?:")
"""As JSON writes a member, or what is more lenient: without quotes, with other ones, computed."""


def judge_document(value: str, words: Collection[str], pointer: str = "") -> Judgement:
    """Judge the name of a member, or a text that may be JSON.

    Args:
        value: the name or the text.
        words: of the tool's name.
        pointer: its place in the arguments.
    """
    if "$" not in value and "\\" not in value and "mapReduce" not in value:
        return CLEAN
    if value[:1] == "$" and pointer.endswith(f"/{value}") and _IDENTITIES.fullmatch(pointer):
        return Judgement(objections=(Objection(rule="document-code", start=0, end=len(value)),))
    refused = _CODE if _ASKING.isdisjoint(words) else _CODE | _WRITING
    named = {value}
    stored = _ASKING.isdisjoint(words) and not _STORING.isdisjoint(words)
    if value.lstrip()[:1] in ("{", "[") and not stored:
        plain = _ESCAPED.sub(_letter, value) if "\\" in value else value
        bare = _APART.sub(lambda found: found["text"] or " ", plain) if "/*" in plain or "//" in plain else plain
        named.update(found[1] for text in dict.fromkeys((plain, bare)) for found in _MEMBER.finditer(text))
    if refused.isdisjoint(named):
        return CLEAN
    return Judgement(objections=(Objection(rule="document-code", start=0, end=len(value)),))


def _letter(found: Match[str]) -> str:
    """Return the letter that is written as its number; anything else stays, so that nothing is closed by it."""
    letter = chr(int(found[1] or found[2], 16))
    return letter if letter == "$" or letter.isalpha() else found[0]
