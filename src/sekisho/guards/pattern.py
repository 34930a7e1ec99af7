r"""The guard for values that are a pattern to match with: those that make a backtracking engine try every way.

A repeat without end is harmful if what it repeats can match the same run of one character in two ways: `(a+)+`,
`(a|a)*`, `(a?a)*`, `(\s*\w+)*`, `(.*,)*`; on a text that does not match, the ways multiply with every character
(CWE-1333). `(\w+\.)+` is not among them: each round needs a dot, which nothing else in it matches. The common syntax
of Python, JavaScript, PCRE and Java is read, in one pass. Ways that need two different characters (`(a|b|ab)*`) are
not found, nor is what grows with a power (`.*.*.*x`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

__all__ = ["LONGEST", "judge_pattern"]

LONGEST: Final = 4096
"""Characters that are read."""

_ALL: Final = (1 << 192) - 1
"""The characters of ASCII, and as many bits for all others together as there is room for: 64."""

_OTHER: Final = _ALL & ~((1 << 128) - 1)
_LAST: Final = 127
_TOKEN: Final = re.compile(
    r"(?P<open>\((?:\?(?:[:=!>|]|<[=!]|P?<\w+>|'\w+'|[a-zA-Z-]+[:)]|#[^)]*\))?)?)|(?P<close>\))|(?P<or>\|)"
    r"|(?P<repeat>[*+?]|\{\d+(?:,\d*)?\})(?P<kind>[?+]?)|(?P<class>\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])"
    r"|(?P<escape>\\(?:[xu][0-9a-fA-F]{2,4}|[pP]\{[^}]*\}|k<\w+>|.))|(?P<other>.)",
    re.DOTALL,
)
_KINDS: Final = {"d": "[0-9]", "w": r"\w", "s": r"\s", "h": r"[ \t]"}
_ASSERTING: Final = ("(?=", "(?!", "(?<=", "(?<!")
_SIGNS: Final = ("*", "+", "?")
_MANY: Final = 16
"""Rounds that are as bad as no end."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a pattern makes of a run of one character."""

    one: int = 0
    """The characters of which it matches a run in one way at least."""

    two: int = 0
    """Those of which it matches one in two ways at least, of the same length or not."""

    empty: bool = False
    """Whether it may match nothing."""


@dataclass(slots=True)
class _Open:
    """A group that is being read."""

    begins: str = ""
    branches: list[_Part] = field(default_factory=list[_Part])
    parts: list[_Part] = field(default_factory=list[_Part])


def judge_pattern(value: str) -> Judgement:
    """Judge a value as a regular expression: `pattern-explodes`.

    Args:
        value: the pattern; of a longer one only the beginning is read.
    """
    if "(" not in value or not _explodes(value[:LONGEST]):
        return CLEAN
    return Judgement(objections=(Objection(rule="pattern-explodes", start=0, end=len(value)),))


def _explodes(pattern: str) -> bool:
    groups = [_Open()]
    ended = -1
    for token in _TOKEN.finditer(pattern):
        group = groups[-1]
        match token.lastgroup:
            case "open" if not token["open"].endswith(")"):
                groups.append(_Open(begins=token["open"]))
            case "close" if len(groups) > 1:
                groups.pop()
                groups[-1].parts.append(_closed(group))
            case "or":
                group.branches.append(_sequence(group.parts))
                group.parts = []
            case "repeat" | "kind" if token.start() == ended and token["repeat"] in _SIGNS:
                ended = token.end()  # `**`: engines that go back refuse it, others take it for one
            case "repeat" | "kind":
                ended = token.end()
                if group.parts:
                    part, worst = _repeated(group.parts[-1], token["repeat"], token["kind"])
                    if worst:
                        return True
                    group.parts[-1] = part
            case "class" | "escape" | "other":
                group.parts.append(_atom(token[0]))
            case _:
                pass
    return False


def _closed(group: _Open) -> _Part:
    """Return a group as one part; what only looks matches nothing, what never goes back matches in one way."""
    if group.begins in _ASSERTING:
        return _Part(empty=True)
    part = _either([*group.branches, _sequence(group.parts)])
    return _Part(part.one, 0, part.empty) if group.begins == "(?>" else part


def _sequence(parts: list[_Part]) -> _Part:
    needed = [part for part in parts if not part.empty]
    spare = [part for part in parts if part.empty]
    if not needed:
        return _Part(*_union(spare), empty=True)
    one, two = _ALL, 0
    for part in needed:
        one &= part.one
        two |= part.two
    for part in spare:
        two |= part.one
    return _Part(one, one & two)


def _either(branches: list[_Part]) -> _Part:
    return _Part(*_union(branches), empty=any(part.empty for part in branches))


def _union(parts: list[_Part]) -> tuple[int, int]:
    one = two = 0
    for part in parts:
        two |= part.two | (one & part.one)
        one |= part.one
    return one, two


def _repeated(part: _Part, repeat: str, kind: str) -> tuple[_Part, bool]:
    """Return a repeated part, and whether the repeat explodes."""
    least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(repeat) or _bounds(repeat)
    endless = (most is None or most >= _MANY) and kind != "+"
    several = (most is None or most > max(least, 1)) and kind != "+"
    two = (part.two | part.one) if several else part.two
    return _Part(part.one, two, empty=part.empty or least == 0), endless and part.two != 0


def _bounds(repeat: str) -> tuple[int, int | None]:
    first, comma, last = repeat[1:-1].partition(",")
    least = int(first[:9])
    return least, (int(last[:9]) if last else None) if comma else least


@lru_cache(maxsize=1024)
def _atom(text: str) -> _Part:
    if text in {"^", "$"} or (text[0] == "\\" and text[1:2] in "bBAZzG0123456789k"):
        return _Part(empty=True)
    if text == ".":
        return _Part(_ALL & ~(1 << 10))
    if text[0] == "[":
        return _Part(_of_class(text))
    if text[0] == "\\":
        return _Part(_of_escape(text[1:]))
    return _Part(_bit(text))


def _bit(char: str) -> int:
    return 1 << ord(char) if char.isascii() else 1 << (128 + ord(char) % 64)


def _of_escape(name: str) -> int:
    kind = _KINDS.get(name[0].lower()) if len(name) == 1 else None
    if kind is not None:
        inside = sum(1 << code for code in range(128) if re.match(kind, chr(code)))
        inside |= _OTHER if name in "wW" else 0
        return _ALL & ~inside if name.isupper() else inside
    if name[0] in "pP":
        return _ALL
    if name[0] in "xu" and len(name) > 1:
        return _bit(chr(int(name[1:], 16)))
    return _bit({"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}.get(name[0], name[0]))


def _of_class(text: str) -> int:
    inner = text[1:-1].removeprefix("^")
    found = 0
    pieces = re.findall(r"\[:\w+:\]|\\(?:[xu][0-9a-fA-F]{2,4}|[pP]\{[^}]*\}|.)|.", inner, re.DOTALL)
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if at + 2 < len(pieces) and pieces[at + 1] == "-" and len(piece) == len(pieces[at + 2]) == 1:
            low, high = ord(piece), ord(pieces[at + 2])
            found |= sum(1 << code for code in range(low, min(high, _LAST) + 1)) | (_OTHER if high > _LAST else 0)
            at += 3
            continue
        found |= _ALL if piece.startswith("[:") else _of_escape(piece[1:]) if piece[0] == "\\" else _bit(piece)
        at += 1
    return _ALL & ~found if text.startswith("[^") else found
