"""Changes of definitions for a person: what was, what is, and why it matters. `pin diff` and `review` show them."""

from __future__ import annotations

import json
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from sekisho.cli.layout import folded
from sekisho.cli.screen import words
from sekisho.model.escape import columns, printable
from sekisho.model.message_ids import MessageId
from sekisho.pin.compare import Fate
from sekisho.pin.diff import Edit
from sekisho.pin.grade import Why

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.pin.compare import Difference
    from sekisho.pin.diff import Change
    from sekisho.pin.grade import Grade, Reason
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["as_plain", "change_lines", "difference_lines", "grade_word", "reason_lines"]

_WIDTH: Final = 300
"""The most columns of an old or a new value."""

_BEFORE: Final = 40
"""How many characters are shown before the first one that differs."""

_SHOWN: Final = 12

_DETAILED: Final = frozenset({Why.FINDING, Why.STEERS, Why.RENAMED, Why.SPLIT})
"""Reasons whose text has a place for a detail."""


def grade_word(grade: Grade) -> str:
    """Return the name of a grade in the language of this call."""
    return words(MessageId(f"pin-{grade.name.lower()}"))


def difference_lines(difference: Difference) -> Iterator[str]:
    """Return the lines that tell one difference, each printable and at most 80 columns."""
    place = difference.place
    name = f" {printable(place.name, width=_WIDTH)}" if place.name else ""
    front = f"{grade_word(difference.judgement.grade)}  "
    yield from _hung(front, f"{place.kind}{name}: {_fate(difference)}")
    yield from reason_lines(difference.judgement.reasons)
    yield from change_lines(difference.judgement.changes)


def _fate(difference: Difference) -> str:
    match difference.fate:
        case Fate.RENAMED | Fate.SPLIT as fate:
            before = difference.before
            return words(MessageId(f"pin-{fate}"), name="" if before is None else before.place.name)
        case Fate.ADDED | Fate.REMOVED | Fate.CHANGED as fate:
            return words(MessageId(f"pin-{fate}"))


def reason_lines(reasons: Sequence[Reason]) -> Iterator[str]:
    """Return the lines that tell reasons; that words or values are others is told by the changes themselves."""
    told = [reason for reason in reasons if reason.why not in {Why.TEXT, Why.VALUE}]
    for reason in told[:_SHOWN]:
        id_ = MessageId(f"pin-why-{reason.why}")
        said = words(id_, detail=reason.detail) if reason.why in _DETAILED else words(id_)
        at = f"  {printable(reason.pointer, width=_WIDTH)}" if reason.pointer else ""
        yield from _hung("  ", f"{said}{at}")
    yield from _more(len(told))


def change_lines(changes: Sequence[Change]) -> Iterator[str]:
    """Return the lines that tell what was and what is, field by field."""
    for change in changes[:_SHOWN]:
        yield from _hung("  ", f"{words(MessageId(f'pin-{change.edit}'))} {printable(change.pointer, width=_WIDTH)}")
        old, new = _around(change.before, change.after)
        if change.edit is not Edit.ADDED:
            yield from _hung("    - ", old)
        if change.edit is not Edit.REMOVED:
            yield from _hung("    + ", new)
    yield from _more(len(changes))


def _more(count: int) -> Iterator[str]:
    if count > _SHOWN:
        yield from _hung("  ", words(MessageId.PIN_DIFF_MORE, count=count - _SHOWN))


def _around(before: Json, after: Json) -> tuple[str, str]:
    """Return two values from shortly before the place where they differ, so that a long text shows its change."""
    old, new = _said(before), _said(after)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    start = max(0, same - _BEFORE)
    return (_from(old, start), _from(new, start))


def _from(said: str, start: int) -> str:
    return printable(f"…{said[start:]}" if start else said, width=_WIDTH)


def _said(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _hung(front: str, line: str) -> Iterator[str]:
    return folded(line, first=front, rest=" " * columns(front))


def as_plain(difference: Difference) -> JsonObject:
    """Return a difference as JSON values, whole: nothing is cut and nothing is escaped in it."""
    judged, before = difference.judgement, difference.before
    return {
        "fate": str(difference.fate),
        "kind": str(difference.place.kind),
        "name": difference.place.name,
        "was": None if before is None else before.place.name,
        "grade": judged.grade.name.lower(),
        "reasons": [{"why": str(it.why), "pointer": it.pointer, "detail": it.detail} for it in judged.reasons],
        "changes": [
            {"edit": str(it.edit), "pointer": it.pointer, "before": it.before, "after": it.after}
            for it in judged.changes
        ],
    }
