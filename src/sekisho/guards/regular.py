"""Commands that the grammar reads without going back: lists of simple commands, in loops, conditions, substitutions.

The grammar may need the square of a text's length, and for each error in it as long as for a hundred words. Nobody can
tell beforehand how long it takes, but for texts that are regular in the plainest sense: what is left of them without
quotes, substitutions, loops and conditions (`unfolded`) fits one pattern, in which no two operators touch.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from sekisho.guards.unfolded import VARIABLE, unfolded
from sekisho.text.signatures import SignatureError, SignatureSet

__all__ = ["is_regular"]

_SPECIAL: Final = re.compile(r"(?<![\w./-])(?:case|esac|function|select|coproc|in|time)(?![\w./-])|\[\[|\]\]")
"""Words that begin or end more than a simple command."""

_PART: Final = rf"(?:[\w./:@,+=%^~*?-]|''|\\[^\n\x00]|{VARIABLE}|\$[?#@*!0-9$]|\{{[\w.,-]*\}})"
_WORD: Final = rf"(?:{_PART}(?:{_PART}|#)*)"
_SPACE: Final = r"(?:[ \t]|\\\n)"
_REDIRECTION: Final = rf"(?:[0-9]|&)?(?:>>?|<){_SPACE}*(?:&[0-9]|{_WORD})"
_TEST: Final = rf"\[{_SPACE}+(?:(?:!|{_WORD}){_SPACE}+)+\]"
_COMMAND: Final = rf"(?:!{_SPACE}+)?(?:{_TEST}|{_WORD})(?:{_SPACE}+(?:{_WORD}|{_REDIRECTION}))*{_SPACE}*"
_OPERATOR: Final = r"(?:(?:\|\||&&|\|&?)\s*|(?:;|&|(?:[ \t]#[^\n]*)?\n)\s*(?:#[^\n]*\n\s*)*)"
_LIST: Final = rf"\A\s*{_COMMAND}(?:{_OPERATOR}{_COMMAND})*(?:[;&]\s*)?(?:\s+#[^\n]*)?\s*\z"


def is_regular(text: str) -> bool:
    """Say whether a command is of a form that the grammar reads in linear time; False says nothing."""
    lists = unfolded(text, odd=True)
    if lists is None or any(_SPECIAL.search(each) for each in lists):
        return False
    try:
        return all(_pattern().match(each) == [0] for each in lists)
    except SignatureError:
        return False


@cache
def _pattern() -> SignatureSet:
    return SignatureSet([_LIST])
