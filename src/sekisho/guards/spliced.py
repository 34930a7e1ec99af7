r"""The guard for names, keys, labels and versions of tools that do not say that they run anything.

Servers put them into command lines without saying so (CVE-2025-53967, CVE-2025-54994). In such values `;`, `|`, `&`
and `<` are honest: `R&D`, `>=1 <2`, `text/html; charset=utf-8`. What is not is that a command begins behind them:

- `word-shell`: a separator or a substitution, and behind it a program that machines have, a path to one, or a word that
  hides what it is by quotes and expansions; a redirection to a place; `$IFS`;
- `word-option`: a value that begins with an option of a program that starts another one, sends or overwrites; one word
  with options behind it (CVE-2026-39884: `web-1 --address=0.0.0.0`).

Where a tool does run something, nothing of the kind is honest (`word`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import commands
from sekisho.guards.glance import has_sign
from sekisho.guards.objection import CLEAN, Judgement, Objection
from sekisho.guards.readings import fold, liken, parts, read, squeeze, unpercent

if TYPE_CHECKING:
    from re import Match

__all__ = ["LONGEST", "begins", "judge_spliced"]

LONGEST: Final = 4096
"""Characters that are read: what is longer is no name."""


_SUSPECT: Final = re.compile(r"[;|&`\r\n\x00<>]|\$[({'\"I]|\A\s*[\"']?-|\s--?[A-Za-z]")
_ASSIGNED: Final = r"[\s(!]*(?:\{\s+)?(?:[A-Za-z_]\w*=\S*+[ \t]+)*"
_WORD: Final = r"[^\s;|&()<>`]{1,200}+(?!`\w)|(?:[^\s;|&()<>`]|`(?=\w)){1,200}"
_BEGINS: Final = re.compile(
    rf"(?:\$\(|`|<\(|>\(|;|\|\|?|&&?|\r\n?[\s(!]*+|\n[\s(!]*+)(?=(?>{_ASSIGNED})(?P<word>{_WORD})?)"
)
"""What a command may stand behind, and its first word behind brackets and what is set for it. Empty lines are one."""

_PIPED: Final = re.compile(r"\A\s{0,8}\|\s{0,8}[A-Za-z/.]")
"""What programs of many kinds take for another program to read from, in place of a file."""

_HIDDEN: Final = re.compile(r"\$[({'\"]|\$(?:0|SHELL|BASH|IFS)\b|\{\w+,")
_EXPANDED: Final = re.compile(r"\w\$(?:\{|[0-9@*])")
"""Something in a word that is nothing, or makes it another one."""

_DROPPED: Final = re.compile(r"[\"'\\]|\$@|\$\*|\$\{[@*]\}")
_PROGRAM: Final = re.compile(r"(?:/(?:bin|usr|sbin|tmp|opt|home|root|var|dev)/|\.{1,2}/|~/)\S")
_BEHIND: Final = "`\"',"
"""What may close a text behind a word."""

_PLACES: Final = ("/", ".", "~")
_TAKES: Final = re.compile(r"(?!</[A-Za-z][\w-]{0,40}>)[<>]{1,2}\s*(?:[~/$]/?[\w.]|\.{1,2}/\w)|&>")
_INNER: Final = re.compile(r"\$\((?!\))|\$\{?IFS|\$\{[@#!]")
_OPTION: Final = re.compile(r"\s*+(?:[\"']\s*+)?(--?[A-Za-z][\w-]{0,40})(=\S)?")
_LATER: Final = re.compile(
    r"\s--[A-Za-z][\w-]{0,40}=\S|\A\s*[^\s-]\S{0,400}\s+(?:--[A-Za-z][\w-]{0,40}|-[A-Za-z])(?=[\s=]|\Z)"
)
"""An option with a value, and any behind one word: a name that ends, and goes on as a command line."""
_GROUP: Final = re.compile(r"(?:^|[!?+*@/\w\]])\([^()]{0,400}$")
_WITHIN: Final = 402
"""Characters in which such a bracket is looked for."""

_SPOKEN: Final = re.compile(r"[ \t]+[A-Za-z][A-Za-z ,]{0,200}(\.[A-Za-z0-9]{1,5})?")
_ENGLISH: Final = frozenset({
    "black", "bundle", "cat", "composer", "convert", "coverage", "cut", "date", "delta", "diff", "docker", "exit",
    "export", "file", "find", "fold", "free", "git", "go", "groups", "head", "help", "history", "install", "java",
    "jobs", "join", "kill", "less", "local", "look", "mail", "make", "man", "more", "next", "node", "open", "paste",
    "patch", "perl", "php", "poetry", "python", "read", "return", "ruby", "say", "screen", "service", "set", "shift",
    "size", "sleep", "sort", "source", "split", "stack", "strings", "sum", "swift", "tail", "task", "test", "time",
    "top", "trash", "tree", "type", "wait", "watch", "which", "who", "yes",
})  # fmt: skip
"""Programs that people speak of without thinking of programs."""

_EXTRA: Final = frozenset({
    "bitsadmin", "calc", "certutil", "dd", "eval", "exec", "gnome-calculator", "kill", "mail", "mkfifo", "mshta",
    "nslookup", "open", "osascript", "powershell", "psql", "rsync", "rundll32", "say", "scp", "sendmail", "socat",
    "sqlite3", "source", "wscript", "xcalc", "xdg-open",
})  # fmt: skip
"""Programs that the table of commands does not have to know: whoever runs them as a command is asked anyway."""

_STEPS: Final = (unpercent, fold, liken, squeeze)


def judge_spliced(value: str) -> Judgement:
    """Judge a value that a server may put into a command line."""
    if value.isascii() and "%" not in value and not _SUSPECT.search(value):
        return CLEAN
    text = value[:LONGEST]
    short = None if text.isascii() else parts(text, _STEPS)
    if short is not None and not any(begins(each, short=True) or _piped(each) or _option(each) for each in short):
        return CLEAN
    found: dict[str, Objection] = {}
    readings = read(text, _STEPS)
    if not readings.settled:
        found["word-shell"] = Objection(rule="word-shell", start=0, end=len(value), numbers=(len(readings.texts),))
    for number, text in enumerate(readings.texts):
        for rule, span in (("word-shell", begins(text) or _piped(text)), ("word-option", _option(text))):
            if span is not None:
                start, end = span if number == 0 else (0, len(value))
                found.setdefault(rule, Objection(rule=rule, start=start, end=end, numbers=(number,)))
    return Judgement(objections=tuple(found.values())) if found else CLEAN


def _piped(text: str) -> tuple[int, int] | None:
    found = _PIPED.match(text)
    return found.span() if found else None


def begins(text: str, *, short: bool = False) -> tuple[int, int] | None:
    """Return where a command begins in a text that would be none without it; None if none does.

    Args:
        text: the text.
        short: whether it is a part of one, so that nothing is excused for what stands around it.
    """
    if "\\\n" in text and begins(text.replace("\\\n", ""), short=short) is not None:
        return 0, len(text)
    taken = _INNER.search(text) if "$" in text else None
    if taken is None and ("<" in text or ">" in text):
        taken = _TAKES.search(text)
    if taken is not None:
        return taken.span()
    for found in _BEGINS.finditer(text):
        word = found["word"]
        if word and _is_program(word) and (short or not (_is_grouped(text, found) or _is_prose(text, found))):
            return found.start(), found.end("word")
    return None


def _is_program(word: str) -> bool:
    bare = word.rstrip(_BEHIND)
    if bare.isalnum():
        return bare.lower() in _programs()
    if ("$" in word or "{" in word) and (_HIDDEN.match(word) or _EXPANDED.search(word)):
        return True
    if has_sign(word, "\"'\\$"):
        bare = _DROPPED.sub("", word).rstrip(_BEHIND)
    if bare[:1] in _PLACES and _PROGRAM.match(bare):
        return True
    return bare.rpartition("/")[2].lower().removesuffix(".exe") in _programs()


def _is_grouped(text: str, found: Match[str]) -> bool:
    """Say whether a bar stands between alternatives in brackets, such as those of a glob."""
    at = found.start()
    return found[0] == "|" and _GROUP.search(text, max(0, at - _WITHIN), at) is not None


def _is_prose(text: str, found: Match[str]) -> bool:
    """Say whether a separator is one of prose: `search & find`, or of the name of a file: `cut & paste test.md`."""
    spoken = _SPOKEN.fullmatch(text, found.end()) if found[0] == "&" else None
    if spoken is None or text[found.start() - 1 : found.start()] != " ":
        return False
    plain = found["word"].lower()
    return plain in _ENGLISH and (spoken[1] is None or plain in commands().readers)


def _option(text: str) -> tuple[int, int] | None:
    option = _OPTION.match(text)
    if option is not None:
        long = option[1].startswith("--")
        alone = long and (option[2] or not re.search(r"\s", text.strip()))
        if alone or (commands().risky_for_any(option[1], ()) if long else _is_named(option[1])):
            return option.span(1)
    later = _LATER.search(text) if "-" in text else None
    return later.span() if later else None


def _is_named(option: str) -> bool:
    """Say whether an option with one dash is known by its whole name, or is one of ssh with its value attached."""
    return (
        len(option) == len("-x")
        or option.startswith("-oProxy")
        or any(option in options for options in commands().options.values())
    )


@cache
def _programs() -> frozenset[str]:
    table = commands()
    every = (
        table.readers, table.developers, table.wrappers, table.interpreters, table.shells, table.sources, table.system,
    )  # fmt: skip
    return _EXTRA.union(*every) - {":", "[", "."}
