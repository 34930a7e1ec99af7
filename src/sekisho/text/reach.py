"""How far the words reach that turn to a reader: not over a paragraph's end, nor into the code beside them.

Sources and documents of programs for models are full of words for one. `agent: Agent` gives a parameter its type,
`agent_card:` is a member, and what stands in the next paragraph or function is said to nobody.
"""

from __future__ import annotations

import re
from typing import Final

from sekisho.text.lexicon.bystanders import DID, DOES, LISTED, NAMED, SENT, SUPPOSED, TYPED

__all__ = ["is_turned", "reaching"]

_DEFINITE: Final = re.compile(r"(?i:(?:^|[^\w])(?:the|our) \Z)")
_DOES: Final = re.compile(DOES)
_TURNED_NOWHERE: Final = re.compile(f"{TYPED}|{NAMED}|{SENT}|{SUPPOSED}|{DID}|{LISTED}")
_MEMBER: Final = re.compile(r"\W{0,3}\w{1,40}[_-]\w{1,40} ?:")
"""A name of several words with what it stands for."""
_PARAGRAPH: Final = re.compile(r"\n[ \t\r]*\n")
_CODE: Final = re.compile(
    r"\"\"\"|'''|\n {4,}\*{0,2}[a-z_]+(?: \([^)\n]{1,60}\))?: |\n[ \t]*(?:(?:async )?def |class |@\w|return\b|import |"
    r"from \S+ import |raise |(?:el)?if .*:\n|for .* in .*:\n|(?:const|let|var|export|function|public|private|static) |"
    r"\w+(?:\.\w+)* ?[+|]?= ?\S|\}|\w+\()"
)
"""Where a program goes on, or the list of its parameters."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_HEADING: Final = 8
_ADDRESS: Final = 5
"""Words that may be a heading, or the address alone: what they are about stands behind the next paragraph's end."""


def is_turned(before: str, window: str) -> bool:
    """Tell whether words that seem to turn to a reader do: not where they name a parameter, or tell what one does.

    Args:
        before: a word or two that stand before them.
        window: the words, and about a hundred characters from there on.
    """
    if _DEFINITE.search(before) and _DOES.match(window):
        return False
    return _TURNED_NOWHERE.match(window) is None


def reaching(before: str, window: str) -> tuple[str, str]:
    """Return what belongs to words that turn to a reader.

    Args:
        before: what stands before the words.
        window: the words, and what stands behind them.
    """
    ends = [found.start() for found in _CODE.finditer(window) if _says(window[: found.start()], _ADDRESS)]
    ends += [found.start() for found in _PARAGRAPH.finditer(window) if _says(window[: found.start()], _HEADING)]
    if _MEMBER.match(window):
        ends += [at for at in (window.find("\n"),) if at > 0]
    behind = window[: min(ends, default=len(window))]
    return _PARAGRAPH.split(_CODE.split(before)[-1])[-1], behind


def _says(words: str, most: int) -> bool:
    """Tell whether there are more words than an address has."""
    return len(_WORD.findall(words)) > most
