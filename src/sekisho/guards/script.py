"""What a command does, as it was read: programs with their words, and what stands around them."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Program", "Script", "Word"]


class Word(NamedTuple):
    """One word of a command."""

    text: str
    """What it stands for; expansions as they are written."""

    literal: bool = True
    """Whether nothing in it is expanded."""

    later: bool = False
    """Whether quotes keep in it what a shell would start if it read the word once more."""


class Program(NamedTuple):
    """One program that a command starts."""

    name: Word
    """What is started."""

    words: tuple[Word, ...]
    """Its words."""

    start: int
    """Where it begins in the text, in characters."""

    end: int
    """Where it ends."""

    fed: tuple[str, ...] = ()
    """The programs whose output it reads through a pipe, the nearest last."""

    inline: bool = False
    """Whether its input is in the command, as a here document or string."""


class Script(NamedTuple):
    """All that a command does, as far as it can be told."""

    programs: tuple[Program, ...] = ()
    """Every program, also inside of substitutions, conditions and functions."""

    targets: tuple[Word, ...] = ()
    """What output is written to."""

    inputs: tuple[Word, ...] = ()
    """What input is read from."""

    variables: tuple[str, ...] = ()
    """Names of variables that are set."""

    values: tuple[Word | None, ...] = ()
    """What each of them is set to; None where that is no word."""

    broken: bool = False
    """Whether the grammar could not read it."""

    delayed: bool = False
    """Whether quotes keep a command in a variable or a condition, where the shell may read it once more."""
