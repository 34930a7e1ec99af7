"""Words that a known program takes for more than words: commands in subscripts, scripts and options.

A shell evaluates `a[$(…)]` in the words of its own programs even where quotes kept it from doing so before; `sed` has
a command that starts programs, `mapfile` a callback, `git bisect run` another program.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import commands
from sekisho.guards.wrapped import JOINING, assigned, joins, programs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.guards.script import Word

__all__ = [
    "aliased",
    "evaluates",
    "reads_words",
    "sets_git",
    "sets_variables",
    "starts_something",
    "trapped",
    "written_by_sed",
]

_BUILTINS: Final = frozenset({
    "let", "test", "[", "printf", "read", "unset", "declare", "typeset", "local", "export", "readonly", "mapfile",
    "readarray", "getopts", "wait", "compgen", "complete",
})  # fmt: skip
_SETTERS: Final = frozenset({
    "printf", "read", "mapfile", "readarray", "getopts", "let", "unset", "declare", "typeset", "local", "export",
    "readonly",
})  # fmt: skip
_READERS: Final = frozenset({"sed", "less", "more", "strace", "ltrace", "git", "alias", "make", "trap", "fd", "fdfind"})
_PROGRAMS: Final = frozenset({
    "BROWSER", "EDITOR", "GIT_EDITOR", "GIT_PAGER", "GIT_SEQUENCE_EDITOR", "KUBE_EDITOR", "MANPAGER", "PAGER", "VISUAL",
})  # fmt: skip
"""Variables that hold a program."""

_NOTHING: Final = frozenset({"", ":", "cat", "head", "less", "more", "true"})
_LONGEST_SCRIPT: Final = 4096
_SED: Final = re.compile(
    r"(?:^|[;{}\n0-9$/,!IM+~])\s{0,8}e(?:\s|$)"
    r"|\\([^\w\s\\])(?:\\.|(?!\1)[^\\\n]){0,200}\1[IM]{0,2}\s{0,8}!?\s{0,8}e(?:\s|$)"
    r"|s([^\w\s\\])(?:\\.|(?!\2)[^\\\n]){0,200}\2(?:\\.|(?!\2)[^\\\n]){0,200}\2[gpiIMm0-9]{0,8}e"
)
_SED_SCRIPT: Final = re.compile(r"-[nErsuz]{0,6}f|--fi")
_SED_FILE: Final = re.compile(r"(?:^|[^A-Za-z])[gpiIMm]{0,8}[wWrR][ \t]{0,8}([^\s;}]{1,400})")
_ATTACHED: Final = re.compile(r"--exec(?:-batch)?=|-[A-Za-wyz]{0,8}[xX].")
_FROM_INPUT: Final = re.compile(r"(?:\S* )?(?:-\w*f|--(?:make)?fi\w*)[= ]?(?:-$|/dev/|/proc/|<\()")
_SCRIPTED: Final = re.compile(r"-[a-z]{0,8}c")
_SPLICED: Final = re.compile(r"(?:^|[;&|(\n`])\s{0,8}[\"']?(?:\{\}|%)[\"']?(?:\s|$|[;&|)])")
_TOLD: Final = frozenset({"--get", "--get-all", "--list", "-l"})
_CHOOSING: Final = frozenset({"--diff-filter", "--filter"})
"""Options of git that choose, and start nothing."""

_OWN_FOLDERS: Final = re.compile(
    r"(?:\.|(?:\./)?[A-Za-z0-9_][\w-]*(?:/[\w-]+){0,8}/?)(?::(?:\.|(?:\./)?[A-Za-z0-9_][\w-]*(?:/[\w-]+){0,8}/?)){0,4}"
)
"""Folders of the project."""

_ORDINARY: Final = re.compile(
    r"(?:--(?:max[-_]old[-_]space[-_]size|stack[-_]size)=\d{1,7}|--(?:no-)?(?:warnings|deprecation|experimental-fetch)"
    r"|--experimental-vm-modules|--experimental-specifier-resolution=node|--openssl-legacy-provider"
    r"|--enable-source-maps|--trace-(?:warnings|deprecation|uncaught)|--dns-result-order=ipv4first|\s){1,32}"
)
"""Options of Node that start and load nothing."""

_HARMLESS: Final = {"PYTHONPATH": _OWN_FOLDERS, "NODE_OPTIONS": _ORDINARY}
_TRANSPORT: Final = re.compile(r"(?:\S*[=@])?(?:ext|fd)::")


def reads_words(plain: str) -> bool:
    """Say whether a program is one for which a word may be more than a word: all others need not be asked about."""
    return plain in _BUILTINS or plain in _READERS or plain in JOINING or plain in commands().wrappers


def evaluates(plain: str, words: Sequence[Word]) -> bool:
    """Say whether a program makes a command of one of its words."""
    texts = [word.text for word in words]
    if plain in _BUILTINS:
        return any(word.later for word in words)
    if joins(plain, words):
        return True
    if plain == "parallel" and not any(programs(plain, words)):
        return True
    judge = _BY_PROGRAM.get(plain)
    return (plain == "make" and any(word.later for word in words)) or (judge is not None and judge(texts))


def _by_sed(texts: Sequence[str]) -> bool:
    long = any(len(text) > _LONGEST_SCRIPT for text in texts)
    return long or any(_SED.search(text) or _SED_SCRIPT.match(text) for text in texts)


def _by_pager(texts: Sequence[str]) -> bool:
    return any(text.startswith("+") and "!" in text for text in texts)


def _by_tracer(texts: Sequence[str]) -> bool:
    return any(text.removeprefix("-o").lstrip().startswith(("|", "!")) for text in texts)


def _by_git(texts: Sequence[str]) -> bool:
    if texts[:1] and texts[0] in {"clone", "ls-remote", "fetch-pack"} and any(text.startswith("-u") for text in texts):
        return True
    if ("bisect" in texts and "run" in texts) or ("submodule" in texts and "foreach" in texts):
        return True
    return any(
        _TRANSPORT.match(text)
        or (text.startswith("--") and "-filter" in (name := text.partition("=")[0]) and name not in _CHOOSING)
        for text in texts
    )


def _by_make(texts: Sequence[str]) -> bool:
    return any(_FROM_INPUT.match(f"{before} {text}") for before, text in pairwise(("", *texts)))


def _by_finder(texts: Sequence[str]) -> bool:
    return any(_ATTACHED.match(text) for text in texts)


def _by_xargs(texts: Sequence[str]) -> bool:
    """Say whether `xargs` puts what it reads where a program's name stands in a script."""
    scripts = (text for before, text in pairwise(texts) if _SCRIPTED.fullmatch(before))
    return any(map(_SPLICED.search, scripts))


_BY_PROGRAM: Final = {
    "sed": _by_sed,
    "less": _by_pager,
    "more": _by_pager,
    "strace": _by_tracer,
    "ltrace": _by_tracer,
    "git": _by_git,
    "make": _by_make,
    "xargs": _by_xargs,
    "fd": _by_finder,
    "fdfind": _by_finder,
}


def sets_variables(plain: str, words: Sequence[Word]) -> bool:
    """Say whether a variable is set that makes the next program load or start something, or one by that name."""
    if plain in commands().wrappers:
        return any(name in commands().variables for name in assigned(plain, words))
    if plain not in _SETTERS:
        return False
    left = [word for word in words if plain != "export" or not _is_harmless(word)]
    sides = (side for word in left for side in word.text.removeprefix("-v").split("=", 1))
    return any(side in commands().variables for side in sides)


def _is_harmless(word: Word) -> bool:
    """Say whether a word sets a variable to what starts nothing."""
    name, equals, value = word.text.partition("=")
    harmless = _HARMLESS.get(name) if equals and word.literal else None
    return harmless is not None and harmless.fullmatch(value) is not None


def written_by_sed(words: Sequence[Word]) -> Iterator[str]:
    """Yield the files that a script of `sed` names."""
    for word in words:
        for found in _SED_FILE.finditer(word.text[:_LONGEST_SCRIPT]):
            yield found[1]


def trapped(words: Sequence[Word]) -> Iterator[str]:
    """Yield the command that a signal is to start."""
    if words[:1] and words[0].text == "--":
        words = words[1:]
    if len(words) > 1 and not words[0].text.startswith("-"):
        # what is not known beforehand is a program without a name to whoever reads it
        yield words[0].text if words[0].literal else "$x"


def starts_something(name: str, value: Word | None) -> bool:
    """Say whether a variable makes the next program load or start something; not what only shows, or does nothing."""
    if name not in commands().variables:
        return False
    if value is None or not value.literal:
        return True
    harmless = _HARMLESS.get(name)
    return not (name in _PROGRAMS and value.text in _NOTHING) and not (harmless and harmless.fullmatch(value.text))


def aliased(words: Sequence[Word]) -> Iterator[str]:
    """Yield the commands that aliases stand for."""
    for word in words:
        name, equals, value = word.text.partition("=")
        if equals and name:
            yield value


def sets_git(texts: Sequence[str]) -> bool:
    """Say whether `git -c` or `git config` sets a key that starts a program."""
    if not any(text.startswith(("-c", "config")) for text in texts):
        return False
    if texts[0] == "config" and _TOLD.intersection(texts[1:3]):
        return False
    keys = (text.removeprefix("-c").lower().partition("=")[0] for text in texts)
    exact, below = _settings()
    return any(key in exact or key.startswith(below) for key in keys)


@cache
def _settings() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the keys that start a program, and the beginnings of those of which each does."""
    every = commands().settings
    return frozenset(every), tuple(key for key in every if key.endswith("."))
