"""What stands in the place of a variable in a command: what the command sets, and places that everybody knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.script import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["PLACES", "printed", "substituted"]

_VARIABLE: Final = re.compile(r"\$(?:\{(\w+)(?::?[-=+]([^{}]*))?\}|(\w+))")
"""A variable, and what stands for it where it is not set, or is."""

_TURNED: Final = re.compile(r"\$\{(?:![A-Za-z_]|(?:PWD|OLDPWD|HOME|PATH|BASH|SHELL|0)[%/:^@,])")
"""A place that everybody knows, cut or changed into another one, and what a variable names that is named by another."""

PLACES: Final = {
    **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "RUNNER_TEMP"), ("/tmp",)),  # noqa: S108 - a name only
    **dict.fromkeys(("OLDPWD", "PATH", "BASH", "SHELL", "XDG_RUNTIME_DIR"), ("/",)),
    "XDG_CONFIG_HOME": ("~/.config",),
    "XDG_CACHE_HOME": ("~/.cache",),
    "XDG_DATA_HOME": ("~/.local/share",),
    "XDG_STATE_HOME": ("~/.local/state",),
}
"""What variables hold that a command need not set: below these, or anywhere."""

_CONVERSION: Final = re.compile(r"%[-+ #0]{0,5}\d{0,4}(?:\.\d{1,4})?[A-Za-z]")
_NESTED: Final = 3
_UNTOLD: Final = "\0"


def substituted(text: str, variables: Mapping[str, Sequence[str]], depth: int = _NESTED) -> Iterator[str]:
    """Yield what a text may say; NUL stands for what nobody knows, the top for a known place that is cut or changed.

    Args:
        text: with variables.
        variables: what each may hold.
        depth: how many are put in at most.
    """
    if _TURNED.search(text):
        yield "/"
        return
    found = _VARIABLE.search(text)
    name = "" if found is None else found[1] or found[3]
    if found is None or not depth:
        yield text
        return
    values = ("~",) if name == "HOME" and not found.start() else variables.get(name)
    if name == "PWD" and not found.start():
        values = (".",)
    instead = () if found[2] is None else (found[2],)
    for value in (*(values or (_UNTOLD,)), *instead):
        for rest in substituted(text[found.end() :], variables, depth - 1):
            yield f"{text[: found.start()]}{value}{rest}"


def printed(words: Sequence[Word]) -> tuple[str, Word] | None:
    """Return the variable that `printf -v` sets, and what it is set to; None where it prints.

    Args:
        words: those of `printf`.
    """
    if not words or not words[0].text.startswith("-v"):
        return None
    given = [Word(words[0].text.removeprefix("-v")), *words[1:]] if words[0].text != "-v" else [*words[1:]]
    if len(given) < 2:  # noqa: PLR2004 - a name and a format
        return None
    name, form, *values = given
    left = iter(values)
    text = _CONVERSION.sub(lambda _: next(left, Word("")).text, form.text)
    return name.text, Word(text, all(word.literal for word in given))
