"""What the names on the way to a value say of how it is judged, found once for each place of each tool."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.engine.destinations import CONNECTIONS
from sekisho.engine.owned import behind, is_for_programs
from sekisho.guards.expression import is_evaluated, is_of_a_page
from sekisho.guards.foreign import foreign
from sekisho.guards.lifted import sets_itself
from sekisho.guards.running import is_run
from sekisho.guards.wholesale import deletes
from sekisho.meaning.words import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.guards.foreign import Foreign

__all__ = ["Naming", "naming"]

_OF_COMMANDS: Final = frozenset({
    "code", "example", "examples", "hook", "hooks", "recipe", "script", "scripts", "snippet", "step", "steps",
    "workflow",
})  # fmt: skip
"""Words of names whose values hold commands by right."""

_TITLES: Final = frozenset({("title",), ("topic",), ("chapter",), ("section",), ("note",), ("document",), ("entry",)})
"""Content by name that files are called after."""

_FILED: Final = frozenset(
    {"canvas", "doc", "document", "entry", "file", "journal", "markdown", "memory", "note", "notes", "page"}
)
"""Words of tools whose titles become names of files."""

_SPEAKING: Final = frozenset(
    {"alert", "applescript", "dialog", "espeak", "notification", "notify", "say", "speak", "tts"}
)
"""Words of tools that hand what they are to say to a program of the system."""

_DOCUMENTS: Final = frozenset({"dockerfile", "kubeconfig", "manifest", "manifests", "notebook"})
"""Last words of names whose values are whole documents, if they have more than one line."""

_STAGING: Final = frozenset({("git", "add"), ("git", "stage")})
_KEPT: Final = 400
"""Characters of a place of which this is kept: whoever calls may invent names without end."""


_SETTING: Final = frozenset({"add", "create", "export", "put", "set", "update"})
_ENVIRONMENT: Final = frozenset({"env", "environ", "environment", "envs"})


class Naming(NamedTuple):
    """What is known of a value by names alone."""

    names: tuple[str, ...]
    """Words of the names on the way to it."""

    last: str
    """The last of them, or that of the list in which it stands."""

    evaluated: bool
    """Whether a server may evaluate it."""

    evaluated_if_unknown: bool
    """The same where nothing else is known about it."""

    page: bool
    """Whether it is code for a page."""

    code: bool
    """Whether it is code that the tool runs, there or elsewhere."""

    kinds: Sequence[Foreign]
    """What small languages it may be of."""

    sets: bool
    """Whether the tool sets variables of an environment."""

    variable: bool
    """Whether it may stand in an environment."""

    config: bool
    """Whether the tool is for a configuration."""

    own: bool
    """Whether the tool sets the configuration of its own server."""

    deletes: bool
    """Whether the tool deletes what is named."""

    connects: bool
    """Whether it may name a store with its address."""

    special: bool
    """Whether it is code that runs, a variable, the server's own setting, what is deleted, or may name a store."""

    holds_commands: bool
    """Whether commands stand in it by right."""

    titles: bool
    """Whether a file may be called after it."""

    document: bool
    """Whether it is a whole document, if it has more than one line."""

    runs: bool
    """Whether the tool puts what it gets into a command."""

    joined: bool
    """Whether a message may become a part of one: the tool does so, or hands what it says to a program."""

    stages: bool
    """Whether the tool notes which files the next commit shall hold."""

    programs: tuple[str, ...]
    """The programs that may get it."""


def naming(pointer: str, words: tuple[str, ...], launched: tuple[str, ...]) -> Naming:
    """Return what names say of a value.

    Args:
        pointer: its place in the arguments.
        words: those of the tool's name.
        launched: those of the server's launch line.
    """
    find = _naming if len(pointer) <= _KEPT else _naming.__wrapped__
    return find(pointer, words, launched)


@lru_cache(maxsize=2048)
def _naming(pointer: str, words: tuple[str, ...], launched: tuple[str, ...]) -> Naming:
    names = named(pointer)
    own = [name for name in names if not name.isdecimal()]
    runs = is_for_programs(words)
    away = deletes(words)
    sets = _sets_variables(words)
    code, variable = is_run(names, words), "env" in pointer or "var" in pointer or sets
    own_settings, connects = sets_itself(words), not CONNECTIONS.isdisjoint(names)
    return Naming(
        names=names,
        last=own[-1] if own else "",
        evaluated=is_evaluated(names, words, unknown=False),
        evaluated_if_unknown=is_evaluated(names, words, unknown=True),
        page=is_of_a_page(names, words),
        code=code,
        kinds=foreign(names, (*words, *launched)),
        sets=sets,
        variable=variable,
        config="config" in words,
        own=own_settings,
        deletes=away,
        connects=connects,
        special=code or variable or own_settings or connects or away,
        holds_commands=not _OF_COMMANDS.isdisjoint(names),
        titles=names[-1:] in _TITLES and not _FILED.isdisjoint(words),
        document=not _DOCUMENTS.isdisjoint(names[-1:]),
        runs=runs,
        joined=runs or not _SPEAKING.isdisjoint(words),
        stages=words in _STAGING,
        programs=behind(words, launched),
    )


def _sets_variables(words: tuple[str, ...]) -> bool:
    """Say whether a tool sets a variable of an environment: what it is given names one, or is one."""
    return not (_SETTING.isdisjoint(words) or _ENVIRONMENT.isdisjoint(words))
