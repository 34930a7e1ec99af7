"""Two surfaces of one server compared: what came, what went, what is another text, what only has another name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.grade import Grade, Judgement, Reason, Why, by_place, grade, objections
from sekisho.pin.kin import kin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sekisho.model.definition import Definition, Surface
    from sekisho.model.finding import Finding
    from sekisho.model.place import Kind, Place
    from sekisho.pin.kin import Kinship

__all__ = ["Difference", "Fate", "compare"]


class Fate(StrEnum):
    """What became of a definition."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"
    """It has the text of a definition that is gone."""

    SPLIT = "split"
    """It has a part of the text of a definition that is gone or changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A definition that is not what it was."""

    fate: Fate
    """What became of it."""

    place: Place
    """Which one; where it is renamed or split, the new one."""

    before: Definition | None
    """What it was compared with; None where it was added."""

    after: Definition | None
    """What it is; None where it was removed."""

    judgement: Judgement
    """How much that matters."""


def compare(before: Surface, after: Surface, findings: Iterable[Finding] = ()) -> tuple[Difference, ...]:
    """Return everything that differs, in the order of the new surface, what is gone last.

    Args:
        before: what was approved.
        after: what is there now, of the same server identity or of another one.
        findings: what the rules report about `after`.
    """
    return tuple(_differences(_by_name(before), _by_name(after), by_place(findings)))


def _by_name(surface: Surface) -> dict[tuple[Kind, str], list[Definition]]:
    found: dict[tuple[Kind, str], list[Definition]] = {}
    for definition in surface.definitions:
        found.setdefault((definition.place.kind, definition.place.name), []).append(definition)
    return found


def _differences(
    old: dict[tuple[Kind, str], list[Definition]],
    new: dict[tuple[Kind, str], list[Definition]],
    findings: Mapping[Place, list[Finding]],
) -> Iterator[Difference]:
    relations = _relations(old, new)
    for key, several in new.items():
        for index, after in enumerate(several):
            was = old.get(key, [])
            if index < len(was):
                judged = grade(was[index], after, findings=findings.get(after.place, ()))
                if judged.changes:
                    yield Difference(
                        fate=Fate.CHANGED, place=after.place, before=was[index], after=after, judgement=judged
                    )
            else:
                yield _came(after, relations.get(key), old, findings.get(after.place, ()))
    for key, several in old.items():
        for before in several[len(new.get(key, [])) :]:
            # What is not there can't be called: nothing has to be held.
            judged = Judgement(grade=Grade.WAITS, reasons=(Reason(why=Why.REMOVED),), changes=())
            yield Difference(fate=Fate.REMOVED, place=before.place, before=before, after=None, judgement=judged)


def _relations(
    old: dict[tuple[Kind, str], list[Definition]], new: dict[tuple[Kind, str], list[Definition]]
) -> dict[tuple[Kind, str], Kinship]:
    found: dict[tuple[Kind, str], Kinship] = {}
    for kind in {key[0] for key in new}:
        came = {name: it[0].body for (of, name), it in new.items() if of is kind and (of, name) not in old}
        gone = {name: it[0].body for (of, name), it in old.items() if of is kind and (of, name) not in new}
        kept = {
            name: it[0].body
            for (of, name), it in old.items()
            if of is kind and (of, name) in new and _differs(it[0], new[of, name][0])
        }
        found.update({(kind, name): kinship for name, kinship in kin(kind, came, gone, kept).items()})
    return found


def _differs(one: Definition, other: Definition) -> bool:
    return fingerprint(one.place.kind, one.body) != fingerprint(other.place.kind, other.body)


def _came(
    after: Definition,
    kinship: Kinship | None,
    old: dict[tuple[Kind, str], list[Definition]],
    findings: Sequence[Finding],
) -> Difference:
    found = objections(findings, after.place).values()
    if kinship is None:
        judged = Judgement(grade=Grade.HELD, reasons=(Reason(why=Why.NEW), *found), changes=())
        return Difference(fate=Fate.ADDED, place=after.place, before=None, after=after, judgement=judged)
    origin = old[after.place.kind, kinship.name][0]
    why = Reason(why=Why.SPLIT if kinship.split else Why.RENAMED, detail=kinship.name)
    judged = grade(origin, after, findings=findings)
    judged = Judgement(grade=Grade.HELD, reasons=tuple(dict.fromkeys((why, *judged.reasons))), changes=judged.changes)
    fate = Fate.SPLIT if kinship.split else Fate.RENAMED
    return Difference(fate=fate, place=after.place, before=origin, after=after, judgement=judged)
