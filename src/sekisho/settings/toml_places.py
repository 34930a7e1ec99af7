"""Where each key and each value of a TOML text stands.

`tomllib` decides what is TOML and what it means.
Only then is the same text walked for places, so the walk takes for granted that it is right.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Final, TypeAlias

__all__ = ["Path", "Places", "Span", "find_places"]

Path: TypeAlias = "tuple[str | int, ...]"
Span: TypeAlias = "tuple[int, int]"
"""Where it begins, and behind where it ends: offsets into the text."""

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_STRING: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN_VALUE: Final = re.compile(r"[^,\]}#\n]+?(?=[ \t\r]*(?:[,\]}#\n]|\Z))")


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one text, by path: the keys and the numbers of elements from the root on."""

    keys: dict[Path, Span] = field(default_factory=dict[Path, Span])
    """Each key where it first stands, alone, without the dots and brackets around it."""

    values: dict[Path, Span] = field(default_factory=dict[Path, Span])
    """Each value; a table with a header reaches from the header to its last pair."""


def find_places(text: str) -> Places:
    """Return where everything in a text stands that `tomllib` has read.

    Raises:
        RecursionError: it is nested too deep.
    """
    return _Walk(text).places()


class _Walk:
    """One walk over a text that is TOML."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._found = Places()
        self._counts: dict[Path, int] = {}

    def places(self) -> Places:
        table: Path = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            begin = self._at
            if self._text.startswith("[[", self._at):
                table = self._header(2)
            elif self._text.startswith("[", self._at):
                table = self._header(1)
            else:
                self._pair(table)
                begin = self._found.values.get(table, (0, 0))[0]
            self._found.values[table] = (begin, self._at)
            self._skip(_BLANK)
        self._found.values[()] = (0, len(self._text))
        return self._found

    def _skip(self, form: re.Pattern[str]) -> str:
        found = form.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found[0]

    def _header(self, brackets: int) -> Path:
        self._at += brackets
        *above, (last, place) = self._keys()
        self._at += brackets
        path: Path = ()
        for key, at in above:
            path = self._known((*path, key), at)
        path = (*path, last)
        self._found.keys.setdefault(path, place)
        if brackets == 1:
            return path
        count = self._counts.get(path, 0)
        self._counts[path] = count + 1
        return (*path, count)

    def _known(self, path: Path, at: Span) -> Path:
        """Note a table's key; in an array of tables, its last one is meant."""
        self._found.keys.setdefault(path, at)
        count = self._counts.get(path)
        return path if count is None else (*path, count - 1)

    def _keys(self) -> list[tuple[str, Span]]:
        """Take a key with dots: its parts and where they are."""
        parts: list[tuple[str, Span]] = []
        while True:
            self._skip(_SPACE)
            begin = self._at
            name = self._skip(_BARE_KEY) or _unquoted(self._skip(_STRING))
            parts.append((name, (begin, self._at)))
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _pair(self, table: Path) -> None:
        path = table
        for key, at in self._keys():
            path = (*path, key)
            self._found.keys.setdefault(path, at)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        begin = self._at
        match self._text[self._at]:
            case "[":
                self._array(path)
            case "{":
                self._inline(path)
            case _:
                if not self._skip(_STRING):
                    self._skip(_PLAIN_VALUE)
        self._found.values[path] = (begin, self._at)

    def _array(self, path: Path) -> None:
        self._at += 1
        count = 0
        while self._next("]"):
            self._value((*path, count))
            count += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while self._next("}"):
            self._pair(path)

    def _next(self, end: str) -> bool:
        """Go on to the next member; False, behind the end, when there is none."""
        self._skip(_BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_BLANK)
        if self._text.startswith(end, self._at):
            self._at += 1
            return False
        return True


def _unquoted(key: str) -> str:
    values: dict[str, str] = tomllib.loads(f"key = {key}")
    return values["key"]
