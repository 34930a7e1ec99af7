"""JSON pointers (RFC 6901): how findings, audit events and schemas name a place in a message.

Total: the only exception is `PointerError`, whatever the pointer and the document hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.wire.jsonrpc import Json

__all__ = ["PointerError", "build", "child", "parse", "resolve"]

_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,15}")
_BAD_ESCAPE: Final = re.compile(r"~(?![01])")


class PointerError(ValueError):
    """The text is no pointer, or it points at nothing.

    Args:
        reason: a stable id: `no-slash`, `bad-escape`, `no-member`, `no-index`, `not-a-container`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def child(pointer: str, token: str | int) -> str:
    """The pointer one step further down."""
    name = str(token)
    return (
        f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}" if "~" in name or "/" in name else f"{pointer}/{name}"
    )


def build(tokens: Iterable[str | int]) -> str:
    """The pointer along member names and array indexes; none of them is the whole document, `""`."""
    return "".join(child("", token) for token in tokens)


def parse(pointer: str) -> tuple[str, ...]:
    """The tokens of a pointer, unescaped; `""` has none.

    Raises:
        PointerError: `no-slash` or `bad-escape` (section 3).
    """
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise PointerError("no-slash")
    if _BAD_ESCAPE.search(pointer):
        raise PointerError("bad-escape")
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


def resolve(document: Json, pointer: str) -> Json:
    """The value that a pointer points at.

    Array indexes are plain decimals without leading zeros; `-`, the place after the last element, never exists here.

    Raises:
        PointerError: as `parse`; `no-member`, `no-index` or `not-a-container` (section 7).
    """
    value = document
    for token in parse(pointer):
        value = _step(value, token)
    return value


def _step(value: Json, token: str) -> Json:
    if isinstance(value, dict):
        if token not in value:
            raise PointerError("no-member")
        return value[token]
    if not isinstance(value, list):
        raise PointerError("not-a-container")
    if _INDEX.fullmatch(token) is None or int(token) >= len(value):
        raise PointerError("no-index")
    return value[int(token)]
