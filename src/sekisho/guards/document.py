"""The guard for what is asked of a store of documents (MongoDB and its like): code, and writing while asking.

- `document-code`: an operator that runs code in the store (`$where`, `$function`, `$accumulator`), as the name of a
  member or in a text of JSON that is not stored, and in a tool that asks one that writes (`$out`, `$merge`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["judge_document"]

_ASKING: Final = frozenset(
    {"find", "aggregate", "query", "count", "read", "get", "list", "search", "explain", "distinct"}
)
_STORING: Final = frozenset({"insert", "create", "add", "write", "save", "store", "put"})
_CODE: Final = frozenset({"$where", "$function", "$accumulator"})
_WRITING: Final = frozenset({"$out", "$merge"})
_MEMBER: Final = re.compile(r"[{,]\s*+[\"']?((?:\$|\\u0024)[A-Za-z]{1,16})[\"']?\s*+:")


def judge_document(value: str, words: Collection[str]) -> Judgement:
    """Judge the name of a member, or a text that may be JSON.

    Args:
        value: the name or the text.
        words: of the tool's name.
    """
    if "$" not in value and "u0024" not in value:
        return CLEAN
    refused = _CODE if _ASKING.isdisjoint(words) else _CODE | _WRITING
    named = {value}
    stored = _ASKING.isdisjoint(words) and not _STORING.isdisjoint(words)
    if value.lstrip()[:1] in ("{", "[") and not stored:
        named.update(found[1].replace("\\u0024", "$") for found in _MEMBER.finditer(value))
    if refused.isdisjoint(named):
        return CLEAN
    return Judgement(objections=(Objection(rule="document-code", start=0, end=len(value)),))
