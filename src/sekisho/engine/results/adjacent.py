"""Texts that a host shows one behind the other: what one says may go on in the next.

The texts of one result, `{"type": "text", "text": …}` side by side in a list, reach the model as one.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.wire.views import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sekisho.wire.strict import Json

__all__ = ["Span", "crossing", "joined", "runs"]

Span: TypeAlias = "tuple[int, int]"
"""From where to where, in bytes."""

Part: TypeAlias = "tuple[int, str]"
"""Where in its list a text stands, and the text."""

_FEWEST: Final = 2


def runs(value: list[Json]) -> Iterator[list[Part]]:
    """Yield the texts of a list that stand side by side, two or more."""
    run: list[Part] = []
    for index, each in enumerate(value):
        said = text(each.get("text")) if isinstance(each, dict) and each.get("type") == "text" else None
        if said is not None:
            run.append((index, said))
            continue
        if len(run) >= _FEWEST:
            yield run
        run = []
    if len(run) >= _FEWEST:
        yield run


def crossing(run: list[Part], spans: Iterable[Span]) -> Iterator[list[tuple[Part, Span]]]:
    """Yield each stretch that lies in more than one text, as what of it lies in each.

    Args:
        run: the texts.
        spans: in the UTF-8 bytes of all of them together; what overlaps is one stretch.
    """
    sizes = [len(said.encode()) for _, said in run]
    ends = list(accumulate(sizes))
    at = 0
    for start, stop in joined(spans):
        while ends[at] <= start:
            at += 1
        pieces: list[tuple[Part, Span]] = []
        each = at
        while each < len(run) and ends[each] - sizes[each] < stop:
            begin = ends[each] - sizes[each]
            pieces.append((run[each], (max(start, begin) - begin, min(stop, ends[each]) - begin)))
            each += 1
        if len(pieces) >= _FEWEST:
            yield pieces


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, without overlaps: what touches becomes one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole
