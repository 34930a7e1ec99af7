"""Takes a command apart: what stands in substitutions, loops and conditions becomes lists of simple commands.

Nothing is parsed: texts in quotes are taken out in one pass from the left, as a shell reads them, then substitutions
from the inside, then the words that make loops and conditions, which must stand where a command may begin and close in
the order in which they were opened. What does not fit is not taken apart, nor is what is odd to the first pass (an
escape, a comment, another here document), unless whoever looks at the lists will see that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import commands

if TYPE_CHECKING:
    from re import Match

__all__ = ["DOUBLE", "SINGLE", "VARIABLE", "unfolded"]

_RAW: Final = r"[^'\\`$\x00]"
_RAW_MARKED: Final = r"\\[^'\n\x00]|\$[^('`\\\x00$]"
SINGLE: Final = rf"'(?:{_RAW}|{_RAW_MARKED})*\$?'"
"""A text in which nothing is expanded, nor would be if somebody read it once more."""

_READ: Final = r"[^\"\\$`\x00]"
VARIABLE: Final = r"\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}"
DOUBLE: Final = rf"\"(?:{_READ}|{VARIABLE})*\""
"""A text in which variables are expanded, and nothing else."""

_MESSAGES: Final = 4
"""Here documents; each is looked for to the end."""

_DEEPEST: Final = 8
"""Substitutions inside of substitutions."""

_QUOTED: Final = re.compile(rf"'(?:{_RAW}++|{_RAW_MARKED})*+\$?'|\"(?:{_READ}++|{VARIABLE})*+\"")
_QUOTED_MORE: Final = re.compile(
    # a message, as programs write it: the text of a here document whose mark is quoted
    r"\"\$\([ \t]*cat[ \t]*<<[ \t]*'(?P<mark>[A-Za-z_]\w*)'\n"
    r"(?:(?![ \t]*(?P=mark))[^\n\\\x00<]*+(?:<(?!<)[^\n\\\x00<]*+)*+\n)*+(?P=mark)\n[ \t\n]*\)\""
    rf"|{_QUOTED.pattern}"
    rf"|(?P<inner>\"(?:{_READ}++|{VARIABLE}|\$\([^()\"'`\\\x00]*\))*+\")",
)
_STRANGE: Final = re.compile(r"[#\\`?]")
_SUBSTITUTED: Final = re.compile(r"\$\(([^()]*)\)")
_KEYWORD: Final = re.compile(r"(?:if|then|elif|else|fi|for|while|until|do|done)(?![^\s;|&>])")
_BEFORE_KEYWORDS: Final = frozenset("\t\n ;|&")
_ODD_SPACE: Final = re.compile(r"[\r\v\f]")
"""White space to others, and a letter to a shell."""

_OPENING: Final = frozenset({"if", "for", "while", "until"})
_CLOSING: Final = {"fi": ("then", "else"), "done": ("do",)}
_GOING_ON: Final = {
    "then": (("if", "elif"), "then"),
    "elif": (("then",), "elif"),
    "else": (("then",), "else"),
    "do": (("for", "while", "until"), "do"),
}
_OVER: Final = re.compile(r"[ \t]+([A-Za-z_]\w*)[ \t]+in([ \t]+[^\s;|&<>][^\n;|&<>]*)(?:;|\n)\s*")
_BEHIND: Final = re.compile(
    r"(?:[ \t]+2?>>?[ \t]*(?:&1|[\w./-]+)|[ \t]*<[ \t]*[\w./-]+)?(?:[ \t]*(?:[;\n|]|&&|\Z)|[ \t]+#)"
)
"""What may stand behind a loop or a condition: where its output goes, and the next command."""


def unfolded(text: str, *, odd: bool = False) -> list[str] | None:
    """Return the lists of simple commands of which a command is made; None if it was not taken apart.

    Args:
        text: the command. In what is returned, `''` stands for each text in quotes, `${q}` for each substitution, and
            `ls` for a loop or condition that is over, and before the words that a loop goes over.
        odd: whether what is odd stays where it is.
    """
    if _ODD_SPACE.search(text):
        return None
    if "$(" in text and (("'" in text and "[" in text) or text.count("<<") > _MESSAGES):
        return None  # the first may be a condition that reads a text once more
    inner: list[str] = []
    bare = _QUOTED_MORE.sub(lambda found: _put(found, inner), text) if "$(" in text else _QUOTED.sub("''", text)
    if "'" in bare.replace("''", "") or '"' in bare or not (odd or _is_even(bare)):
        return None
    lists: list[str] = []
    for each in (bare, *inner):
        rest = _innermost(each, lists)
        if rest is None:
            return None
        lists.append(rest)
    flat = [_flat(each) for each in lists]
    return None if None in flat else [each for each in flat if each is not None]


def _is_even(bare: str) -> bool:
    """Say whether a text without its quotes holds nothing of which no simple command is made."""
    return _STRANGE.search(bare) is None and "<<" not in bare


def _put(found: Match[str], inner: list[str]) -> str:
    if found["inner"] is not None:
        inner += _SUBSTITUTED.findall(found["inner"])
    return "''"


def _innermost(text: str, lists: list[str]) -> str | None:
    """Take out substitutions, from the inside; None if there are too many."""
    for _ in range(_DEEPEST):
        if "$(" not in text:
            return text
        lists += _SUBSTITUTED.findall(text)
        text = _SUBSTITUTED.sub("${q}", text)
    return None


def _flat(text: str) -> str | None:
    """Return a list without its loops and conditions; None where one is not whole."""
    places = [
        found.span()
        for found in _KEYWORD.finditer(text)
        if not found.start() or text[found.start() - 1] in _BEFORE_KEYWORDS
    ]
    if not places:
        return text
    before = text[: places[0][0]]
    made, opened, last = [before], list[str](), ""
    for (start, end), following in zip(places, [*(start for start, _ in places[1:]), len(text)], strict=True):
        word, behind = text[start:end], text[end:following]
        fits = _begins(before, last) if word in _OPENING else last == "for" or _ends(before, last)
        put = _behind(word, behind) if fits and _stepped(word, opened) else None
        if put is None:
            return None
        made.append(put)
        last, before = word, behind
    return None if opened else "".join(made)


def _begins(before: str, last: str) -> bool:
    """Say whether a command may begin behind a text, which stands behind the last word."""
    told = before.rstrip()
    if not told and last not in _CLOSING:
        return True
    return told.endswith((";", "|", "&")) or "\n" in before[len(told) :]


def _ends(before: str, last: str) -> bool:
    """Say whether a text, which stands behind the last word, holds a list and its end."""
    told = before.rstrip()
    if told.endswith(";"):
        told = told[:-1].rstrip()
    elif "\n" not in before[len(told) :]:
        return False
    return not told.endswith((";", "|", "&")) if told else last in _CLOSING


def _stepped(word: str, opened: list[str]) -> bool:
    """Open, close or go on with what was opened last; False if that is something else."""
    if word in _OPENING:
        opened.append(word)
        return True
    state = opened.pop() if opened else ""
    if word in _CLOSING:
        return state in _CLOSING[word]
    before, now = _GOING_ON[word]
    opened.append(now)
    return state in before


def _behind(word: str, behind: str) -> str | None:
    """Return what stands for a word and what follows it; None if that may not follow."""
    if word in _CLOSING:
        return f"ls{behind}" if _BEHIND.match(behind) else None
    if word != "for":
        return behind
    over = _OVER.fullmatch(behind)
    return f"ls{over[2]}; " if over and over[1] not in commands().variables else None
