"""Changes that mechanically provably say the same.

The list is short on purpose: white space in prose, a full stop at its end, the capital of its first letter, the order
of lists that have none, a hint that says what its absence says, a version, a time or a length in the shape of one.
Words, numbers, names, negations, typing errors and everything in a value are never on it: a model may act on any of
them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from sekisho.pin.canonical import canonical, is_version
from sekisho.pin.diff import Edit
from sekisho.pin.position import Position
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sekisho.pin.diff import Change
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["is_looser", "is_neutral", "same_words", "stricter"]

_SPACE: Final = re.compile(r"[ \t\r\n]+")
"""Not what Unicode takes for space: separators and controls are drawn in many ways, or not at all."""

_WIDEST: Final = 64
"""A longer stretch of white space may push text out of sight."""

_STOP: Final = re.compile(r"(?<=[\w)\]'\"`])[.。]\Z")
_CAPITAL: Final = re.compile(r"[A-Z][a-z]*(?= |\Z)")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_SIZE: Final = re.compile(r"any|\d{1,4}x\d{1,4}", re.ASCII)

_CAREFUL: Final[Mapping[str, bool]] = {
    "readOnlyHint": False,
    "destructiveHint": True,
    "idempotentHint": False,
    "openWorldHint": True,
}
"""The value that makes a host ask more. The specification takes it where a hint is absent (`ToolAnnotations`)."""


def is_neutral(where: Position, change: Change) -> bool:
    """Tell whether a change says the same, provably."""
    proof = _PROOFS.get(where)
    return proof is not None and proof(change)


def _given(change: Change) -> list[Json]:
    """Return the values that are there: a null is one, an absent member is none."""
    values: list[Json] = []
    if change.edit is not Edit.ADDED:
        values.append(change.before)
    if change.edit is not Edit.REMOVED:
        values.append(change.after)
    return values


def same_words(before: Json, after: Json) -> bool:
    """Tell whether two texts have the same words in the same order, and nothing else between them."""
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    if any(len(gap) > _WIDEST for gap in _SPACE.findall(after)):
        return False
    return _plain(before) == _plain(after)


def _plain(text: str) -> str:
    flat = _STOP.sub("", _SPACE.sub(" ", text).strip(" "))
    first = _CAPITAL.match(flat)
    # Only a word of its own that starts the text: `US`, `readMe` and `/Users` are names.
    return flat if first is None else first[0].lower() + flat[first.end() :]


def _same_hint(change: Change) -> bool:
    """Tell whether a hint says the same by the specification, and no less to a host that takes absence for false."""
    careful = _CAREFUL[str(change.path[-1])]
    return all(value is careful for value in _given(change)) and not (change.edit is Edit.REMOVED and careful)


def _same_members(change: Change) -> bool:
    before, after = change.before, change.after
    if not isinstance(before, list) or not isinstance(after, list):
        return False
    return Counter(map(canonical, before)) == Counter(map(canonical, after))


def _is_empty(change: Change) -> bool:
    """Tell whether what was added or removed asks for as much as nothing."""
    return change.edit is not Edit.CHANGED and _given(change)[0] in ([], {})


def _are_sizes(value: Json) -> bool:
    members = value if isinstance(value, list) else [value]
    return all(_has_form(_SIZE, member) for member in members)


def _has_form(form: re.Pattern[str], value: Json) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


_PROOFS: Final[Mapping[Position, Callable[[Change], bool]]] = {
    Position.PROSE: lambda change: same_words(change.before, change.after),
    Position.HINT: _same_hint,
    Position.REQUIRED: lambda change: _same_members(change) or _is_empty(change),
    Position.PROPERTIES: _is_empty,
    Position.TYPE: _same_members,
    Position.VERSION: lambda change: all(is_version(value) for value in _given(change)),
    Position.TIME: lambda change: all(_has_form(_TIME, value) for value in _given(change)),
    Position.SIZES: lambda change: all(_are_sizes(value) for value in _given(change)),
    Position.BYTES: lambda change: all(isinstance(value, int) for value in _given(change)),
}
"""What proves that a change at a position says the same; nothing does at the others."""


def is_looser(change: Change) -> bool:
    """Tell whether a hint may make a host ask less than it did: what is no boolean is read in any way."""
    name = str(change.path[-1])
    if change.edit is Edit.REMOVED:
        return _CAREFUL[name]
    return change.after is not _CAREFUL[name]


def stricter(approved: Json, observed: Json) -> Json:
    """Return the approved definition with, of each two hints, the one that makes a host ask more."""
    shown = obj(approved)
    said, says = obj(shown.get("annotations")), obj(obj(observed).get("annotations"))
    more: JsonObject = {
        name: careful
        for name, careful in _CAREFUL.items()
        if says.get(name, careful) is careful and said.get(name, careful if name not in says else None) is not careful
    }
    return {**shown, "annotations": {**said, **more}} if more else approved
