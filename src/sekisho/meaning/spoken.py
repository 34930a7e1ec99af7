"""What the description of a tool says of its parameters: the `Args:` of a docstring, as servers in Python send it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["means_of", "told_of"]

_COLON: Final = "[:\uff1a]"
_HEAD: Final = re.compile(
    r"^[ \t#*]{0,40}(?:args|arguments|parameters|params|inputs?|引数|パラメータ|参数|매개변수)"
    rf"[ \t*]{{0,8}}{_COLON}?[ \t*]{{0,8}}$",
    re.IGNORECASE | re.MULTILINE,
)
_PARAMETER: Final = re.compile(
    r"^[ \t]{0,40}(?:[-*][ \t]{0,8})?[`*\"]{0,3}(?P<name>\w{1,100})[`*\"]{0,3}[ \t]{0,8}"
    rf"(?:\([^()\n]{{0,100}}\)[ \t]{{0,8}})?(?:{_COLON}|[-\u2013\u2014][ \t])[ \t]{{0,8}}(?P<said>\S[^\n]{{0,2000}})",
    re.MULTILINE,
)
_READ: Final = 16 * 1024
"""Characters of a description that are read."""

_MOST: Final = 256
"""Parameters."""


_MEANS: Final = re.compile(
    r"\b(?:using|via|with|through|runs?|calls?|wraps?|wrapper (?:for|around)|powered by|based on|driven by)"
    r"\s{1,4}(?:the\s{1,4})?[`'\"]?"
    r"([a-z][\w-]{1,30})",
    re.IGNORECASE,
)
_SYNONYMS: Final = {"ripgrep": "rg", "imagemagick": "magick", "kubernetes": "kubectl", "chromium": "chrome"}
_FIRST: Final = 32
"""Means of one description."""


def means_of(description: str) -> tuple[str, ...]:
    """Return the words of which a description says that the tool works with them: `using ripgrep`, as programs."""
    found = islice(_MEANS.finditer(description[:_READ]), _FIRST)
    return tuple(dict.fromkeys(_SYNONYMS.get(word, word) for each in found for word in (each[1].lower(),)))


def told_of(description: str) -> Mapping[str, str]:
    """Return by name what the description of a tool says of its parameters; empty where it has no such part."""
    head = _HEAD.search(description[:_READ])
    if head is None:
        return {}
    lines = islice(_PARAMETER.finditer(description, head.end(), _READ), _MOST)
    return {found["name"]: found["said"] for found in lines}
