"""TOML with places: `tomllib` says what the text means, tree-sitter where it stands.

Where the two differ about a key, the value keeps the place of the nearest table above it: a place is for a person's
eyes, the value is what is judged.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from sekisho.settings.lines import Lines
from sekisho.settings.node import DEEPEST, Array, Member, Reason, Scalar, SettingsError, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node as Syntax

    from sekisho.settings.node import Node, Region

__all__ = ["parse_toml"]

_Path: TypeAlias = "tuple[str | int, ...]"
_WHERE: Final = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")
_BARE: Final = "bare_key"


def parse_toml(text: str) -> Node:
    """Return the table in `text`; dates and times are strings.

    Raises:
        SettingsError: there is none, with the place where reading ended.
    """
    try:
        value: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _WHERE.search(str(error))
        # Without a place it is the end of the text.
        place = (int(found[1]), int(found[2])) if found else Lines(text).place(len(text))
        raise SettingsError(Reason.MALFORMED, *place) from None
    except RecursionError:
        raise SettingsError(Reason.TOO_DEEP) from None
    places = _Places(text)
    return _node(value, (), places, places.whole)


class _Places:
    """Where keys and values of one text stand, by path."""

    def __init__(self, text: str) -> None:
        import tree_sitter  # noqa: PLC0415 - loaded with the first TOML file: most hosts have JSON
        import tree_sitter_toml  # noqa: PLC0415

        self._data = text.encode()
        self._text = text
        self._lines = Lines(text)
        self.whole = self._lines.region(0, len(text))
        self.keys: dict[_Path, Region] = {}
        self.values: dict[_Path, Region] = {}
        self._counts: dict[_Path, int] = {}
        language = tree_sitter.Language(tree_sitter_toml.language())
        # The tree is the owner of its nodes' memory.
        self._tree = tree_sitter.Parser(language).parse(self._data)
        self._document(self._tree.root_node)

    def _document(self, root: Syntax) -> None:
        for part in root.named_children:
            match part.type:
                case "pair":
                    self._pair(part, ())
                case "table" | "table_array_element":
                    self._table(part)
                case _:
                    pass

    def _table(self, part: Syntax) -> None:
        head, *pairs = part.named_children
        path = self._resolved(self._key(head))
        if part.type == "table_array_element":
            count = self._counts.get(path, 0)
            self._counts[path] = count + 1
            self.keys.setdefault(path, self._region(head))
            path = (*path, count)
        self.keys[path] = self._region(head)
        self.values[path] = self._region(part)
        for pair in pairs:
            if pair.type == "pair":
                self._pair(pair, path)

    def _resolved(self, names: tuple[str, ...]) -> _Path:
        """Return the path of a header: below an array of tables it means the array's last table."""
        path: _Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return (*path, names[-1])

    def _pair(self, pair: Syntax, above: _Path) -> None:
        key, value = (part for part in pair.named_children if part.type != "comment")
        path = (*above, *self._key(key))
        self.keys[path] = self._region(key)
        self._value(value, path, 0)

    def _value(self, value: Syntax, path: _Path, depth: int) -> None:
        self.values[path] = self._region(value)
        if depth > DEEPEST:
            return
        parts = [part for part in value.named_children if part.type != "comment"]
        if value.type == "array":
            for index, part in enumerate(parts):
                self._value(part, (*path, index), depth + 1)
        elif value.type == "inline_table":
            for part in parts:
                self._pair(part, path)

    def _key(self, key: Syntax) -> tuple[str, ...]:
        match key.type:
            case "dotted_key":
                return tuple(name for part in key.named_children for name in self._key(part))
            case "bare_key":
                return (self._source(key),)
            case _:
                (name,) = tomllib.loads(f"{self._source(key)} = 0")
                return (name,)

    def _source(self, part: Syntax) -> str:
        return self._data[part.start_byte : part.end_byte].decode(errors="replace")

    def _region(self, part: Syntax) -> Region:
        return self._lines.region(self._offset(part.start_byte), self._offset(part.end_byte))

    def _offset(self, byte: int) -> int:
        return byte if len(self._data) == len(self._text) else len(self._data[:byte].decode(errors="replace"))


def _node(value: object, path: _Path, places: _Places, above: Region) -> Node:
    if len(path) > DEEPEST:
        raise SettingsError(Reason.TOO_DEEP, above.line, above.column)
    region = places.values.get(path) or places.keys.get(path, above)
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


def _members(table: dict[str, object], path: _Path, places: _Places, above: Region) -> Iterator[Member]:
    for key, value in table.items():
        below = (*path, key)
        yield Member(key, places.keys.get(below, above), _node(value, below, places, above))
