"""What a command is suspected of by its text alone, wherever in it something stands.

Each pattern is looked for where the letters that it needs are there; so most texts are not searched at all.
"""

from __future__ import annotations

import re
from typing import Final

from sekisho.guards.commands import commands

__all__ = ["is_harmful", "is_read_once_more", "is_torn", "sets"]

_JOINED: Final = re.compile(r"(?<=[^\s\\])\\\n(?=\S)|(?<!\\)\n\\\n|\x00")
"""A line that goes on in the middle of a word is read as two words by the grammar, one behind an escape alone as
more of the last one; NUL by nobody."""

_PROMPT: Final = re.compile(r"@P\}|\b(?:declare|typeset|local)\s{1,8}(?:-\w{1,16}\s{1,8}){0,8}-\w{0,16}n")
"""An expansion that reads the variable's text once more, and another name for a variable."""

_NAMING: Final = ("declare", "typeset", "local")

_SET: Final = re.compile(r"(?:\$\{|\(\(\s{0,8})(\w{1,64})(?:\[[^\]]{0,64}\])?\s{0,8}:?[-+*/%&|^<>]{0,2}=")
"""An expansion or a calculation that sets a variable."""

_SOCKET: Final = re.compile(r"/dev/(?:tcp|udp)/")
_BOMB: Final = re.compile(r"(?<![\w:])([\w:]{1,40})\s{0,8}\(\)\s{0,8}\{[^{}|]{0,80}\1\s{0,8}\|\s{0,8}\1")


def is_torn(text: str) -> bool:
    """Say whether the grammar reads words in it that no shell reads."""
    # `$'a\\'` ends there; for the grammar the quote behind two escapes is escaped, and the text goes on
    if "$'" in text and "\\\\'" in text:
        return True
    return ("\\\n" in text or "\0" in text) and _JOINED.search(text) is not None


def is_harmful(text: str) -> bool:
    """Say whether it opens a socket by hand, or starts itself without end."""
    return ("/dev/" in text and _SOCKET.search(text) is not None) or (
        "()" in text and "|" in text and _BOMB.search(text) is not None
    )


def is_read_once_more(text: str) -> bool:
    """Say whether what a variable holds is read as a command, or may be set under another name."""
    return ("@P}" in text or any(name in text for name in _NAMING)) and _PROMPT.search(text) is not None


def sets(text: str) -> bool:
    """Say whether an expansion or a calculation sets a variable that makes a program load or start something."""
    if "=" not in text or not ("${" in text or "((" in text):
        return False
    return any(found[1] in commands().variables for found in _SET.finditer(text))
