"""Two answers compared: every member, its order, its type. What differs by nature is made equal first, and counted."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["WITHHELD", "differences", "narrowed"]

Object: TypeAlias = "dict[str, object]"

WITHHELD: Final = (
    "capabilities.tasks",
    "capabilities.extensions['io.modelcontextprotocol/tasks']",
    "capabilities.extensions['io.modelcontextprotocol/ui']",
)
"""What Sekisho offers to nobody, left out of the comparison of `initialize`."""

_TIMES: Final = (
    re.compile(r"\d{1,2}:\d\d:\d\d\s?(?:AM|PM)"),
    re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?"),
    re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4} \([^)]*\)"),
)


def narrowed(opened: Object) -> Object:
    """Return the answer to `initialize` or `server/discover` without its id and without what is withheld."""
    kept = {key: value for key, value in opened.items() if key != "id"}
    result = kept.get("result")
    if not isinstance(result, dict):
        return kept
    result = dict(cast("Object", result))
    offered = result.get("capabilities")
    if isinstance(offered, dict):
        left = {key: value for key, value in cast("Object", offered).items() if key != "tasks"}
        more = left.get("extensions")
        if isinstance(more, dict):
            named = [item.split("'")[1] for item in WITHHELD if "'" in item]
            left["extensions"] = {key: value for key, value in cast("Object", more).items() if key not in named}
        result["capabilities"] = left
    return {**kept, "result": result}


def differences(direct: object, through: object) -> list[str]:
    """Return where two values differ, as JSON pointers with both sides; empty when they are the same."""
    return [] if _text(direct) == _text(through) else list(_walk(direct, through, ""))[:5]


def _text(value: object) -> str:
    """Return a text that is the same for the same value: order and number spelling count, the time of day does not."""
    text = json.dumps(value, ensure_ascii=False)
    for pattern in _TIMES:
        text = pattern.sub("<time>", text)
    return text


def _walk(direct: object, through: object, at: str) -> Iterator[str]:
    if isinstance(direct, dict) and isinstance(through, dict):
        one, other = cast("Object", direct), cast("Object", through)
        if list(one) != list(other):
            yield f"{at or '/'}: members {list(one)} and {list(other)}"
        for key in one.keys() & other.keys():
            yield from _walk(one[key], other[key], f"{at}/{key}")
    elif isinstance(direct, list) and isinstance(through, list):
        items, others = cast("list[object]", direct), cast("list[object]", through)
        if len(items) != len(others):
            yield f"{at}: {len(items)} and {len(others)} items"
        for number, (one_item, other_item) in enumerate(zip(items, others, strict=False)):
            yield from _walk(one_item, other_item, f"{at}/{number}")
    elif _text(direct) != _text(through):
        yield f"{at}: {_text(direct)[:100]} and {_text(through)[:100]}"
