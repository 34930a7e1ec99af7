"""Differences between two JSON values, as JSON pointers (RFC 6901)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from faithful.wire import as_list, as_object

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from faithful.wire import Json, Object

_SHOWN = 100
"""Characters of a value that are printed."""
_ABSENT = object()
WITHHELD = ("tasks",)
"""Capabilities that the checkpoint offers to nobody."""
WITHHELD_EXTENSIONS = ("io.modelcontextprotocol/ui", "io.modelcontextprotocol/tasks")
"""Extensions that it offers to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place at which two values disagree."""

    pointer: str
    """Where; the first part is the label of the transcript's entry."""
    direct: str
    """What was there without the checkpoint."""
    ours: str
    """What was there through it."""
    same_kind: bool
    """Whether both are values of one JSON type."""

    @property
    def label(self) -> str:
        """The transcript's entry."""
        return self.pointer.split("/")[1].replace("~1", "/").replace("~0", "~")


def differences(direct: Json, ours: Json) -> list[Difference]:
    """Every place at which the two disagree; numbers are compared with their type, members without their order."""
    return list(_walk(direct, ours, ""))


def unmasked(found: list[Difference], moving: Collection[str]) -> list[Difference]:
    """Those that are not at or below a pointer of `moving`; there, only the JSON type is compared."""
    return [each for each in found if not (each.same_kind and _below(each.pointer, moving))]


def without_withheld(transcript: Object) -> Object:
    """A direct transcript without what the checkpoint withholds by policy from an initialize result."""
    answer = as_object(transcript.get("initialize"))
    result = as_object(answer.get("result"))
    offered = {name: value for name, value in as_object(result.get("capabilities")).items() if name not in WITHHELD}
    if isinstance(extensions := offered.get("extensions"), dict):
        offered["extensions"] = {name: value for name, value in extensions.items() if name not in WITHHELD_EXTENSIONS}
    return {**transcript, "initialize": {**answer, "result": {**result, "capabilities": offered}}}


def _below(pointer: str, moving: Collection[str]) -> bool:
    return any(pointer == each or pointer.startswith(f"{each}/") for each in moving)


def _walk(direct: object, ours: object, pointer: str) -> Iterator[Difference]:
    kinds = (type(direct), type(ours))
    left, right = as_list(direct), as_list(ours)
    if kinds == (dict, dict):
        yield from _members(as_object(direct), as_object(ours), pointer)
    elif kinds == (list, list) and len(left) == len(right):
        for position, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from _walk(one, other, f"{pointer}/{position}")
    elif kinds[0] is not kinds[1] or direct != ours:
        same = kinds[0] is kinds[1]
        yield Difference(pointer=pointer, direct=_show(direct), ours=_show(ours), same_kind=same)


def _members(left: Object, right: Object, pointer: str) -> Iterator[Difference]:
    for name in {**left, **right}:
        part = name.replace("~", "~0").replace("/", "~1")
        yield from _walk(left.get(name, _ABSENT), right.get(name, _ABSENT), f"{pointer}/{part}")


def _show(value: object) -> str:
    if value is _ABSENT:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text)} characters)"
