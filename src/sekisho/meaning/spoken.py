"""What the description of a tool says of its parameters: the `Args:` of a docstring, as servers in Python send it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["told_of"]

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


def told_of(description: str) -> Mapping[str, str]:
    """Return by name what the description of a tool says of its parameters; empty where it has no such part."""
    head = _HEAD.search(description[:_READ])
    if head is None:
        return {}
    lines = islice(_PARAMETER.finditer(description, head.end(), _READ), _MOST)
    return {found["name"]: found["said"] for found in lines}
