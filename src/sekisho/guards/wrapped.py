"""Where the program stands among the words of one that starts it: `env -u X make`, `xargs -0 -I % grep % f`.

The options of each are in the table (`commands`). Behind one that is not there the next word may be its value or the
program, so both are told; what a shell reads once more (`env -S`, `watch 'a; b'`) cannot be told from words at all.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.guards.script import Word

__all__ = ["JOINING", "assigned", "joins", "programs", "waits"]

_ASSIGNMENT: Final = re.compile(r"[A-Za-z_]\w*=")
_DURATION: Final = re.compile(r"[0-9.]+[smhd]?")
_SPLITTING: Final = re.compile(r"-[^-]*S|--s")
JOINING: Final = frozenset({"parallel", "watch"})
"""They put their words together and give them to a shell."""

_READ_ON: Final = re.compile(r"[;|&<>`$()\n]")


class _Kind(Enum):
    """What stands at a place."""

    OPTION = auto()
    ASSIGNMENT = auto()
    PROGRAM = auto()


def joins(plain: str, words: Sequence[Word]) -> bool:
    """Say whether a program makes a command line of its words that is more than these words.

    Args:
        plain: what starts another program.
        words: all that it is given.
    """
    if plain in commands().wrappers:
        for at, kind in _read(plain, words):
            # a shell's own `time` sets the variable, whose text may be read once more
            later = kind is _Kind.ASSIGNMENT and words[at].later
            if later or (plain == "env" and kind is _Kind.OPTION and _SPLITTING.match(words[at].text)):
                return True
    return plain in JOINING and any(_READ_ON.search(word.text) for word in words)


def programs(plain: str, words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield a program with its words, as often as there are places where it may stand.

    Args:
        plain: what starts it.
        words: all that it is given.
    """
    for at, kind in _read(plain, words):
        if kind is not _Kind.PROGRAM:
            continue
        if plain == "hyperfine":
            yield from ([word] for word in words[at:])
        else:
            yield words[at:]
        if plain == "script":
            yield words[at + 1 :]  # the first may be the file that it writes


def waits(plain: str, words: Sequence[Word]) -> bool:
    """Say whether what starts another program is not told which one, so that the next word that comes is it.

    Args:
        plain: what starts it.
        words: all that it is given.
    """
    asks = plain == "command" and any(word.text in {"-v", "-V"} for word in words)
    return plain in commands().wrappers and not asks and not any(programs(plain, words))


def assigned(plain: str, words: Sequence[Word]) -> Iterator[str]:
    """Yield the names of the variables that are set for the program.

    Args:
        plain: what starts it.
        words: all that it is given.
    """
    yield from (words[at].text.partition("=")[0] for at, kind in _read(plain, words) if kind is _Kind.ASSIGNMENT)


def _read(plain: str, words: Sequence[Word]) -> Iterator[tuple[int, _Kind]]:
    """Yield the places of options, assignments, and those where the program may begin; each once."""
    waiting, seen = [0], set[int]()
    while waiting:
        at = waiting.pop()
        if at in seen or at >= len(words):
            continue
        seen.add(at)
        text = words[at].text
        if text == "--":
            yield at + 1, _Kind.PROGRAM
        elif text.startswith("-") and text != "-":
            yield at, _Kind.OPTION
            takes = commands().takes_next(plain, text)
            waiting += [step for step, open_ in ((at + 1, takes is not True), (at + 2, takes is not False)) if open_]
        elif _ASSIGNMENT.match(text):
            yield at, _Kind.ASSIGNMENT
            waiting.append(at + 1)
        elif text == "-" or _DURATION.fullmatch(text):
            waiting.append(at + 1)
        else:
            yield at, _Kind.PROGRAM
