"""Texts in base64: the whole content of a resource (`blob`), or any text that is base64 from end to end."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.wire.strict import JsonObject

__all__ = ["blobs", "is_blob", "said_in", "written"]

_NAMES: Final = ("blob", "data")


def is_blob(name: str, value: JsonObject) -> bool:
    """Tell whether a member is in base64 by what the protocol says: a resource's `blob`, the `data` beside a type."""
    return name == "blob" or (name == "data" and "mimeType" in value)


def blobs(value: JsonObject) -> Iterator[str]:
    """Yield the texts among an object's members that are in base64."""
    for name in _NAMES:
        blob = value.get(name)
        if isinstance(blob, str) and is_blob(name, value):
            yield blob


def said_in(value: str) -> str | None:
    """Return the text that a value holds in base64; None where it holds none."""
    try:
        return base64.b64decode(value, validate=True).decode()
    except ValueError:
        return None


def written(text: str) -> str:
    """Return a text in base64."""
    return base64.b64encode(text.encode()).decode()
