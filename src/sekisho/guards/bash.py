"""Reads a command as bash does: programs with their words, wherever they stand.

A command of plain words and `|`, `&&`, `||`, `;` is cut without a parser; all else is read by a grammar (`grammar`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.grammar import FEEDING, longer, read
from sekisho.guards.script import Program, Script
from sekisho.guards.worded import literal

if TYPE_CHECKING:
    from sekisho.guards.script import Word

__all__ = ["LONGEST", "PIPES", "parse"]

LONGEST: Final = 16 * 1024
"""Characters; a command that is longer is not read."""

PIPES: Final = 256
"""More of them are not read either: behind an error the grammar needs the square of their number."""

_TOKEN: Final = re.compile(
    r"[ \t]*(?:(&&|\|\||;|\|(?!&))|((?:[A-Za-z0-9_./:@,+=%*?^-]|'[^'\n]*'|\"[^\"$`\\\n!]*\")+))[ \t]*"
)
_RESERVED: Final = frozenset({
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "in", "function",
    "select", "time", "coproc", "declare", "export", "local", "readonly", "typeset", "unset", "!",
})  # fmt: skip
_QUOTES: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def parse(text: str) -> Script:
    """Return what a command does."""
    return _simple(text) or read(text)


def _simple(text: str) -> Script | None:
    """Cut a command of plain and quoted words; None if there is more to it."""
    programs: list[Program] = []
    words: list[Word] = []
    fed: tuple[str, ...] = ()
    start = at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        if token[1] is None:
            words.append(literal(_QUOTES.sub(lambda found: found[1] or found[2] or "", token[2])))
        elif not words or _is_more(words[0].text):
            return None
        else:
            first, *rest = words
            programs.append(Program(first, tuple(rest), start, token.start(1), fed))
            fed = longer(fed, first.text) if token[1] == "|" else ()
            words, start = [], token.end()
        at = token.end()
    if not words or _is_more(words[0].text):
        return None
    programs.append(Program(words[0], tuple(words[1:]), start, at, fed))
    return Script(programs=tuple(programs), broken=any(len(program.fed) >= FEEDING for program in programs))


def _is_more(first: str) -> bool:
    """Say whether a first word begins more than a simple command."""
    return first in _RESERVED or "=" in first
