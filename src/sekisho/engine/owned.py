"""The programs that a tool is for, by the words of its name and of its server's launch line."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sekisho.guards.commands import commands

__all__ = ["behind", "is_for_programs", "owned"]

_BEHIND: Final = {"k8s": "kubectl", "kubernetes": "kubectl"}
"""What servers are called after, and the program that they run."""

_FILES: Final = frozenset({
    "dir", "dirs", "directories", "directory", "file", "files", "filesystem", "folder", "folders", "line", "lines",
    "path", "paths", "text", "tree",
})  # fmt: skip
_TARGETS: Final = frozenset({
    "build", "clean", "fmt", "generate", "get", "install", "lint", "mod", "module", "project", "run", "target",
    "targets", "test", "tests", "vet", "work",
})  # fmt: skip
_SPOKEN: Final = {
    **dict.fromkeys(("bat", "find", "hash", "less", "nano", "sort", "split"), _FILES | {"in", "by", "grep", "fd"}),
    **dict.fromkeys(("go", "make"), _TARGETS),
    "delta": frozenset({"diff", "git"}),
    "man": frozenset({"page", "pages"}),
    "zip": _FILES | {"archive", "archives", "unzip", "extract"},
}
"""Programs called like words that tools are called after (`find_contact`), with words that tell of the program."""

_RUNNING: Final = frozenset({"call", "cli", "cmd", "command", "exec", "execute", "mcp", "run", "shell", "tool"})


def behind(words: tuple[str, ...], launched: tuple[str, ...]) -> tuple[str, ...]:
    """Return the programs that may get a value: those of the tool, else those of which the launch line speaks.

    Args:
        words: those of the tool's name.
        launched: those of the launch line.
    """
    return _programs(words) or _launched(launched)


@lru_cache(maxsize=256)
def _launched(words: tuple[str, ...]) -> tuple[str, ...]:
    named = (_BEHIND.get(word, word) for word in words)
    return tuple(dict.fromkeys(word for word in named if word in commands().options))


@lru_cache(maxsize=2048)
def is_for_programs(words: tuple[str, ...]) -> bool:
    """Say whether a tool puts what it gets into a command: it is for a program, and that is none for code."""
    return any(word not in commands().interpreters for word in _programs(words))


@lru_cache(maxsize=2048)
def owned(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the programs whose commands a tool takes; `docker_exec` and `ssh_run` take those of another system."""
    before = words[: words.index("exec")] if "exec" in words else ()
    return tuple(word for word in _programs(words) if word != "ssh" and word not in before)


@lru_cache(maxsize=2048)
def _programs(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the programs that a tool is for, as its name says: `kubectl`, `run_git`; none where it is for any."""
    table, every = commands(), frozenset(words)
    found = (word for word in dict.fromkeys(words) if word in table.options and word not in table.shells)
    return tuple(word for word in found if word not in _SPOKEN or _is_program(word, every))


def _is_program(word: str, every: frozenset[str]) -> bool:
    """Say whether a name speaks of a program, and not only in the word that the program is called after."""
    rest = every - {word} - _RUNNING
    return not rest or not rest.isdisjoint(_SPOKEN[word])
