"""Where pointers lead in JSON that the wire's strict parser took: only what lies on the way to them is looked at.

`json_text` reads a whole text into nodes, which costs more than judging it; a report asks for a few places in it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from sekisho.settings.lines import Lines
from sekisho.wire import pointer as pointers

if TYPE_CHECKING:
    from sekisho.settings.node import Region

__all__ = ["JsonPlaces"]

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_BETWEEN: Final = re.compile(r"[ \t\r\n]*([,:\]}]?)[ \t\r\n]*")
# Numbers are passed over as they stand: Python refuses to turn very long ones into integers.
_DECODER: Final = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)


class JsonPlaces:
    """The places of one text.

    Args:
        text: valid JSON, no deeper than `wire.strict.Limits` permits, without a key that is there twice.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._known: dict[int, dict[str, int]] = {}

    def region(self, pointer: str) -> Region:
        """Return where a pointer leads; where a part of it is missing, the nearest place above."""
        at = self._skip(0)
        for token in pointers.parse(pointer):
            below = self._below(at).get(token)
            if below is None:
                break
            at = below
        return self._lines.region(at, self._end(at))

    def _below(self, at: int) -> dict[str, int]:
        """Return where the members or items of the value at an offset begin, by the tokens that lead to them."""
        if at not in self._known:
            kind = self._text[at]
            self._known[at] = self._members(at) if kind == "{" else self._items(at) if kind == "[" else {}
        return self._known[at]

    def _members(self, start: int) -> dict[str, int]:
        found: dict[str, int] = {}
        at = self._skip(start + 1)
        while self._text[at] != "}":
            key, end = _DECODER.raw_decode(self._text, at)
            at = self._past(end)
            found[key] = at
            at = self._past(self._end(at))
        return found

    def _items(self, start: int) -> dict[str, int]:
        found: dict[str, int] = {}
        at = self._skip(start + 1)
        while self._text[at] != "]":
            found[str(len(found))] = at
            at = self._past(self._end(at))
        return found

    def _end(self, at: int) -> int:
        return _DECODER.raw_decode(self._text, at)[1]

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self._text, at)
        return at if found is None else found.end()

    def _past(self, at: int) -> int:
        """Return what stands behind a comma or colon, or the closing bracket itself."""
        found = _BETWEEN.match(self._text, at)
        assert found is not None  # noqa: S101 - it matches the empty text
        return found.start(1) if found[1] in ("]", "}") else found.end()
