"""A configuration file, read: what it says, and where each key and each element of a list stands."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.model.message_ids import MessageId
from sekisho.policy.problem import ConfigurationError, Place, Problem
from sekisho.settings.lines import Lines
from sekisho.settings.toml_places import Path, find_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.settings.toml_places import Places

__all__ = ["Document", "Path", "parse"]

_FAULT: Final = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One configuration file, read."""

    file: str
    """Its name, as a person knows it."""

    values: Mapping[str, object]
    """What it says, as plain values."""

    places: Mapping[Path, Place]
    """Where each key and each element of a list stands."""


def parse(text: str, *, file: str) -> Document:
    """Read a text.

    Raises:
        ConfigurationError: it is not TOML, or is nested too deep.
    """
    try:
        values: dict[str, object] = tomllib.loads(text)
        found = find_places(text)
    except RecursionError:
        raise ConfigurationError([Problem(message=MessageId.CONFIG_TOO_DEEP, file=file)]) from None
    except ValueError as error:
        raise ConfigurationError([_fault(str(error), text, file)]) from None
    return Document(file=file, values=values, places=_places(found, Lines(text)))


def _places(found: Places, lines: Lines) -> dict[Path, Place]:
    elements = {path: span for path, span in found.values.items() if path and isinstance(path[-1], int)}
    return {path: Place(*lines.place(begin)) for path, (begin, _) in (*found.keys.items(), *elements.items())}


def _fault(said: str, text: str, file: str) -> Problem:
    found = _FAULT.fullmatch(said)
    place = Place(text.count("\n") + 1, len(text) - text.rfind("\n"))
    if found is not None and found[2]:
        place = Place(int(found[2]), int(found[3]))
    what = said if found is None else found[1]
    values = {"problem": what}
    return Problem(message=MessageId.CONFIG_SYNTAX, values=values, file=file, place=None if found is None else place)
