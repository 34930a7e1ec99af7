"""Packages of servers that many people launch, and names that look almost like one of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["known_names", "resembled"]

_WORD: Final = re.compile(r"[a-z0-9]+")
_SHORTEST: Final = 5
"""Letters: two different short words are often one letter apart (`eks`, `ecs`)."""
_LONG: Final = 12
"""Letters from which two slips are one too many for chance."""


@cache
def known_names(ecosystem: str) -> frozenset[str]:
    """Return the names that are known in a registry."""
    text = files("sekisho").joinpath("data", "known_packages.toml").read_text(encoding="utf-8")
    return frozenset(cast("dict[str, list[str]]", tomllib.loads(text)).get(ecosystem, ()))


def resembled(name: str, ecosystem: str) -> str | None:
    """Return the known package that a name can be taken for; None for the package itself.

    Two names look alike when they differ in separators only, or in one word by a slip: a letter left out, added,
    changed, or two swapped.
    """
    known = known_names(ecosystem)
    if name in known:
        return None
    words = _WORD.findall(name)
    return next((other for other in sorted(known) if _alike(words, _WORD.findall(other))), None)


def _alike(words: Sequence[str], others: Sequence[str]) -> bool:
    if "".join(words) == "".join(others):
        return True
    if len(words) != len(others):
        return False
    different = [(one, other) for one, other in zip(words, others, strict=True) if one != other]
    return len(different) == 1 and _slipped(*different[0])


def _slipped(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _SHORTEST:
        return False
    allowed = 2 if shorter >= _LONG else 1
    return abs(len(one) - len(other)) <= allowed and _distance(one, other, allowed) <= allowed


def _distance(one: str, other: str, most: int) -> int:
    """Return how many slips (Damerau and Levenshtein) are between two words, exactly or beyond `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        current = [at]
        for other_at, other_letter in enumerate(other, 1):
            cost = min(row[other_at] + 1, current[other_at - 1] + 1, row[other_at - 1] + (letter != other_letter))
            if before and other_at > 1 and letter == other[other_at - 2] and one[at - 2] == other_letter:
                cost = min(cost, before[other_at - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, row = row, current
    return row[-1]
