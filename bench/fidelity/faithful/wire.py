"""JSON values as they are, without a model in between."""

from __future__ import annotations

import json
from typing import TypeAlias, cast

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Object: TypeAlias = "dict[str, Json]"


def as_object(value: object) -> Object:
    """The value when it is an object, else an empty one."""
    return cast("Object", value) if isinstance(value, dict) else {}


def as_list(value: object) -> list[Json]:
    """The value when it is an array, else an empty one."""
    return cast("list[Json]", value) if isinstance(value, list) else []


def parse(data: bytes | str) -> Object:
    """One message; anything but an object gives an empty one."""
    return as_object(json.loads(data))


def dump(message: Object) -> bytes:
    """One message without a line end."""
    return json.dumps(message, separators=(",", ":")).encode()
