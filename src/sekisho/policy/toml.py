"""TOML with places: what `tomllib` reads, and where each key and each element of a list stands.

`tomllib` decides what is TOML and what it means.
Only then is the same text walked for places, so the walk may take for granted that it is right.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.model.message_ids import MessageId
from sekisho.policy.problem import ConfigurationError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Document", "Path", "parse"]

Path: TypeAlias = "tuple[str | int, ...]"

_BLANK: Final = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_STRING: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN_VALUE: Final = re.compile(r"[^,\]}#\n]+")
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
    text = text.replace("\r\n", "\n")
    try:
        values: dict[str, object] = tomllib.loads(text)
        found = _Walk(text).places()
    except RecursionError:
        raise ConfigurationError([Problem(message=MessageId.CONFIG_TOO_DEEP, file=file)]) from None
    except ValueError as error:
        raise ConfigurationError([_fault(str(error), text, file)]) from None
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    places = {path: _place(starts, at) for path, at in found.items()}
    return Document(file=file, values=values, places=places)


def _place(starts: list[int], at: int) -> Place:
    line = bisect_right(starts, at)
    return Place(line, at - starts[line - 1] + 1)


def _fault(said: str, text: str, file: str) -> Problem:
    found = _FAULT.fullmatch(said)
    place = Place(text.count("\n") + 1, len(text) - text.rfind("\n"))
    if found is not None and found[2]:
        place = Place(int(found[2]), int(found[3]))
    what = said if found is None else found[1]
    values = {"problem": what}
    return Problem(message=MessageId.CONFIG_SYNTAX, values=values, file=file, place=None if found is None else place)


class _Walk:
    """One walk over a text that is TOML."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._found: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}

    def places(self) -> dict[Path, int]:
        """Return where each key and element begins."""
        table: Path = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._text.startswith("[[", self._at):
                table = self._header(2)
            elif self._text.startswith("[", self._at):
                table = self._header(1)
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self._found

    def _skip(self, form: re.Pattern[str]) -> str:
        found = form.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found[0]

    def _header(self, brackets: int) -> Path:
        begin = self._at
        self._at += brackets
        *above, (last, place) = self._keys()
        self._at += brackets
        path: Path = ()
        for key, at in above:
            path = self._known((*path, key), at)
        path = (*path, last)
        self._found.setdefault(path, place)
        if brackets == 1:
            return path
        count = self._counts.get(path, 0)
        self._counts[path] = count + 1
        self._found[(*path, count)] = begin
        return (*path, count)

    def _known(self, path: Path, at: int) -> Path:
        """Note a table's key; in an array of tables, its last one is meant."""
        self._found.setdefault(path, at)
        count = self._counts.get(path)
        return path if count is None else (*path, count - 1)

    def _keys(self) -> list[tuple[str, int]]:
        """Take a key with dots: its parts and where they are."""
        parts: list[tuple[str, int]] = []
        while True:
            self._skip(_SPACE)
            at = self._at
            bare = self._skip(_BARE_KEY)
            parts.append((bare or _unquoted(self._skip(_STRING)), at))
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _pair(self, table: Path) -> None:
        path = table
        for key, at in self._keys():
            path = (*path, key)
            self._found.setdefault(path, at)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        match self._text[self._at]:
            case "[":
                self._array(path)
            case "{":
                self._inline(path)
            case _:
                if not self._skip(_STRING):
                    self._skip(_PLAIN_VALUE)

    def _array(self, path: Path) -> None:
        self._at += 1
        count = 0
        while self._next("]"):
            self._found[(*path, count)] = self._at
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
