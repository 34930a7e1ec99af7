"""JSON as hosts accept it: with comments and trailing commas, every value with its place.

The wire's parser is strict and has no places; this one reads what an editor would, and nothing is ever sent on from
it. A key that is there twice is kept twice, because hosts disagree about which one counts.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from sekisho.settings.lines import Lines
from sekisho.settings.node import DEEPEST, Array, Member, Reason, Scalar, SettingsError, Table

if TYPE_CHECKING:
    from sekisho.settings.node import Node

__all__ = ["parse_json"]

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_STRING: Final = re.compile(r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"')
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORDS: Final = (("true", True), ("false", False), ("null", None))
_LONG: Final = 4_000
"""Python refuses to turn longer digits into an integer."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def parse_json(text: str) -> Node:
    """Return the value in `text`.

    Raises:
        SettingsError: there is none, with the place where reading ended.
    """
    reader = _Reader(text)
    node, end = reader.value(reader.skip(0), 0)
    end = reader.skip(end)
    if end != len(text):
        raise reader.error(end)
    return node


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)

    def error(self, at: int, reason: str = Reason.MALFORMED) -> SettingsError:
        return SettingsError(reason, *self._lines.place(at))

    def skip(self, at: int) -> int:
        """Return where white space and comments end."""
        text = self._text
        while True:
            found = _SPACE.match(text, at)
            at = found.end() if found else at
            if text.startswith("//", at):
                end = text.find("\n", at)
                at = len(text) if end < 0 else end
            elif text.startswith("/*", at):
                end = text.find("*/", at + 2)
                if end < 0:
                    raise self.error(at)
                at = end + 2
            else:
                return at

    def value(self, at: int, depth: int) -> tuple[Node, int]:
        """Read the value that starts at an offset; return it and where it ends."""
        if depth > DEEPEST:
            raise self.error(at, Reason.TOO_DEEP)
        match self._text[at : at + 1]:
            case "{":
                return self._table(at, depth)
            case "[":
                return self._array(at, depth)
            case '"':
                string, end = self._string(at)
                return Scalar(string, self._lines.region(at, end)), end
            case _:
                return self._word(at)

    def _table(self, start: int, depth: int) -> tuple[Node, int]:
        members: list[Member] = []
        at = self.skip(start + 1)
        while not self._text.startswith("}", at):
            key, end = self._string(at)
            region = self._lines.region(at, end)
            at = self.skip(end)
            if not self._text.startswith(":", at):
                raise self.error(at)
            node, at = self.value(self.skip(at + 1), depth + 1)
            members.append(Member(key, region, node))
            at = self._comma(at, "}")
        return Table(tuple(members), self._lines.region(start, at + 1)), at + 1

    def _array(self, start: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        at = self.skip(start + 1)
        while not self._text.startswith("]", at):
            node, at = self.value(at, depth + 1)
            items.append(node)
            at = self._comma(at, "]")
        return Array(tuple(items), self._lines.region(start, at + 1)), at + 1

    def _comma(self, at: int, closing: str) -> int:
        at = self.skip(at)
        if self._text.startswith(",", at):
            return self.skip(at + 1)
        if self._text.startswith(closing, at):
            return at
        raise self.error(at)

    def _string(self, at: int) -> tuple[str, int]:
        found = _STRING.match(self._text, at)
        if found is None:
            raise self.error(at)
        token = found[0]
        if "\\" not in token:
            return token[1:-1], found.end()
        try:
            decoded: str = json.loads(token, strict=False)
        except ValueError:
            raise self.error(at) from None
        # Half a character can be written as an escape, and nothing that prints it could take it.
        return _SURROGATE.sub("\ufffd", decoded), found.end()

    def _word(self, at: int) -> tuple[Node, int]:
        for word, value in _WORDS:
            if self._text.startswith(word, at):
                return Scalar(value, self._lines.region(at, at + len(word))), at + len(word)
        found = _NUMBER.match(self._text, at)
        if found is None:
            raise self.error(at)
        whole = found[0].lstrip("-").isdecimal() and len(found[0]) <= _LONG
        number = int(found[0]) if whole else float(found[0])
        return Scalar(number, self._lines.region(at, found.end())), found.end()
