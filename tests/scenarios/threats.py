"""The table of threats, read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FILE", "Row", "rows"]

FILE: Final = Path(__file__).with_name("threats.toml")
_LISTS: Final = ("incidents", "classes", "tests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One threat, and what stands against it."""

    id: str
    threat: str
    answer: str
    state: Literal["held", "partly", "open"]
    remains: str = ""
    incidents: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


def rows() -> Iterator[Row]:
    """Yield all rows, in the order of the file; a key that a row does not have is a TypeError."""
    groups: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))
    for group, about in groups.items():
        for number, fields in about["rows"].items():
            settled: dict[str, Any] = {key: tuple(fields[key]) if key in _LISTS else fields[key] for key in fields}
            yield Row(id=f"{group}.{number}", **settled)
