"""The one way in which other people's text reaches a person's eyes.

Names, arguments, results and errors come from servers, pages and models, and whoever wrote them may want to move the
cursor, hide a word, turn a line around or speak to a CI runner.
`printable` makes such text one harmless line; every surface that a person reads takes its values through it.

What it does not do: it does not tell look-alike letters apart, and it cannot keep Hebrew or Arabic words from being
drawn right to left, which terminals do without any control character.
The visible form of a character can also be typed (`⟨U+202E⟩` is eight ordinary characters): it informs, it proves
nothing. HTML needs its own escaping on top.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["columns", "printable"]

_ELLIPSIS: Final = "…"
_ZWNJ: Final = "\u200c"
_ZWJ: Final = "\u200d"
_EMOJI_STYLE: Final = "\ufe0f"
_DELETE: Final = 0x7F
_MARKS_MAX: Final = 6

# GitHub and GitLab runners read commands from the output: `::x` at the start of a line, `##[x` anywhere;
# Azure and TeamCity read `##vso[` and `##teamcity[`.
_COMMAND: Final = re.compile(r"\A(\s*)::|##(?=\[|vso\[|teamcity\[)", re.IGNORECASE)

# Letters, marks and symbols that draw nothing: fillers, Mongolian selectors, the empty braille cell.
_BLANK: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U00016fe4\U0001d159",
)
# Symbols with an emoji style outside of the pictographic blocks.
_STYLED: Final = frozenset("0123456789#*©®‼⁉™〰〽㊗㊙ℹ")  # noqa: RUF001 - U+2139 is meant
_NO_BREAK: Final = frozenset("\u00a0\u202f")
_SPACES: Final = frozenset(" \u3000")


def printable(text: str, *, width: int | None = None) -> str:
    """Make any text one line that only shows itself.

    Shown instead of obeyed: control characters as their pictures (ESC is `␛`, a line end `␊`), and as `⟨U+202E⟩` the
    C1 controls, bidirectional controls, line and paragraph separators, tag characters, lone surrogates, private and
    unassigned characters, invisible fillers and rare spaces, variation selectors and combining marks that have
    nothing to stand on, and marks after the sixth in a row.
    A prefix that CI runners take for a command is broken by the same brackets: `⟨::⟩error`.

    Kept, because ordinary text needs them: the ideographic space; a joiner between two emoji; a joiner or non-joiner
    between two letters of a script that joins (Persian, Hindi …); one variation selector behind an emoji or an
    ideograph. No-break spaces become spaces.

    Linear in the length of the text; never raises, whatever the text holds.

    Args:
        text: anything.
        width: the most columns that the result takes; more is cut and ends with an ellipsis. None does not cut.
    """
    safe = _COMMAND.sub(_broken, text)
    if safe.isascii() and safe.isprintable():
        return safe if width is None or len(safe) <= width else _cut_ascii(safe, width)
    pieces = _pieces(safe)
    return "".join(pieces) if width is None else _cut(pieces, width)


def columns(text: str) -> int:
    """Count the terminal columns of a printable text.

    Wide and full-width characters (East Asian Width) count two, combining marks and joiners none, all others one.
    Characters of ambiguous width count one. An emoji sequence counts as the sum of its parts, which is what a terminal
    without such sequences draws and never less than what others draw.
    """
    if text.isascii():
        return len(text)
    return sum(_advance(char, before) for before, char in pairwise(chain(("",), text)))


def _broken(match: re.Match[str]) -> str:
    return "⟨##⟩" if match[1] is None else f"{match[1]}⟨::⟩"


def _cut_ascii(text: str, width: int) -> str:
    return f"{text[: width - 1]}{_ELLIPSIS}" if width > 0 else ""


def _cut(pieces: Iterable[str], width: int) -> str:
    if width < 1:
        return ""
    shown: list[tuple[str, int]] = []
    used, before = 0, ""
    for piece in pieces:
        advance = _advance(piece, before) if len(piece) == 1 else columns(piece)
        if used + advance > width:
            return "".join([*_shortened(shown, used, width - 1), _ELLIPSIS])
        shown.append((piece, advance))
        used, before = used + advance, piece
    return "".join(piece for piece, _ in shown)


def _shortened(shown: list[tuple[str, int]], used: int, width: int) -> Iterator[str]:
    while shown and (used > width or shown[-1][0] in {_ZWJ, _ZWNJ}):
        used -= shown.pop()[1]
    return (piece for piece, _ in shown)


def _pieces(text: str) -> Iterator[str]:
    before, marks = "", 0
    for char, after in pairwise(chain(text, ("",))):
        if " " <= char <= "~":
            before, marks = char, 0
            yield char
            continue
        kind = category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        kept = marks <= _MARKS_MAX and _stands(char, kind, before, after)
        before = char if kept else ""
        yield char if kept else _visible(char)


def _stands(char: str, kind: str, before: str, after: str) -> bool:
    """Whether a character may stand as itself between its neighbours; `before` is empty behind an escaped one."""
    if char in _BLANK:
        return False
    match kind:
        case "Mn" | "Me":
            return _selects(char, before) if _is_selector(char) else before != "" and before not in _SPACES
        case "Cf":
            return (char == _ZWJ and _is_emoji_part(before) and _is_pictograph(after)) or (
                char in {_ZWJ, _ZWNJ} and _joins(before) and _joins(after)
            )
        case "Cc" | "Cs" | "Co" | "Zl" | "Zp":
            return False
        case "Cn":
            return char > "\uffff" and (_is_new_emoji(char) or _is_ideograph(char))
        case "Zs":
            return char in _SPACES
        case _:
            return True


def _visible(char: str) -> str:
    point = ord(char)
    if char in _NO_BREAK:
        return " "
    if point < ord(" "):
        return chr(0x2400 + point)
    return "␡" if point == _DELETE else f"⟨U+{point:04X}⟩"


def _advance(char: str, before: str) -> int:
    """The columns that `char` adds behind `before`."""
    if char == _EMOJI_STYLE:
        return 1 if before and not _is_wide(before) else 0
    if category(char) in {"Mn", "Me", "Cf"} or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff":
        return 0
    return 2 if _is_wide(char) else 1


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in {"W", "F"} or (_is_new_emoji(char) and category(char) == "Cn")


def _is_new_emoji(char: str) -> bool:
    """Whether it is in the blocks where Unicode adds emoji, which may be newer than Python's tables."""
    return "\U0001f000" <= char <= "\U0001faff"


def _is_pictograph(char: str) -> bool:
    return "\u2190" <= char <= "\u27ff" or "\u2900" <= char <= "\u2bff" or _is_new_emoji(char)


def _is_emoji_part(char: str) -> bool:
    return char == _EMOJI_STYLE or _is_pictograph(char)


def _is_ideograph(char: str) -> bool:
    if not ("\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003fffd"):
        return False
    return ord(char) & 0xFFFE != 0xFFFE  # noqa: PLR2004 - the last two of each plane are no characters


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _selects(char: str, before: str) -> bool:
    if before == "":
        return False
    return _is_ideograph(before) or (char <= _EMOJI_STYLE and (before in _STYLED or _is_pictograph(before)))


def _joins(char: str) -> bool:
    """Whether it is a letter or mark of a script whose letters join, from Arabic to Myanmar, Khmer and Mongolian."""
    if not ("\u0600" <= char <= "\u109f" or "\u1780" <= char <= "\u18af" or "\ufb50" <= char <= "\ufefc"):
        return False
    return category(char)[0] in "LM" and char not in _BLANK and not _is_selector(char)
