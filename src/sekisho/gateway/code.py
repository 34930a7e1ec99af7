"""Which code a server runs, told by its launch line alone: two entries of one program are the same server twice."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sekisho.gateway.identity import of_command, of_url
from sekisho.gateway.launch import Launch
from sekisho.settings.entry import Entry, Scope, Source
from sekisho.settings.launch import launches
from sekisho.settings.node import Region, Scalar, Text
from sekisho.settings.packages import packages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.gateway.remote import Remote

__all__ = ["code_of", "entry_of"]

_NOWHERE: Final = Scalar(None, Region(1, 1, 1, 1))
_MODULE: Final = "-m "


def code_of(target: Launch | Remote) -> str:
    """Return which code is behind a server, wherever and with whatever arguments it runs.

    Packages are told by their names, scripts and programs by where they are, and each by the addresses that it is
    given: many stand for a server elsewhere. What can't be told like this is its whole command line.
    """
    if not isinstance(target, Launch):
        return of_url(target.endpoint)
    what = sorted({each.name for each in packages(entry_of(target.argv))}) or [_program(target)]
    return " ".join([*what, *(word.partition("?")[0] for word in target.argv if "://" in word)])


def _program(target: Launch) -> str:
    for launch in reversed(list(launches(entry_of(target.argv)))):
        words = [launch.word.text, *(arg.text for arg in launch.args)]
        what = of_command(words, "").removesuffix(" @ ").partition(" ")[2]
        if what.startswith(_MODULE):
            return f"{_real(target.cwd, words[0]) or words[0]} {what}"
        script = _real(target.cwd, what or words[0])
        if script:
            return script
    return "\0".join((*target.argv, target.cwd))


def _real(cwd: str, word: str) -> str:
    """Return where a file is that a word names; empty where it names none."""
    path = os.path.join(cwd, word)  # noqa: PTH118 - joined as the program would
    return os.path.realpath(path) if os.path.isfile(path) else ""  # noqa: PTH113 - one system call


def entry_of(argv: Sequence[str]) -> Entry:
    """Return a launch line as the settings of a host have it."""
    source = Source(host="", scope=Scope.NAMED, file="")
    command, *args = (Text(word, "", "") for word in argv)
    return Entry(source=source, alias="", pointer="", node=_NOWHERE, command=command, args=tuple(args))
