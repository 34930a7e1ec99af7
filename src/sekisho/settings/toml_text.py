"""TOML with places."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final, cast

from sekisho.settings.lines import Lines
from sekisho.settings.node import DEEPEST, Array, Member, Reason, Scalar, SettingsError, Table
from sekisho.settings.toml_places import find_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.node import Node, Region
    from sekisho.settings.toml_places import Path

__all__ = ["parse_toml"]

_WHERE: Final = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")


def parse_toml(text: str) -> Node:
    """Return the table in `text`; dates and times are strings.

    Raises:
        SettingsError: there is none, with the place where reading ended.
    """
    try:
        value: object = tomllib.loads(text)
        places = _Places(text)
    except ValueError as error:  # a number of 5,000 digits is none of its own errors
        found = _WHERE.search(str(error))
        # Without a place it is the end of the text.
        place = (int(found[1]), int(found[2])) if found else Lines(text).place(len(text))
        raise SettingsError(Reason.MALFORMED, *place) from None
    except RecursionError:
        raise SettingsError(Reason.TOO_DEEP) from None
    return _node(value, (), places, places.whole)


class _Places:
    """Where keys and values of one text stand, as a person counts."""

    def __init__(self, text: str) -> None:
        self._lines = Lines(text)
        self._found = find_places(text)
        self.whole = self._lines.region(0, len(text))

    def key(self, path: Path, above: Region) -> Region:
        """Return where a key stands."""
        span = self._found.keys.get(path)
        return above if span is None else self._lines.region(*span)

    def value(self, path: Path, above: Region) -> Region:
        """Return where a value stands; a table that only longer keys speak of is where its key is."""
        span = self._found.values.get(path)
        return self.key(path, above) if span is None else self._lines.region(*span)


def _node(value: object, path: Path, places: _Places, above: Region) -> Node:
    if len(path) > DEEPEST:
        raise SettingsError(Reason.TOO_DEEP, above.line, above.column)
    region = places.value(path, above)
    match value:
        case dict():
            return Table(tuple(_members(cast("dict[str, object]", value), path, places, region)), region)
        case list():
            items = cast("list[object]", value)
            return Array(tuple(_node(item, (*path, at), places, region) for at, item in enumerate(items)), region)
        case str() | bool() | int() | float():
            return Scalar(value, region)
        case _:
            return Scalar(str(value), region)


def _members(table: dict[str, object], path: Path, places: _Places, above: Region) -> Iterator[Member]:
    for key, value in table.items():
        below = (*path, key)
        yield Member(key, places.key(below, above), _node(value, below, places, above))
