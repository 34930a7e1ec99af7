"""The life of pins: what a server shows now, against what is kept.

Pure: the same ledger and the same observation give the same ledger and the same decisions. Nothing is ever forgotten
because a server stopped showing it, so an empty listing, a restart or a reconnect resets nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING

from sekisho.model.definition import Definition
from sekisho.model.finding import Severity
from sekisho.model.place import Kind, Place
from sekisho.pin import code
from sekisho.pin.data import is_data
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.grade import Grade, Reason, Why, by_place, grade, objections
from sekisho.pin.kin import kin
from sekisho.pin.neutral import stricter
from sekisho.pin.recall import lists_after, offers_after
from sekisho.pin.records import Key, Opening, Origin, Pin, State, Text, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sekisho.model.finding import Finding
    from sekisho.pin.grade import Judgement
    from sekisho.pin.records import Ledger, Offer
    from sekisho.wire.strict import Json

__all__ = ["Decision", "Observation", "Outcome", "Show", "observe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one server shows at one time."""

    definitions: tuple[Definition, ...]
    """Everything in the lists that were read, all their pages, as `model.definition.surface` cuts it."""

    listed: frozenset[Kind]
    """Which lists those are: of these, and of these only, what is not there is absent."""

    capabilities: str
    """What the host declared, as `canonical.capability_set` names it."""

    session: str
    """The connection that this was read from; any name that no other connection has."""

    opening: bool
    """Whether first use may still pin: the server is used for the first time and the time for it is not over."""

    data: bool = False
    """Whether first use also covers resources that come later, where they are bare data."""

    findings: tuple[Finding, ...] = ()
    """What the rules report about `definitions`."""

    across: tuple[Finding, ...] = ()
    """What they report about them beside the approved definitions of other servers."""

    offer: Offer | None = None
    """What the server says that it can do, where this is its greeting."""

    version: str = ""
    """Our own version, whose rules these are."""


class Show(Enum):
    """What the model gets."""

    OBSERVED = auto()
    """What the server shows."""

    APPROVED = auto()
    """What was approved; the server shows something else."""

    NOTHING = auto()
    """The definition is hidden and can't be called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is done about one definition of an observation."""

    place: Place
    """Which one."""

    show: Show
    """What the model gets."""

    body: Json
    """Exactly that; None where it is nothing."""

    state: State
    """Where its pin stands now."""

    reasons: tuple[Reason, ...] = ()
    """Why it is not simply shown; also what a rule newly reports about a text that is shown."""

    fingerprint: str = ""
    """The name of what the server shows; empty where that was not looked at, or is several texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What follows from an observation."""

    ledger: Ledger
    """What is kept from now on; the same object where nothing changed."""

    decisions: tuple[Decision, ...]
    """One for each name in the observation, in its order."""

    pinned: tuple[Key, ...] = ()
    """What first use approved now: it is counted and shown."""


def observe(ledger: Ledger, seen: Observation) -> Outcome:
    """Decide what of an observation is shown, and keep what has to be kept."""
    if ledger.quarantine is not None:
        return Outcome(ledger=ledger, decisions=_hidden(ledger, seen, Reason(why=Why.QUARANTINED)))
    step = _Step(ledger, seen)
    pins = dict(ledger.pins)
    pinned: list[Key] = []
    decisions: list[Decision] = []
    for key, bodies in step.bodies.items():
        before = pins.get(key)
        after, decision = step.judge(key, bodies, before)
        if after is not None:
            pins[key] = after
            if before is None and after.state is State.APPROVED:
                pinned.append(key)
        decisions.append(decision)
    pins.update(step.absent())
    shown = [it.place for it in decisions if it.show is not Show.NOTHING]
    changed = replace(
        ledger,
        pins=MappingProxyType(pins),
        openings=step.openings(),
        lists=lists_after(ledger, seen.capabilities, seen.listed, shown, seen.version),
        offers=offers_after(ledger, seen.offer),
    )
    return Outcome(ledger=ledger if changed == ledger else changed, decisions=tuple(decisions), pinned=tuple(pinned))


def _hidden(ledger: Ledger, seen: Observation, why: Reason) -> tuple[Decision, ...]:
    return tuple(
        Decision(
            place=_place(ledger.server, key), show=Show.NOTHING, body=None, state=_state(ledger, key), reasons=(why,)
        )
        for key in _bodies(seen)
    )


def _state(ledger: Ledger, key: Key) -> State:
    pin = ledger.pins.get(key)
    return State.NEW if pin is None else pin.state


def _place(server: str, key: Key) -> Place:
    return Place(server, key.kind, key.name)


def _bodies(seen: Observation) -> dict[Key, list[Json]]:
    found: dict[Key, list[Json]] = {}
    for definition in seen.definitions:
        found.setdefault(Key(definition.place.kind, definition.place.name), []).append(definition.body)
    return found


class _Step:
    """One observation at work."""

    def __init__(self, ledger: Ledger, seen: Observation) -> None:
        self._ledger = ledger
        self._seen = seen
        self._across = by_place(seen.across)
        self._findings = by_place((*seen.findings, *seen.across))
        self._names: dict[Key, str] = {}
        self._package = code.package(ledger)
        self.bodies = _bodies(seen)
        self._kin = dict(self._relations())

    def judge(self, key: Key, bodies: list[Json], pin: Pin | None) -> tuple[Pin | None, Decision]:
        """Return the pin as it is from now on, None where nothing is kept, and what is done."""
        body, name = bodies[0], self._name(key)
        if any(fingerprint(key.kind, each) != name for each in bodies[1:]):
            # Which of them a call would reach is the server's choice.
            return pin, self._decision(key, pin, None, (Reason(why=Why.DUPLICATE),))
        found = self._objections(key)
        if pin is None:
            return self._first(key, body, name, found)
        if pin.approved is None and pin.waiting is not None and not pin.waiting.refused and self._is_data(key, body):
            return self._first(key, body, name, found)
        if self._seen.capabilities not in pin.seen:
            pin = replace(pin, seen=pin.seen | {self._seen.capabilities})
        if pin.approved is None:
            return self._unapproved(pin, body, name, found)
        if pin.approved.fingerprint == name:
            return self._approved(pin, pin.approved, body, found)
        return self._changed(pin, pin.approved, body, name, found)

    def _first(self, key: Key, body: Json, name: str, found: dict[str, Reason]) -> tuple[Pin, Decision]:
        covered = (self._is_opening(key.kind) and key not in self._kin) or self._is_data(key, body)
        seen = frozenset({self._seen.capabilities})
        if found or not covered:
            return self._unapproved(Pin(key=key, state=State.NEW, seen=seen), body, name, found)
        text = Text(body=body, fingerprint=name, by=Origin.FIRST_USE, package=self._package)
        pin = Pin(key=key, state=State.APPROVED, approved=text, seen=seen)
        return pin, self._decision(key, pin, body)

    def _is_data(self, key: Key, body: Json) -> bool:
        return self._seen.data and is_data(_place(self._ledger.server, key), body)

    def _unapproved(self, pin: Pin, body: Json, name: str, found: dict[str, Reason]) -> tuple[Pin, Decision]:
        came = self._kin.get(pin.key)
        reasons = (Reason(why=Why.NEW), *((came,) if came is not None else ()), *found.values())
        waiting = self._waiting(pin, body, name, Grade.HELD, reasons, found)
        pin = replace(pin, state=State.NEW, waiting=waiting)
        return pin, self._decision(pin.key, pin, None, waiting.reasons)

    def _approved(self, pin: Pin, text: Text, body: Json, found: dict[str, Reason]) -> tuple[Pin, Decision]:
        """What was approved is there. A rule that came later holds it only where using it once is enough.

        A server that came later, and about whose tools a text speaks that nobody has looked at, holds it as well.
        """
        fresh = {key: reason for key, reason in found.items() if key not in text.known}
        if fresh.keys() & self._holding(pin.key, text).keys():
            waiting = self._waiting(pin, body, text.fingerprint, Grade.HELD, tuple(fresh.values()), found)
            pin = replace(pin, state=State.HELD, waiting=waiting)
            return pin, self._decision(pin.key, pin, None, waiting.reasons)
        if pin.state is not State.APPROVED or pin.waiting is not None:
            pin = replace(pin, state=State.APPROVED, waiting=None)
        return pin, self._decision(pin.key, pin, body, tuple(fresh.values()))

    def _holding(self, key: Key, text: Text) -> dict[str, Reason]:
        place = _place(self._ledger.server, key)
        about = self._findings.get(place, ())
        holding = objections((it for it in about if it.severity >= Severity.CRITICAL), place)
        if text.by is Origin.FIRST_USE:
            holding |= objections(self._across.get(place, ()), place)
        return holding

    def _objections(self, key: Key) -> dict[str, Reason]:
        place = _place(self._ledger.server, key)
        return objections(self._findings.get(place, ()), place)

    def _name(self, key: Key) -> str:
        """Return the fingerprint of what is shown under a name first, taken once; of what is pinned it is known."""
        name = self._names.get(key)
        if name is None:
            body, pin = self.bodies[key][0], self._ledger.pins.get(key)
            text = pin.approved if pin is not None else None
            name = text.fingerprint if text is not None and text.body is body else fingerprint(key.kind, body)
            self._names[key] = name
        return name

    def _changed(self, pin: Pin, text: Text, body: Json, name: str, found: dict[str, Reason]) -> tuple[Pin, Decision]:
        judged = self._graded(pin.key, text, body)
        if judged.grade is Grade.NEUTRAL:
            if pin.key.kind is Kind.GENERATIONS:
                # Each is found when somebody asks in it, so the set is complete only by and by.
                text = replace(text, body=body, fingerprint=name)
            pin = replace(pin, state=State.APPROVED, approved=text, waiting=None)
            return pin, self._decision(pin.key, pin, body)
        waiting = self._waiting(pin, body, name, judged.grade, judged.reasons, found)
        if judged.grade is Grade.WAITS:
            pin = replace(pin, state=State.CHANGED, waiting=waiting)
            return pin, self._decision(pin.key, pin, stricter(text.body, body), waiting.reasons)
        pin = replace(pin, state=State.HELD, waiting=waiting)
        return pin, self._decision(pin.key, pin, None, waiting.reasons)

    def _graded(self, key: Key, text: Text, body: Json) -> Judgement:
        if key.kind is Kind.CODE:
            return code.graded(text.body, body)
        place = _place(self._ledger.server, key)
        return grade(
            Definition(place=place, pointer="", body=text.body),
            Definition(place=place, pointer="", body=body),
            findings=self._findings.get(place, ()),
            known=text.known,
            same_version=bool(text.package.version) and text.package.version == self._package.version,
        )

    @staticmethod
    def _waiting(
        pin: Pin, body: Json, name: str, grade_: Grade, reasons: tuple[Reason, ...], found: dict[str, Reason]
    ) -> Waiting:
        refused = pin.waiting is not None and pin.waiting.refused and pin.waiting.fingerprint == name
        if refused:
            reasons = (Reason(why=Why.REFUSED), *reasons)
        return Waiting(
            body=body, fingerprint=name, grade=grade_, reasons=reasons, known=frozenset(found), refused=refused
        )

    def _decision(self, key: Key, pin: Pin | None, body: Json, reasons: tuple[Reason, ...] = ()) -> Decision:
        state = State.NEW if pin is None else pin.state
        shows = Show.NOTHING if body is None else Show.APPROVED if state is State.CHANGED else Show.OBSERVED
        return Decision(
            place=_place(self._ledger.server, key),
            show=shows,
            body=body,
            state=state,
            reasons=reasons,
            fingerprint=self._name(key) if len(self.bodies[key]) == 1 else "",
        )

    def _is_opening(self, kind: Kind) -> bool:
        over = {
            (opening.capabilities, opening.kind)
            for opening in self._ledger.openings
            if opening.session != self._seen.session
        }
        return self._seen.opening and (self._seen.capabilities, kind) not in over

    def openings(self) -> tuple[Opening, ...]:
        """Return the first uses that are on record after this listing; the first one of each list is one, if any."""
        had = {(opening.capabilities, opening.kind) for opening in self._ledger.openings}
        new = (
            Opening(capabilities=self._seen.capabilities, kind=kind, session=self._seen.session)
            for kind in sorted(self._seen.listed)
            if (self._seen.capabilities, kind) not in had
        )
        return (*self._ledger.openings, *new)

    def absent(self) -> Iterator[tuple[Key, Pin]]:
        """Yield the pins that this listing should have shown and did not."""
        for key, pin in self._ledger.pins.items():
            if self._is_absent(key, pin) and pin.state is not State.REMOVED:
                yield key, replace(pin, state=State.REMOVED)

    def _is_absent(self, key: Key, pin: Pin) -> bool:
        # Under other capabilities a server may have shown it always, and never here.
        return key.kind in self._seen.listed and self._seen.capabilities in pin.seen and key not in self.bodies

    def _relations(self) -> Iterator[tuple[Key, Reason]]:
        for kind in self._seen.listed:
            new = {key.name: it[0] for key, it in self.bodies.items() if key.kind is kind and self._is_new(key)}
            if new:
                gone, kept = self._texts(kind)
                for name, found in kin(kind, new, gone, kept).items():
                    yield Key(kind, name), Reason(why=Why.SPLIT if found.split else Why.RENAMED, detail=found.name)

    def _is_new(self, key: Key) -> bool:
        pin = self._ledger.pins.get(key)
        return pin is None or pin.approved is None

    def _texts(self, kind: Kind) -> tuple[Mapping[str, Json], Mapping[str, Json]]:
        """Return the approved texts that are not there now, and those that are there changed."""
        gone: dict[str, Json] = {}
        kept: dict[str, Json] = {}
        for key, pin in self._ledger.pins.items():
            if key.kind is kind and pin.approved is not None:
                if self._is_absent(key, pin):
                    gone[key.name] = pin.approved.body
                elif key in self.bodies and self._name(key) != pin.approved.fingerprint:
                    kept[key.name] = pin.approved.body
        return gone, kept
