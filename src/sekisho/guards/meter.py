"""How long a command may take to judge where others wait: told by its form beforehand, without a clock."""

from __future__ import annotations

import re
from typing import Final

from sekisho.guards.narrow import Spelling
from sekisho.guards.regular import is_regular

__all__ = ["Meter", "Steps", "Unread"]

_MICROSECONDS: Final = 4_000
_REGULAR: Final = 2
_OPERATOR: Final = 25
_WORD: Final = 2
_IRREGULAR: Final = 30
"""Microseconds for each character, each operator, and each word that is judged once more, at the worst; behind an
error the grammar takes that long for a character."""

_STEPS: Final = 256

_OPERATORS: Final = re.compile(r"[;|&\n<>{]|\$\(")


class Unread(Exception):  # noqa: N818 - no error: somebody else reads it
    """A command would take longer to read than there is time left."""


class Meter:
    """The time that is left for a command, and for those inside of it.

    Args:
        among: how many commands of the call share it, this one among them.
    """

    __slots__ = ("_left",)

    def __init__(self, among: int = 1) -> None:
        self._left = _MICROSECONDS // among

    def take(self, text: str) -> None:
        """Take what a command may need.

        Raises:
            Unread: there is not as much left.
        """
        cost = self._cost(text)
        if cost > self._left:
            raise Unread
        self._left -= cost

    def take_words(self, count: int) -> None:
        """Take what a program needs that another one starts, whose words are judged once more.

        Raises:
            Unread: there is not as much left.
        """
        self._left -= _OPERATOR + _WORD * count
        if self._left < 0:
            raise Unread

    def _cost(self, text: str) -> int:
        if len(text) > self._left:
            return len(text)
        spelled = text if text.isascii() else Spelling(text).text
        irregular = _IRREGULAR * len(spelled)
        if irregular <= self._left:
            return irregular
        regular = _REGULAR * len(spelled) + _OPERATOR * len(_OPERATORS.findall(spelled))
        return regular if regular <= self._left and is_regular(spelled) else irregular


class Steps:
    """How many programs that others start are judged: each word of such a command may be where one begins."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = _STEPS

    def take(self) -> bool:
        """Take one; False if none is left."""
        self._left -= 1
        return self._left >= 0
