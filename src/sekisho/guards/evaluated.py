"""Words that a known program takes for more than words: commands in subscripts, scripts and options.

A shell evaluates `a[$(…)]` in the words of its own programs even where quotes kept it from doing so before; `sed` has
a command that starts programs, `mapfile` a callback, `git bisect run` another program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import commands
from sekisho.guards.wrapped import JOINING, assigned, joins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.guards.script import Word

__all__ = ["aliased", "evaluates", "reads_words", "sets_variables", "written_by_sed"]

_BUILTINS: Final = frozenset({
    "let", "test", "[", "printf", "read", "unset", "declare", "typeset", "local", "export", "readonly", "mapfile",
    "readarray", "getopts", "wait",
})  # fmt: skip
_SETTERS: Final = frozenset({
    "printf", "read", "mapfile", "readarray", "getopts", "let", "unset", "declare", "typeset", "local", "export",
    "readonly",
})  # fmt: skip
_READERS: Final = frozenset({"sed", "less", "more", "strace", "ltrace", "git", "alias"})
_LONGEST_SCRIPT: Final = 4096
_SED: Final = re.compile(
    r"(?:^|[;{}\n0-9$/,])\s{0,8}e(?:\s|$)"
    r"|s([^\w\s\\])(?:\\.|(?!\1)[^\\\n]){0,200}\1(?:\\.|(?!\1)[^\\\n]){0,200}\1[gpiIMm0-9]{0,8}e"
)
_SED_FILE: Final = re.compile(r"[wWrR][ \t]{1,8}([^\s;}]{1,400})")


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
    match plain:
        case "sed":
            return any(len(text) > _LONGEST_SCRIPT or _SED.search(text) for text in texts)
        case "less" | "more":
            return any(text.startswith("+") and "!" in text for text in texts)
        case "strace" | "ltrace":
            return any(text.removeprefix("-o").lstrip().startswith(("|", "!")) for text in texts)
        case "git":
            runs = ("bisect" in texts and "run" in texts) or ("submodule" in texts and "foreach" in texts)
            return runs or any(text.startswith("--") and "-filter" in text.partition("=")[0] for text in texts)
        case _:
            return False


def sets_variables(plain: str, words: Sequence[Word]) -> bool:
    """Say whether a variable is set that makes the next program load or start something, or one by that name."""
    if plain in commands().wrappers:
        return any(name in commands().variables for name in assigned(plain, words))
    if plain not in _SETTERS:
        return False
    sides = (side for word in words for side in word.text.removeprefix("-v").split("=", 1))
    return any(side in commands().variables for side in sides)


def written_by_sed(words: Sequence[Word]) -> Iterator[str]:
    """Yield the files that a script of `sed` names."""
    for word in words:
        for found in _SED_FILE.finditer(word.text[:_LONGEST_SCRIPT]):
            yield found[1]


def aliased(words: Sequence[Word]) -> Iterator[str]:
    """Yield the commands that aliases stand for."""
    for word in words:
        name, equals, value = word.text.partition("=")
        if equals and name:
            yield value
