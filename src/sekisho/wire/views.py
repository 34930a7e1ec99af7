"""Typed views into plain mappings.

The core works on the mapping as it came, so that unknown members survive; these functions read from it without
trusting its shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["EMPTY", "items", "meta", "nested", "obj", "text"]

EMPTY: Final[JsonObject] = {}
"""What a view answers where there is no object. Never written to."""


def obj(value: Json) -> JsonObject:
    """Return `value` when it is an object, else an empty one."""
    return value if isinstance(value, dict) else EMPTY


def text(value: Json) -> str | None:
    """Return `value` when it is a string."""
    return value if isinstance(value, str) else None


def items(value: Json) -> list[Json]:
    """Return `value` when it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def nested(value: JsonObject, *keys: str) -> JsonObject:
    """Follow `keys` through objects; an empty object where the path ends early."""
    for key in keys:
        value = obj(value.get(key))
    return value


def meta(params: JsonObject | None) -> JsonObject:
    """Return the `_meta` object of params or of a result, or an empty one."""
    return obj(params.get("_meta")) if params is not None else EMPTY
