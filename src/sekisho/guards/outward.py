"""Whether a command holds anything that leads out of where it begins, told by its text; most hold nothing."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["may_leave"]

_SIGN: Final = re.compile(r"\.\.|~|HOME|TE?MP|OLDPWD|PATH|XDG_|BASH|SHELL|\$'|\$\{(?:\w+:?[-=+%/:^@,]|!)|\\\.|:\\")
_TOP: Final = re.compile(r"/(?<=[\s=:'\">,<|&({`\\]/)")
_ATTACHED: Final = re.compile(r"-(?<=[\s'\"]-)\w{1,16}/")
"""What a command holds that leads anywhere else than down from where it begins; each begins with a plain letter, by
which it is found fast."""

_OPEN: Final = re.compile(r">>?[ \t]?/(?:tmp/[\w./-]+|dev/null)(?=[\s;|&)]|\Z)")
"""Output to where everybody may write, without a step upwards."""

_HOMEWARD: Final = re.compile(r"\b(?:cd|pushd)(?:[ \t]++-[\w-]*+)*+[ \t]*+(?:[;&|)\n<>#]|[0-9]++[<>]|\Z)")


def may_leave(text: str) -> bool:
    """Say whether a command of plain names may lead out of where it begins; only variables of known places do alone."""
    if _SIGN.search(text):
        return True
    if ">" in text and "/" in text:
        text = _OPEN.sub("", text)
    if _TOP.search(text) or _ATTACHED.search(text):
        return True
    return ("cd" in text or "pushd" in text) and _HOMEWARD.search(text) is not None
