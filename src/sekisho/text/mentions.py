"""What a text shows and does not say: a quotation in a sentence that talks about such texts.

An advisory, a test or a guide quotes an order to speak of it. Blanked here, so that its readers see the sentence and
not the order; a quotation alone excuses nothing, and neither does the talk without one.
"""

from __future__ import annotations

import re
from typing import Final

from sekisho.text.lexicon.summons import MENTIONED
from sekisho.text.spans import Spans

__all__ = ["unquoted"]

_QUOTED: Final = re.compile(
    r"""(?<![\w'])'(?=\S)[^'\n]{3,200}'(?!\w)|(?<=[\w,(] )"(?=\S)[^"\n]{3,300}"|(?<=\()"(?=\S)[^"\n]{3,300}"|"""
    "“[^”\n]{3,300}”|«[^»\n]{3,300}»|「[^」\n]{3,300}」|(?<=[\\w,(] )`[^`\n]{3,200}`"
)
_MENTIONED: Final = Spans(f"(?i:{MENTIONED})", utf8=True)
_BEFORE: Final = 160
_BEHIND: Final = 80
"""Characters before and behind a quotation in which it is talked about."""


def unquoted(text: str, *, every: bool = False) -> str:
    """Return a text in which quotations that are talked about are empty.

    Args:
        text: any text.
        every: whether all of them are, but for code.
    """
    if every:
        return _QUOTED.sub(_emptied, text)
    return _QUOTED.sub(_shown, text) if _MENTIONED.has(text.encode("utf-8", "replace")) else text


def _emptied(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("`") else found[0][0] + found[0][-1]


def _shown(found: re.Match[str]) -> str:
    around = found.string[max(0, found.start() - _BEFORE) : found.start()] + " " + found.string[found.end() :][:_BEHIND]
    return found[0][0] + found[0][-1] if _MENTIONED.has(around.encode("utf-8", "replace")) else found[0]
