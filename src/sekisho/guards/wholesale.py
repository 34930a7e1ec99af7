"""The guard for names of what is deleted: one that stands for everything there is.

- `deletes-all`: a name that is nothing but wild cards, or a store's word for all (`*`, `_all`, `%`), where a tool
  deletes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["deletes", "judge_all"]

_DELETING: Final = frozenset({"delete", "destroy", "drop", "purge", "truncate", "wipe"})
_EVERYTHING: Final = re.compile(
    r"\s*[\"'(]?\^?(?:_all|\.?\*(?:\.?\*)*|%+)\$?[\"')]?\s*(?:,\s*(?:-\s*)?[\w.*-]{1,100}\s*)?", re.ASCII
)


def deletes(words: Collection[str]) -> bool:
    """Say whether a tool deletes, by the words of its name."""
    return not _DELETING.isdisjoint(words)


def judge_all(value: str) -> Judgement:
    """Judge what is to be deleted."""
    if len(value) > 200 or _EVERYTHING.fullmatch(value) is None:  # noqa: PLR2004 - who has more to say means less
        return CLEAN
    return Judgement(objections=(Objection(rule="deletes-all", start=0, end=len(value)),))
