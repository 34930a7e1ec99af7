"""Holding what first use approved, for what is found out about it later: between listings, from the record alone."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from sekisho.model.place import Place
from sekisho.pin.grade import Grade, by_place, objections
from sekisho.pin.records import Origin, State, Waiting

if TYPE_CHECKING:
    from sekisho.model.finding import Finding
    from sekisho.pin.grade import Reason
    from sekisho.pin.records import Ledger, Pin, Text

__all__ = ["held"]


def held(ledger: Ledger, findings: tuple[Finding, ...]) -> Ledger:
    """Return a ledger in which the texts that `findings` object to are held; the same where there are none.

    What a person approved stays, and what whoever approved it has seen.
    """
    pins, about = dict(ledger.pins), by_place(findings)
    for key, pin in ledger.pins.items():
        text = pin.approved
        if text is None or text.by is not Origin.FIRST_USE or pin.state not in {State.APPROVED, State.CHANGED}:
            continue
        place = Place(ledger.server, key.kind, key.name)
        found = objections(about.get(place, ()), place)
        fresh = tuple(reason for name, reason in found.items() if name not in text.known)
        if fresh:
            pins[key] = replace(pin, state=State.HELD, waiting=_waiting(pin, text, fresh, frozenset(found)))
    return ledger if pins == ledger.pins else replace(ledger, pins=MappingProxyType(pins))


def _waiting(pin: Pin, text: Text, reasons: tuple[Reason, ...], known: frozenset[str]) -> Waiting:
    """Return what a person decides about: the newer text where one waits, else the approved one."""
    if pin.waiting is None:
        return Waiting(body=text.body, fingerprint=text.fingerprint, grade=Grade.HELD, reasons=reasons, known=known)
    before = pin.waiting
    return replace(before, grade=Grade.HELD, reasons=(*reasons, *before.reasons), known=before.known | known)
