"""What a terminal makes of control sequences: text that is not drawn, and what reaches the clipboard."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["concealed"]

_RENDITION: Final = re.compile(r"(?:\x1b\[|\x9b)([0-9:;]{1,64})m")
_CLIPBOARD: Final = re.compile(r"(?:\x1b\]|\x9d)52;")
_COLOURS: Final = frozenset({38, 48, 58})
_ARGUMENTS: Final = {5: 2, 2: 4}
_CONCEAL: Final = 8


def concealed(text: str) -> int:
    """Count the sequences that conceal what follows (ECMA-48 8.3.117), or set the clipboard (xterm, OSC 52)."""
    return sum(map(_conceals, _RENDITION.findall(text))) + len(_CLIPBOARD.findall(text))


def _conceals(codes: str) -> bool:
    """Tell whether one of the codes conceals; those that belong to a colour (`38;5;8`) are its arguments."""
    numbers = iter([int(code) if code.isdigit() else -1 for code in codes.split(";")])
    for number in numbers:
        if number == _CONCEAL:
            return True
        if number in _COLOURS:
            for _ in range(_ARGUMENTS.get(next(numbers, -1), 1) - 1):
                next(numbers, -1)
    return False
