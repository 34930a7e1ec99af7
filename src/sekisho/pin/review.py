"""What a human decides about pins. A decision names the text that the human saw, and fails when it is another now."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from sekisho.pin import code
from sekisho.pin.records import Origin, State, Text

if TYPE_CHECKING:
    from sekisho.pin.records import Key, Ledger, Pin

__all__ = ["StaleError", "approve", "end_quarantine", "quarantine", "refuse"]


class StaleError(Exception):
    """What was to be decided about is not what is there: look again."""


def approve(
    ledger: Ledger, key: Key, fingerprint: str, *, by: Origin = Origin.HUMAN, known: frozenset[str] = frozenset()
) -> Ledger:
    """Approve one text: that which waits, or, to vet it, that which first use approved.

    Args:
        ledger: what is kept.
        key: which definition.
        fingerprint: of the text that was looked at.
        by: who looked.
        known: the objections that were shown with it, as `grade.objections` names them; those that are on record count
            by themselves.

    Raises:
        StaleError: the pin has no text of that name.
    """
    pin = _pin(ledger, key)
    waiting, text = pin.waiting, pin.approved
    if waiting is not None and waiting.fingerprint == fingerprint:
        state = State.APPROVED if pin.state is not State.REMOVED else State.REMOVED
        package = code.package(ledger)
        approved = Text(body=waiting.body, fingerprint=fingerprint, by=by, package=package, known=waiting.known | known)
        return _with(ledger, replace(pin, state=state, approved=approved, waiting=None))
    if text is not None and text.fingerprint == fingerprint:
        return _with(ledger, replace(pin, approved=replace(text, by=by, known=text.known | known)))
    raise StaleError(key.name)


def refuse(ledger: Ledger, key: Key, fingerprint: str) -> Ledger:
    """Refuse a text that waits: it stays hidden, and is not asked about again.

    Raises:
        StaleError: nothing of that name waits.
    """
    pin = _pin(ledger, key)
    if pin.waiting is None or pin.waiting.fingerprint != fingerprint:
        raise StaleError(key.name)
    return _with(ledger, replace(pin, waiting=replace(pin.waiting, refused=True)))


def quarantine(ledger: Ledger, reason: str) -> Ledger:
    """Take a whole server out: nothing of it is shown or can be called."""
    return replace(ledger, quarantine=reason)


def end_quarantine(ledger: Ledger) -> Ledger:
    """Let a server back in, with its pins as they were."""
    return replace(ledger, quarantine=None)


def _pin(ledger: Ledger, key: Key) -> Pin:
    pin = ledger.pins.get(key)
    if pin is None:
        raise StaleError(key.name)
    return pin


def _with(ledger: Ledger, pin: Pin) -> Ledger:
    return replace(ledger, pins=MappingProxyType({**ledger.pins, pin.key: pin}))
