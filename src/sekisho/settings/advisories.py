"""What is published about packages: the table of `data/advisories.toml`, and the versions that it is about."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, cast

from sekisho.settings.packages import Ecosystem, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sekisho.settings.packages import Package

__all__ = ["Advisory", "advisories_about", "canonical"]

_SEPARATORS: Final = re.compile(r"[-_.]+")
_LONGEST: Final = 20
"""Digits; no version has a longer number."""
_NUMBERS: Final = re.compile(r"(?:===?)?\s*[=v]*([0-9]+(?:\.[0-9]+)*)(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """One published flaw of one package."""

    id: str
    """CVE number, GitHub advisory, or ATLAS case."""

    introduced: str
    """The first version with the flaw; empty is the first of all."""

    fixed: str
    """The first version without it; empty is none."""

    what: str
    """What it lets happen."""


@cache
def _table() -> Mapping[tuple[str, str], tuple[Advisory, ...]]:
    text = files("sekisho").joinpath("data", "advisories.toml").read_text(encoding="utf-8")
    found: dict[tuple[str, str], tuple[Advisory, ...]] = {}
    for row in cast("list[dict[str, str]]", tomllib.loads(text)["advisories"]):
        key = (row["ecosystem"], row["package"])
        advisory = Advisory(id=row["id"], introduced=row["introduced"], fixed=row["fixed"], what=row["what"])
        found[key] = (*found.get(key, ()), advisory)
    return found


def canonical(package: Package) -> str:
    """Return a package's name as its registry compares it: PyPI takes `-`, `_` and `.` for one."""
    name = package.name.lower()
    return _SEPARATORS.sub("-", name) if package.ecosystem is Ecosystem.PYPI else name


def advisories_about(package: Package) -> Iterator[Advisory]:
    """Yield the advisories about the version that a launch names.

    Without an exact version the newest one is fetched: then only what has no fix counts.
    """
    if package.origin is not Origin.REGISTRY:
        return
    for advisory in _table().get((package.ecosystem.value, canonical(package)), ()):
        affected = _affects(advisory, package.version) if package.exact else not advisory.fixed
        if affected:
            yield advisory


def _affects(advisory: Advisory, version: str) -> bool:
    given = _ordered(version)
    before = bool(advisory.introduced) and given < _ordered(advisory.introduced)
    return not before and (not advisory.fixed or given < _ordered(advisory.fixed))


def _ordered(version: str) -> tuple[tuple[int, ...], bool]:
    """Return a version in a form that compares; a pre-release comes before its release."""
    found = _NUMBERS.fullmatch(version.strip())
    if found is None:
        return (), True
    numbers = [int(number[:_LONGEST]) for number in found[1].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    later = re.match(r"\.?post|\+|\Z", found[2].lstrip("-")) is not None
    return tuple(numbers), later
