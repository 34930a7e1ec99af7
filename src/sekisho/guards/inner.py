"""The commands that a program is given to run among its words: by a finder, a wrapper or a runner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import commands
from sekisho.guards.manners import FINDERS
from sekisho.guards.runners import RUNNERS, started
from sekisho.guards.wrapped import programs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.guards.script import Word

__all__ = ["APPENDING", "commands_in"]

APPENDING: Final = frozenset({"parallel", "xargs"})
"""They put what they read behind the words that they are given."""

_FIND_RUNS: Final = frozenset({"-exec", "-execdir", "-ok", "-okdir"})
_FD_RUNS: Final = frozenset({"-x", "-X", "--exec", "--exec-batch"})


def commands_in(plain: str, words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield the commands that a program is given to run.

    Args:
        plain: its name.
        words: all that it is given.
    """
    if plain in FINDERS:
        runs = _FIND_RUNS if plain == "find" else _FD_RUNS
        texts = [word.text for word in words]
        at = 0
        while (begin := next((i for i in range(at, len(texts)) if texts[i] in runs), None)) is not None:
            at = next((i for i in range(begin, len(texts)) if texts[i] in {";", "+"}), len(texts))
            yield words[begin + 1 : at]
        return
    if plain in commands().wrappers:
        yield from programs(plain, words)
    if plain in RUNNERS:
        yield from started(plain, words)
