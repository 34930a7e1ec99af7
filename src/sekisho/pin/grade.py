"""How much a change matters: what may be shown while nobody has looked at it.

The grade of a definition is the highest of its changes, so that a harmless change hides none. It is always taken
between what is there now and the last text that a human approved, never from one step to the next: many small steps
are one large change.

What breaks a contract waits like any other change: the new text is held, and the approved definition stays in front of
the model and can be called. What a server makes of a call that it does not describe any more is its own answer.
Hidden is what could steer a model.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.model.place import Kind
from sekisho.model.verdict import Verdict
from sekisho.pin.diff import Edit, changes
from sekisho.pin.neutral import is_looser, is_neutral
from sekisho.pin.position import Position, position
from sekisho.pin.steering import steering
from sekisho.text.signatures import SignatureError
from sekisho.wire.pointer import build
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sekisho.model.definition import Definition
    from sekisho.model.finding import Finding
    from sekisho.model.place import Place
    from sekisho.pin.diff import Change
    from sekisho.wire.strict import Json

__all__ = ["Grade", "Judgement", "Reason", "Why", "by_place", "grade", "objections"]


class Grade(IntEnum):
    """What follows from a change, from nothing to everything. Several combine as their maximum."""

    NEUTRAL = 0
    """It provably says the same: the new text is shown."""

    WAITS = 1
    """It carries no instruction: the approved definition keeps working, the new text waits for a human."""

    HELD = 2
    """Neither is shown nor can be called until a human has looked."""


class Why(StrEnum):
    """Why something is graded, shown or hidden as it is."""

    NEW = "new"
    """Nobody approved it, and first use does not cover it any more."""

    FINDING = "finding"
    """A rule objects to the new text."""

    STEERS = "steers"
    """A new sentence could steer a model."""

    INSTRUCTIONS = "instructions"
    """The server's instructions: they are there to steer."""

    PARAMETER_REMOVED = "parameter-removed"
    """A parameter that the approved definition offers is gone."""

    PARAMETER_REQUIRED = "parameter-required"
    """A call now needs what the approved definition does not ask for."""

    HINT_LOOSER = "hint-looser"
    """A hint may make a host ask less than before."""

    HINT_STRICTER = "hint-stricter"
    """A hint makes a host ask more than before."""

    MEANING_TURNED = "meaning-turned"
    """Only words such as `not`, `only` or `must` came or went."""

    TEXT = "text"
    """Other words."""

    VALUE = "value"
    """Another value, name or schema."""

    UNREADABLE = "unreadable"
    """It could not be compared, so everything is assumed of it."""

    SAME_VERSION = "same-version"
    """The text changed although the package has the version it had."""

    OTHER_PACKAGE = "other-package"
    """Code has other contents, and no other version."""

    OTHER_VERSION = "other-version"
    """A package that is loaded has another version, came, or went."""

    OTHER_PROGRAM = "other-program"
    """Another program is executed than before."""

    LOADER_VARIABLE = "loader-variable"
    """A variable that makes programs load code came, or is another one."""

    OTHER_FOLDER = "other-folder"
    """It starts in another folder, and looks for code there."""

    CODE_UNREAD = "code-unread"
    """Some of its code could be read when it was approved, and can't be read now."""

    GENERATION_GONE = "generation-gone"
    """The server answers in fewer generations of the protocol than before."""

    REMOVED = "removed"
    """It is not there any more."""

    RENAMED = "renamed"
    """It has the text of a definition that is gone."""

    SPLIT = "split"
    """It has a part of another definition's text."""

    DUPLICATE = "duplicate"
    """The server lists several of this name, with different texts."""

    QUARANTINED = "quarantined"
    """A human took the whole server out."""

    REFUSED = "refused"
    """A human looked at this text and refused it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason for a grade or a decision."""

    why: Why
    """What it is."""

    pointer: str = ""
    """Where in the definition."""

    detail: str = ""
    """What more there is to say: the rule, the sentence, the other name; decoded, not yet escaped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A graded change."""

    grade: Grade
    """What follows."""

    reasons: tuple[Reason, ...]
    """Why, the most serious ones first; none for a neutral change."""

    changes: tuple[Change, ...]
    """Every field that differs, the neutral ones too."""


_FIRST: Final = frozenset({
    Why.MEANING_TURNED, Why.PARAMETER_REMOVED, Why.PARAMETER_REQUIRED, Why.SAME_VERSION
})  # fmt: skip
"""What a person is told before the fields that differ."""

_TURNS: Final = frozenset(
    {
        "not", "never", "no", "none", "nor", "neither", "without", "cannot", "can't", "don't", "doesn't", "isn't",
        "aren't", "won't", "only", "must", "may", "should", "shall", "might", "can", "could", "will", "would", "unless",
        "except", "always", "optional", "required", "all", "any", "nothing",
    }
)  # fmt: skip
_IN_DUMP: Final = re.compile(r"\A/(?:(?:tools|prompts|resources|resourceTemplates)/\d+|serverInfo|instructions)")
"""Where a definition stands in its listing, which says nothing about where a finding stands in the definition."""

_Graded: TypeAlias = "tuple[Grade, Reason]"
_WORD: Final = re.compile(r"[^\s.,;:!?()\[\]{}\"]+")


def grade(
    before: Definition,
    after: Definition,
    *,
    findings: Iterable[Finding] = (),
    known: frozenset[str] = frozenset(),
    same_version: bool = False,
) -> Judgement:
    """Grade a definition against the last one that was approved.

    Args:
        before: what was approved.
        after: what is there now; of the same kind.
        findings: what the rules report; those about `after` count.
        known: the objections that whoever approved `before` has seen, as `objections` names them.
        same_version: the package is known to have the version that it had; then no text has a reason to change.
    """
    found = changes(before.body, after.body)
    kind = after.place.kind
    if kind is Kind.GENERATIONS:
        graded = [*_of_generations(before.body, after.body)]
    else:
        graded = [each for change in found for each in _of_change(kind, change)]
        graded += _of_parameters(kind, before.body, after.body)
    if any(each[0] > Grade.NEUTRAL for each in graded):
        graded += _of_whole(before, after)
        if same_version:
            graded.append((Grade.WAITS, Reason(why=Why.SAME_VERSION)))
    graded += [(Grade.HELD, reason) for key, reason in objections(findings, after.place).items() if key not in known]
    ordered = sorted(graded, key=lambda each: (-each[0], each[1].why not in _FIRST))
    return Judgement(
        grade=ordered[0][0] if ordered else Grade.NEUTRAL,
        reasons=tuple(dict.fromkeys(reason for grade_, reason in ordered if grade_ > Grade.NEUTRAL)),
        changes=found,
    )


def by_place(findings: Iterable[Finding]) -> dict[Place, list[Finding]]:
    """Return findings by what they are about, so that work on each grows with both and not with their product."""
    found: dict[Place, list[Finding]] = {}
    for each in findings:
        found.setdefault(each.place, []).append(each)
    return found


def objections(findings: Iterable[Finding], place: Place) -> dict[str, Reason]:
    """Return the findings about a definition for which it may not be approved by itself, by a lasting name."""
    return {
        f"{finding.rule}:{finding.excerpt}": Reason(
            why=Why.FINDING, pointer=_IN_DUMP.sub("", finding.pointer), detail=finding.rule
        )
        for finding in findings
        if finding.place == place and finding.verdict >= Verdict.ASK
    }


def _of_change(kind: Kind, change: Change) -> Iterator[_Graded]:
    where = position(kind, change.path)
    if is_neutral(where, change):
        yield Grade.NEUTRAL, Reason(why=Why.TEXT, pointer=change.pointer)
        return
    match where:
        case Position.HINT:
            why = Why.HINT_LOOSER if is_looser(change) else Why.HINT_STRICTER
            yield Grade.WAITS, Reason(why=why, pointer=change.pointer)
        case Position.PROSE if _is_turned(change.before, change.after):
            yield Grade.WAITS, Reason(why=Why.MEANING_TURNED, pointer=change.pointer)
        case Position.PROSE:
            yield Grade.WAITS, Reason(why=Why.TEXT, pointer=change.pointer)
        case _:
            yield Grade.WAITS, Reason(why=Why.VALUE, pointer=change.pointer)
    if change.path[:1] != ("outputSchema",):
        yield from _of_contract(where, change)


def _of_contract(where: Position, change: Change) -> Iterator[_Graded]:
    """Grade what a call can no longer carry, or now has to."""
    if where is Position.PARAMETER and change.edit is Edit.REMOVED:
        yield Grade.WAITS, Reason(why=Why.PARAMETER_REMOVED, pointer=change.pointer)
    new_argument = where is Position.PARAMETER and obj(change.after).get("required") is True
    mandatory = where is Position.MANDATORY and change.after not in {None, False}
    if new_argument or mandatory or (where is Position.REQUIRED and _names(change.after) - _names(change.before)):
        yield Grade.WAITS, Reason(why=Why.PARAMETER_REQUIRED, pointer=change.pointer)


def _of_parameters(kind: Kind, before: Json, after: Json) -> Iterator[_Graded]:
    """Grade a tool's own parameters once more, as sets: a schema that is replaced as a whole is one change."""
    if kind is not Kind.TOOL:
        return
    old, new = (obj(obj(body).get("inputSchema")) for body in (before, after))
    at = ("inputSchema", "properties")
    for name in obj(old.get("properties")).keys() - obj(new.get("properties")).keys():
        yield Grade.WAITS, Reason(why=Why.PARAMETER_REMOVED, pointer=build((*at, name)))
    if _names(new.get("required")) - _names(old.get("required")):
        yield Grade.WAITS, Reason(why=Why.PARAMETER_REQUIRED, pointer=build(("inputSchema", "required")))


def _of_generations(before: Json, after: Json) -> Iterator[_Graded]:
    """One more takes nothing away; one less may be a way around what only that one has."""
    gone = _names(before) - _names(after)
    if gone:
        yield Grade.HELD, Reason(why=Why.GENERATION_GONE, detail=", ".join(sorted(gone)))


def _of_whole(before: Definition, after: Definition) -> Iterator[_Graded]:
    """Grade what the new text does, beyond the single field."""
    if after.place.kind is Kind.INSTRUCTIONS:
        yield Grade.HELD, Reason(why=Why.INSTRUCTIONS)
    try:
        for clause in steering(before, after):
            yield Grade.HELD, Reason(why=Why.STEERS, pointer=clause.passage.pointer(""), detail=clause.text)
    except SignatureError:
        yield Grade.HELD, Reason(why=Why.UNREADABLE)


def _names(value: Json) -> set[str]:
    return {name for name in items(value) if isinstance(name, str)}


def _is_turned(before: Json, after: Json) -> bool:
    """Tell whether only words that turn a meaning came or went."""
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    old, new = (Counter(_WORD.findall(said.replace("’", "'").lower())) for said in (before, after))  # noqa: RUF001 - the quote is meant
    moved = (old - new) + (new - old)
    return bool(moved) and moved.keys() <= _TURNS
