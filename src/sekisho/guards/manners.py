"""What is to be asked about a program, by its name alone: most have nothing that needs a second look at their words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.guards.commands import commands
from sekisho.guards.destruction import destroys
from sekisho.guards.evaluated import reads_words
from sekisho.guards.fetched import is_own_script
from sekisho.guards.runners import INSTALLERS, RUNNERS
from sekisho.guards.sqlite import only_asks

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FINDERS", "Manner", "asks_little", "manner"]

FINDERS: Final = frozenset({"find", "fd", "fdfind"})
"""They start programs on what they find."""

_SPECIAL: Final = frozenset({"eval", "source", "."})
_READING: Final = frozenset({"git"})
"""What it is given it reads, like those that show."""

_OVERWRITES: Final = {
    "sed": ("-i", "--in-place"),
    "yq": ("-i", "--inplace"),
    "xxd": ("-r",),
    "less": ("-o", "-O"),
    "tree": ("-o",),
    "uniq": ("",),
}


_TELLING: Final = {
    "crontab": re.compile(r"-l"),
    "kill": re.compile(r"(?:-\w+ )?(?:(?:\$!|%\d{1,3})(?: |$))+"),
    "mount": re.compile(r"(?:-l)?"),
    "systemctl": re.compile(
        r"(?:status|is-active|is-enabled|is-failed|list-units|list-timers)(?: [\w@][\w@.-]*)*(?: --no-pager)?"
    ),
}
"""By program: words with which it only tells, or ends what the same command has started."""


class Manner(NamedTuple):
    """What a program may be, and do with its words."""

    known: bool
    """Whether it passes as such."""

    system: bool
    """Whether it changes the machine."""

    shows: bool
    """Whether it is for showing things."""

    reads: bool
    """Whether it reads the files that its words name, and writes none."""

    overwrites: tuple[str, ...]
    """How words begin with which it writes these files all the same."""

    destroys: bool
    """Whether it deletes, overwrites or gives away."""

    optional: bool
    """Whether options of it do more than the command says."""

    evaluates: bool
    """Whether a word may be more than a word to it."""

    interprets: bool
    """Whether it reads a program."""

    starts: bool
    """Whether it starts others."""

    fetches: bool
    """Whether it installs what it is told to."""


def manner(plain: str) -> Manner:
    """Return what is to be asked about a program.

    Args:
        plain: its name (`plain_name`).
    """
    return _manners().get(plain) or _made(plain)


def asks_little(plain: str, texts: Sequence[str]) -> bool:
    """Say whether a program is asked for what may be asked of any, or of this one: `x --version`, `crontab -l`.

    Args:
        plain: its name.
        texts: its words.
    """
    if texts == ["--version"]:
        return "/" not in plain
    if plain == "sqlite3":
        return only_asks(texts)
    telling = _TELLING.get(plain)
    return (
        telling is not None
        and telling.fullmatch(" ".join(texts)) is not None
        and not any(" " in each for each in texts)
    )


@cache
def _manners() -> dict[str, Manner]:
    table = commands()
    named = (table.known, table.system, table.interpreters, table.sources, table.options, RUNNERS)
    return {name: _made(name) for names in named for name in names}


def _made(plain: str) -> Manner:
    table = commands()
    shows = plain in table.readers
    return Manner(
        known=plain in table.known or is_own_script(plain),
        system=plain in table.system,
        shows=shows,
        reads=shows or plain in _READING,
        overwrites=_OVERWRITES.get(plain, ()),
        destroys=destroys(plain),
        optional=plain in table.options,
        evaluates=reads_words(plain),
        interprets=plain in table.shells or plain in table.interpreters or plain in _SPECIAL,
        starts=plain in table.wrappers or plain in FINDERS or plain in RUNNERS,
        fetches=plain in INSTALLERS,
    )
