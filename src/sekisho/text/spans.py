"""Where patterns stand in a text, in one linear pass over its UTF-8 bytes: google-re2, wrapped once.

The library loads with the first pattern that is used.
"""

from __future__ import annotations

from functools import cached_property
from heapq import merge
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from re2 import _Match, _Pattern  # pyright: ignore[reportPrivateUsage] - named in the stubs only

__all__ = ["Several", "Spans"]

_MEMORY: Final = 64 * 1024 * 1024


class Spans:
    """A pattern in RE2's syntax, over bytes: `.` and classes take bytes, other characters are their UTF-8 bytes.

    Args:
        pattern: what is looked for.
        utf8: whether `.` and classes take characters instead.
    """

    def __init__(self, pattern: str, *, utf8: bool = False) -> None:
        self._source = pattern.encode()
        self._utf8 = utf8

    @cached_property
    def _pattern(self) -> _Pattern:
        import re2  # noqa: PLC0415 - loaded with the first use, see above

        options = re2.Options()
        if not self._utf8:
            options.encoding = re2.Options.Encoding.LATIN1
        options.max_mem = _MEMORY
        options.log_errors = False
        return re2.compile(self._source, options)

    def has(self, data: bytes) -> bool:
        """Tell whether the pattern stands anywhere."""
        return self._pattern.search(data) is not None

    def find(self, data: bytes) -> Iterator[_Match]:
        """Yield where it stands, from left to right, without overlaps."""
        return self._pattern.finditer(data)


class Several:
    """Patterns that are looked for one after another.

    RE2 makes the states of its automaton while it reads, and one automaton for all of them has a state for each
    combination of how far each has come: a text in which nobody has seen the letters in this order costs ten to forty
    times as much then.

    Args:
        patterns: in RE2's syntax over UTF-8.
    """

    def __init__(self, *patterns: str) -> None:
        self._each = tuple(Spans(pattern, utf8=True) for pattern in patterns)

    def __add__(self, other: Several) -> Several:
        both = Several()
        both._each = (*self._each, *other._each)
        return both

    def has(self, data: bytes) -> bool:
        """Tell whether any of them stands anywhere."""
        return any(spans.has(data) for spans in self._each)

    def find(self, data: bytes) -> Iterator[_Match]:
        """Yield where they stand, by where that begins; places of different patterns may overlap."""
        return merge(*(spans.find(data) for spans in self._each), key=_start)


def _start(found: _Match) -> int:
    return found.start()
