"""Commands that a call gives in parts: a program and its words under two names, or its words to a tool of one program.

Each part is judged by itself as well; only together do they say what runs: `git`, and `-c core.sshCommand=…`.
"""

from __future__ import annotations

from dataclasses import replace
from shlex import join
from typing import TYPE_CHECKING, Final

from sekisho.engine.owned import owned
from sekisho.guards.commands import commands, plain_name
from sekisho.meaning.argument import Meaning
from sekisho.meaning.words import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.meaning.argument import Argument

__all__ = ["composed"]

_PROGRAMS: Final = frozenset({"binary", "cmd", "command", "exe", "executable", "program"})
_SCRIPTED: Final = frozenset({"awk", "gawk", "mawk", "sed"})
_SCRIPTS: Final = frozenset({"expression", "program", "script"})
"""Programs whose scripts may start others, and last words of names of scripts."""

_INSTALLING: Final = frozenset({"cargo", "gem", "helm", "npm", "pip", "pip3", "pnpm", "yarn"})
_ADDING: Final = frozenset({"add", "install", "upgrade"})
_PACKAGES: Final = frozenset({
    "chart", "crate", "dependencies", "dependency", "gem", "module", "modules", "name", "package", "packages", "plugin",
    "requirement", "requirements", "spec",
})  # fmt: skip
"""Programs that install packages, words of tools that have them do so, and last words of names of packages."""

_ARGUMENT: Final = Meaning.ARGUMENT
_COMMAND: Final = frozenset({Meaning.COMMAND})


def composed(arguments: Sequence[Argument], words: tuple[str, ...]) -> Sequence[Argument]:
    """Return the command that words for a program make with it; none where no program is known, or several may be.

    Args:
        arguments: those of a call.
        words: those of the tool's name, which may be one of a program.
    """
    given = [each for each in arguments if _ARGUMENT in each.meanings and each.declared]
    if not given:
        return _scripts(arguments, words) if not _SCRIPTED.isdisjoint(words) else _installed(arguments, words)
    above, _, last = given[0].pointer.rpartition("/")
    place = above if last.isdecimal() else given[0].pointer
    if any(each.pointer not in {place, f"{place}/{at}"} for at, each in enumerate(given)):
        return ()
    texts = [each.value for each in given]
    line = texts[0] if given[0].pointer == place else join(texts)
    programs = [each.value for each in arguments if _names_program(each)]
    if len(programs) == 1:
        line = f"{programs[0]} {line}"
    elif programs or len(owned(words)) != 1:
        return ()
    return (replace(given[0], pointer=place, value=line, meanings=_COMMAND),)


def _scripts(arguments: Sequence[Argument], words: tuple[str, ...]) -> Sequence[Argument]:
    """Return the commands that scripts make with the program that a tool is called after: `sed`, and `1e id`."""
    program = next(word for word in words if word in _SCRIPTED)
    given = (each for each in arguments if each.declared and not _SCRIPTS.isdisjoint(named(each.pointer)[-1:]))
    return tuple(replace(each, value=join([program, each.value]), meanings=_COMMAND) for each in given)


def _installed(arguments: Sequence[Argument], words: tuple[str, ...]) -> Sequence[Argument]:
    """Return the commands by which packages are installed that a tool is told: one at an address is a stranger's."""
    programs = [word for word in words if word in _INSTALLING]
    if len(programs) != 1 or _ADDING.isdisjoint(words):
        return ()
    given = (each for each in arguments if each.declared and not _PACKAGES.isdisjoint(_without_index(each.pointer)))
    return tuple(
        replace(each, value=join([programs[0], "install", each.value]), meanings=_COMMAND)
        for each in given
        if ":" in each.value
    )


def _without_index(pointer: str) -> Sequence[str]:
    """Return the last word of a place that is none of a list."""
    return [word for word in named(pointer) if not word.isdecimal()][-1:]


def _names_program(argument: Argument) -> bool:
    """Say whether an argument is a program of the table, and nothing more."""
    if _PROGRAMS.isdisjoint(named(argument.pointer)[-1:]) or argument.value.split() != [argument.value]:
        return False
    plain, table = plain_name(argument.value), commands()
    return plain in table.known or plain in table.options or plain in table.interpreters
