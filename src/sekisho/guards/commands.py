"""The table of programs: `data/commands.toml`, made ready."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypedDict, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.guards.script import Script

__all__ = ["Commands", "called", "commands", "plain_name"]

_SPECIAL = frozenset({"curl", "wget", "eval", "source", "."})
"""Judged by what they are given."""

_SHORTEST = 4
_WHOLE = frozenset({"--exclude", "--text"})
"""Options that are no other ones shortened."""

_LINKED = re.compile(r"-ldflags=(?:-[sw](?: |$)|-X [\w./-]+=[\w./:@+-]*(?: |$))+")
"""What is told to the linker of Go and starts nothing: to leave symbols out, or what a variable holds."""

_OWN = re.compile(
    r"(?:\./)?(?:\.?venv/(?:bin|scripts)|node_modules/\.bin|vendor/bin)/([^/]+)|\./(gradlew|mvnw)"
    r"|(?:\./)?bin/(bundle|rails|rake|rspec|rubocop)"
)
_FOLDERS = ("/bin/", "/usr/bin/", "/usr/local/bin/", "/sbin/", "/usr/sbin/", "/opt/homebrew/bin/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """Programs by what running them may do."""

    readers: frozenset[str]
    """They show things."""

    developers: frozenset[str]
    """They build, test, format and move files about."""

    wrappers: frozenset[str]
    """They take a program and its words."""

    interpreters: frozenset[str]
    """They read a program of their own language."""

    shells: frozenset[str]
    """They read commands."""

    sources: frozenset[str]
    """They fetch or decode what another program may run."""

    system: frozenset[str]
    """They change the machine or give more rights."""

    known: frozenset[str]
    """All that pass, or are judged by what they are given."""

    variables: frozenset[str]
    """They make the next program load or start something."""

    options: dict[str, frozenset[str]]
    """By program: options that start another one, send, overwrite, or turn a check off."""

    letters: dict[str, tuple[str, ...]]
    """Those of them with one dash and one letter, which may have their value attached."""

    valued: dict[str, str]
    """By program whose letters may be put together: those that take a value."""

    shortened: dict[str, tuple[str, ...]]
    """By program: its long ones of these options, where they may be shortened."""

    settings: tuple[str, ...]
    """Keys of `git -c` that start a program, in lower case; with a dot at the end, all below it."""

    wrapped: dict[str, frozenset[str]]
    """By wrapper: its options, with `:` behind those that take the next word, `?` behind those with one attached."""

    def takes_next(self, wrapper: str, word: str) -> bool | None:
        """Say whether an option of a wrapper has the next word for its value; None where the option is not known."""
        options = self.wrapped.get(wrapper, frozenset())
        if word.startswith("--"):
            name, attached, _ = word.partition("=")
            return False if attached or name in options else True if f"{name}:" in options else None
        for at, letter in enumerate(word[1:], 2):
            if f"-{letter}:" in options:
                return at == len(word)
            if f"-{letter}?" in options:
                return False
            if f"-{letter}" not in options:
                return None
        return False

    def risky(self, program: str, word: str) -> bool:
        """Say whether a word is an option of a program that does more than its command says."""
        options = self.options.get(program)
        if options is None:
            return False
        name = word.partition("=")[0]
        if name == "-ldflags" and _LINKED.fullmatch(word):
            return False
        if (
            name in options
            or word in options
            or word.partition(":")[0] in options
            or word.startswith(self.letters[program])
        ):
            return True
        if word.startswith("--"):
            short = len(name) >= _SHORTEST and name not in _WHOLE
            return short and any(option.startswith(name) for option in self.shortened.get(program, ()))
        return program in self.valued and self._has_letter(program, word)

    def _has_letter(self, program: str, word: str) -> bool:
        """Say whether one of several letters is such an option."""
        if not word.startswith("-"):
            return False
        letters, valued = self.letters[program], self.valued[program]
        for letter in word[1:]:
            if f"-{letter}" in letters:
                return True
            if letter in valued or not letter.isalnum():
                return False
        return False

    def risky_for_any(self, word: str, programs: Sequence[str]) -> bool:
        """Say whether a word is such an option of one of these programs, or of any one if there are none."""
        return any(self.risky(program, word) for program in programs or self.options)


class _Document(TypedDict):
    readers: list[str]
    developers: list[str]
    wrappers: list[str]
    interpreters: list[str]
    shells: list[str]
    sources: list[str]
    system: list[str]
    variables: list[str]
    shortened: list[str]
    options: dict[str, list[str]]
    letters: dict[str, str]
    settings: dict[str, list[str]]
    wrapped: dict[str, list[str]]


@cache
def commands() -> Commands:
    """Return the table, read from the package once."""
    text = files("sekisho").joinpath("data", "commands.toml").read_text(encoding="utf-8")
    document = cast("_Document", cast("object", tomllib.loads(text)))
    return Commands(
        readers=frozenset(document["readers"]),
        developers=frozenset(document["developers"]),
        wrappers=frozenset(document["wrappers"]),
        interpreters=frozenset(document["interpreters"]),
        shells=frozenset(document["shells"]),
        sources=frozenset(document["sources"]),
        system=frozenset(document["system"]),
        known=_SPECIAL.union(*(document[kind] for kind in ("readers", "developers", "wrappers", "shells"))),
        variables=frozenset(document["variables"]),
        options={program: frozenset(options) for program, options in document["options"].items()},
        letters={program: tuple(filter(_is_letter, options)) for program, options in document["options"].items()},
        valued=document["letters"],
        shortened={program: tuple(filter(_is_long, document["options"][program])) for program in document["shortened"]},
        settings=tuple(document["settings"]["git"]),
        wrapped={wrapper: frozenset(options) for wrapper, options in document["wrapped"].items()},
    )


def plain_name(word: str) -> str:
    """Return a program's name without the folders in which programs of a system stand, and without `.exe`.

    So do tools of the project that its package manager put there: `.venv/bin/pytest`, `node_modules/.bin/tsc`.
    """
    if word.isalnum():
        return word.lower()
    for folder in _FOLDERS if "/" in word else ():
        if word.startswith(folder) and "/" not in word[len(folder) :]:
            word = word[len(folder) :]
    name = word.lower().removesuffix(".exe")
    own = _OWN.fullmatch(name) if "/" in name else None
    tool = (own[1] or own[2] or own[3]) if own is not None else ""
    return tool if tool in commands().developers else name


def called(script: Script) -> set[str]:
    """Return the names of all programs of a command (`plain_name`), each once."""
    return {*map(plain_name, {program.name.text for program in script.programs})}


def _is_long(option: str) -> bool:
    return option.startswith("--") and "=" not in option


def _is_letter(option: str) -> bool:
    return len(option) == len("-x") and option[0] == "-" and option[1] != "-"
