"""Commands that are harmless by their form, told in one linear pass: most of them need no parser.

One set of patterns is made of the tables (`commands`, `places`). The first one is a language: known programs that only
show, build or test, with plain words, whole quotes, variables, redirections, `|`, `&&` and `;`. The others are whatever
a table objects to, anywhere in the text: names of credentials, of what runs by itself, of disks, options that start
something. A text of the language without any of these has nothing to which the careful reading (`shell`) could object.
Neither has one without any of these whose loops, conditions and substitutions hold nothing but such texts (`unfolded`).
All else is read carefully; so nothing here can be too strict, and nothing passes that the careful reading would stop,
which is a property of the tests.
"""

from __future__ import annotations

import re
from functools import cache
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import commands
from sekisho.guards.places import places
from sekisho.guards.unfolded import DOUBLE, SINGLE, VARIABLE, unfolded
from sekisho.text.signatures import SignatureError, SignatureSet

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LONGEST", "is_quiet"]

LONGEST: Final = 8192
"""Characters; a text that is longer is read carefully."""

_JUDGED: Final = frozenset({
    # by their words
    "awk", "chgrp", "chmod", "chown", "cp", "curl", "eval", "fd", "fdfind", "find", "gawk", "mawk", "mv", "rm",
    "rmdir", "sed", "source", "tee", "trash", ".", ":", "gdb", "lldb", "strace", "valgrind", "hyperfine",
    "nano", "tar", "trap",
    # by what they do to the shell itself
    "alias", "break", "cmd", "compgen", "continue", "declare", "exit", "export", "getopts", "hash", "let", "local",
    "mapfile", "read", "readarray", "readonly", "return", "set", "shift", "shopt", "typeset", "unalias", "unset",
    "wait", "help", "type", "[", "uv", "uvx", "npx", "bunx", "pipx", "mise", "test", "less", "more", "printf", "ltrace",
})  # fmt: skip
"""Known programs that are read carefully, whatever their words are."""

_GIT: Final = (
    "add|blame|branch|checkout|cherry-pick|commit|describe|diff|fetch|log|ls-files|merge|merge-base|mv|pull|push|rebase|"
    "reflog|remote|reset|restore|rev-list|rev-parse|revert|rm|shortlog|show|stash|status|switch|tag|worktree"
)
_BARE: Final = rf"(?:[\w./:@,+=%^~*]|{VARIABLE})(?:[\w./:@,+=%^~*-]|{VARIABLE})*"
_WHOLE: Final = rf"(?:--?[\w-]*=)?(?:{SINGLE}|{DOUBLE})"
_TARGET: Final = r"(?:&[12]|[\w./-]+)"
_REDIRECTION: Final = rf"(?:(?:[ \t]+[12]|[ \t]*&?)>>?[ \t]*{_TARGET}|[ \t]*<[ \t]*[\w./-]+)"
_TESTED: Final = rf"(?:[\w./-]+|'[^'\\`$\x00]*'|{DOUBLE}|{VARIABLE})"
_COMPARED: Final = rf"{_TESTED}[ \t]+(?:!?=|-(?:eq|ne|lt|le|gt|ge))[ \t]+{_TESTED}"
_TEST: Final = rf"\[[ \t]+(?:(?:![ \t]+)?-[defhlnrswxz][ \t]+{_TESTED}|{_COMPARED})[ \t]+\]"
_READ: Final = r"read(?:[ \t]+-r)?(?:[ \t]+[a-z_]\w*)+"
_ASSIGNED: Final = re.compile(r"\s*\w+=")
_FOLDED: Final = re.compile(r"(?:^|[\s;|&])(?:done|fi)(?![\w./-])")
"""A loop or a condition ends."""

_STEP: Final = r"[/\\]+(?:\.[/\\]+)*"
_HIDDEN_PATTERN: Final = (
    r"(?:^|[\s/\\='\":@,])(?:\.|id_)[^\s/]*[*?\[{]",
    r"-[\w-]*\.[^\s/]*[*?\[{]",
)
_ALWAYS_SUSPECT: Final = (
    r"/(?:etc|run|var|usr|lib|library)\b",
    r"/proc/",
    r"/dev/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|mapper|mem|kmem|port|tcp|udp)",
    r"\(\)\s*\{",
    r"(?:/|/etc|/root|/home|~|\$home|docker\.sock):/",
    r"\sconfig",
    r"@p\}",
    r"\bpython3?\b[^\n;|&]*[ \t](?:-|--?eval|eval|--execute|--print|--?command)(?:[^\w-]|\z)",
    r"::\$",
    r"\bmake\b[^\n;|&]*(?:-[a-z]*f|--(?:make)?fi[a-z]*)['\"= \t]*(?:-(?:[\s'\";|&]|\z)|/dev/|/proc/)",
    r">[ \t]*/(?:etc|usr|s?bin|lib\w*|boot|sys|proc|root)/",
    r"\bgit[ \t]+(?:clone|ls-remote)\b[^\n;|&]*[ \t]-u",
    r"\b(?:ext|fd)::",
    r"-m[ \t]+(?:code|doctest|idlelib|i?pdb|ipython|pip|timeit)\b",
    r"\b(?:npm|pnpm|yarn)\b[^\n;|&]*[ \t'\"](?:exec|x|dlx|node|config|c)(?:[ \t'\"]|\z)",
    r"\b(?:poetry|pdm|hatch|pipenv|conda|bundle|composer)\b[^\n;|&]*[ \t'\"](?:run|exec)(?:[ \t'\"]|\z)",
    r"\bcmake[ \t]+['\"]?-e\b",
    r"\bkubectl\b[^\n;|&]*[ \t'\"]exec(?:[ \t'\"]|\z)",
    r"\bpip3?[ \t]+['\"]?(?:config|c)\b",
    r"--net(?:work)?[= \t]+host|git\+|git@|github:|gitlab:|bitbucket:|://",
    r"(?:\A|[\s=:'\"])\.\.(?:/\.\.)*/?:/",
    r"['\"]-[a-z]",
)


def is_quiet(text: str) -> bool:
    """Say whether a command is one of known programs without anything to judge in it. False says nothing."""
    if len(text) > LONGEST or not text.isascii():
        return False
    patterns = _patterns()
    try:
        found = patterns.match(text)
        if found:
            return found == [0]
        folded = "$(" in text or _FOLDED.search(text) is not None
        lists = unfolded(text) if folded and not _ASSIGNED.match(text) else None
        return lists is not None and all(patterns.match(each) == [0] for each in lists)
    except SignatureError:
        return False


@cache
def _patterns() -> SignatureSet:
    return SignatureSet([rf"\A(?s:{_language()})\z", *_ALWAYS_SUSPECT, *_HIDDEN_PATTERN, *map("|".join, _suspects())])


def _suspects() -> Iterator[list[str]]:
    """Yield what the tables object to, as patterns that may say too much."""
    every = places()
    for table in (every.credentials, every.secrets, every.protected):
        yield [_trail(first, rest) for first, trails in table.trails.items() for rest, _ in trails]
        yield [re.escape(end) for end in (*table.endings, *table.beginnings) if end != "/"]
    table = commands()
    yield [re.escape(setting) for setting in sorted(table.settings)]
    yield [rf"\bread\b[^\n;|&]*\b(?:{'|'.join(sorted(table.variables))})\b"]
    for program in table.options.keys() & _names():
        long = {*table.options[program]} - {*table.letters[program]}
        shortened = {option[:4] for option in table.shortened.get(program, ())}
        yield [_option(program, name) for name in sorted(long | shortened)] or ["\\z\\A"]


def _option(program: str, name: str) -> str:
    """Return the pattern of an option, wherever it stands; of a word, behind its program."""
    if name.startswith("-"):
        return re.escape(name)
    return rf"{re.escape(program)}\b[^\n;|&]*[ \t'\"]{re.escape(name)}(?:[ \t'\"=:;|&<>\n]|\z)"


def _trail(first: str, rest: tuple[str, ...]) -> str:
    return re.escape(first) + "".join(_STEP + re.escape(name) for name in rest[:1])


@cache
def _names() -> frozenset[str]:
    """Return the programs of the language."""
    table = commands()
    judged = _JUDGED | table.interpreters | table.shells | table.wrappers | table.system
    return (table.readers | table.developers) - judged


def _language() -> str:
    """Return the pattern of a whole command."""
    valued = commands().valued
    by_letters: dict[tuple[str, bool], list[str]] = {}
    for name in sorted(_names() - {"git"}):
        by_letters.setdefault((_letters(name), name in valued), []).append(re.escape(name))
    programs = [
        rf"(?:{'|'.join(names)}){_tail(letters, together=together)}"
        for (letters, together), names in by_letters.items()
    ]
    git = rf"git[ \t]+(?:{_GIT}){_tail(_letters('git'))}"
    python = rf"python3?[ \t]+-m[ \t]+[\w.]+{_tail(_letters('python') + 'cenpr')}"
    one = rf"(?:{'|'.join(programs)}|{git}|{python}|{_TEST}|{_READ})[ \t]*"
    return rf"\s*{one}(?:(?:\|&?|&&|\|\||;|\n)\s*{one})*;?\s*"


def _letters(program: str) -> str:
    """Return the letters that are options of a program to be judged, in lower case: `-O` and `-o` alike."""
    return "".join(sorted({each[1].lower() for each in commands().letters.get(program, ())}))


def _tail(letters: str, *, together: bool = False) -> str:
    """Return the pattern of the words of a program, of which no option begins with one of some letters.

    Args:
        letters: in lower case.
        together: whether they may stand behind others.
    """
    safe = "".join(each for each in ascii_lowercase if each not in letters)
    more = r"(?:[./:@,+=%^~][\w./:@,+=%^~-]*)?"
    several = rf"-(?:[{safe}0-9]+{more}|-[a-z][\w./:@,+=%^~-]*)?|--"
    option = several if together else rf"-(?:(?:[{safe}0-9]|-[a-z])[\w./:@,+=%^~-]*)?|--"
    return rf"(?:[ \t]+(?:{_BARE}|{option}|{_WHOLE})|{_REDIRECTION})*"
