"""Ledgers as plain data: what a store keeps, and what `pin export` writes."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from sekisho.model.place import Kind
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.grade import Grade, Reason, Why
from sekisho.pin.records import Key, Ledger, Listed, Offer, Opening, Origin, Package, Pin, State, Text, Waiting
from sekisho.wire.versions import Generation
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import Enum

    from sekisho.wire.strict import Json, JsonObject

__all__ = ["FORMAT", "PlainError", "from_plain", "pin_to_plain", "to_plain"]

FORMAT: Final = 3
"""How a ledger is written. A newer format is refused: nobody guesses what an approval was about.

Format 1 did not say what was shown and offered last, format 2 not what code was behind it.
"""

_E = TypeVar("_E", bound="Enum")


class PlainError(ValueError):
    """The data is no ledger that this version can read.

    Args:
        problem: a stable id: `newer-format`, or the member that is not what it should be.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def to_plain(ledger: Ledger) -> JsonObject:
    """Return a ledger as JSON values. The same ledger gives the same bytes."""
    pins = sorted(ledger.pins.values(), key=lambda pin: (pin.key.kind, pin.key.name))
    return {
        "format": FORMAT,
        "server": ledger.server,
        "quarantine": ledger.quarantine,
        "openings": [
            {"capabilities": it.capabilities, "kind": str(it.kind), "session": it.session} for it in ledger.openings
        ],
        "lists": [_listed(it) for it in ledger.lists],
        "offers": [
            {"capabilities": it.capabilities, "generation": it.generation.value, "offered": it.offered}
            for it in ledger.offers
        ],
        "pins": [pin_to_plain(pin) for pin in pins],
    }


def _listed(it: Listed) -> JsonObject:
    return {"capabilities": it.capabilities, "kind": str(it.kind), "names": [*it.names], "version": it.version}


def _package(package: Package) -> JsonObject:
    return {"version": package.version, "digest": package.digest}


def pin_to_plain(pin: Pin) -> JsonObject:
    """Return one of a ledger's `pins` as JSON values."""
    approved, waiting = pin.approved, pin.waiting
    return {
        "kind": str(pin.key.kind),
        "name": pin.key.name,
        "state": str(pin.state),
        "seen": _strings(pin.seen),
        "approved": None if approved is None else {
            "body": approved.body,
            "fingerprint": approved.fingerprint,
            "by": str(approved.by),
            "package": _package(approved.package),
            "known": _strings(approved.known),
        },
        "waiting": None if waiting is None else {
            "body": waiting.body,
            "fingerprint": waiting.fingerprint,
            "grade": waiting.grade.name.lower(),
            "reasons": [{"why": str(it.why), "pointer": it.pointer, "detail": it.detail} for it in waiting.reasons],
            "known": _strings(waiting.known),
            "refused": waiting.refused,
        },
    }  # fmt: skip


def _strings(values: Iterable[str]) -> list[Json]:
    return [*sorted(values)]


def from_plain(data: Json) -> Ledger:
    """Return the ledger that `to_plain` wrote.

    Raises:
        PlainError: it is something else, or of a newer version. Then nothing is known, and nothing may be shown.
    """
    whole = obj(data)
    written = whole.get("format")
    if isinstance(written, int) and written > FORMAT:
        raise PlainError("newer-format")
    if not isinstance(written, int) or isinstance(written, bool) or written < 1:
        raise PlainError("format")
    pins = [_read_pin(obj(it)) for it in items(whole.get("pins"))]
    return Ledger(
        server=_text(whole, "server"),
        pins=MappingProxyType({pin.key: pin for pin in pins}),
        openings=tuple(_read_opening(obj(it)) for it in items(whole.get("openings"))),
        lists=tuple(_read_listed(obj(it)) for it in items(whole.get("lists"))),
        offers=tuple(_read_offer(obj(it)) for it in items(whole.get("offers"))),
        quarantine=None if whole.get("quarantine") is None else _text(whole, "quarantine"),
    )


def _read_opening(data: JsonObject) -> Opening:
    kind = _one_of(Kind, data, "kind")
    return Opening(capabilities=_text(data, "capabilities"), kind=kind, session=_text(data, "session"))


def _read_listed(data: JsonObject) -> Listed:
    return Listed(
        capabilities=_text(data, "capabilities"),
        kind=_one_of(Kind, data, "kind"),
        names=_in_order(data, "names"),
        version=_text(data, "version"),
    )


def _read_offer(data: JsonObject) -> Offer:
    generation = _one_of(Generation, data, "generation")
    return Offer(capabilities=_text(data, "capabilities"), generation=generation, offered=obj(data.get("offered")))


def _read_package(data: JsonObject) -> Package:
    return Package(version=_text(data, "version"), digest=_text(data, "digest"))


def _read_pin(data: JsonObject) -> Pin:
    key = Key(_one_of(Kind, data, "kind"), _text(data, "name"))
    state = _one_of(State, data, "state")
    approved, waiting = data.get("approved"), data.get("waiting")
    if approved is None and state in {State.APPROVED, State.CHANGED, State.HELD}:
        raise PlainError("state")
    return Pin(
        key=key,
        state=state,
        approved=None if approved is None else _read_text(key.kind, obj(approved)),
        waiting=None if waiting is None else _read_waiting(key.kind, obj(waiting)),
        seen=_texts(data, "seen"),
    )


def _read_text(kind: Kind, data: JsonObject) -> Text:
    return Text(
        body=_body(data),
        fingerprint=_fingerprint(kind, data),
        by=_one_of(Origin, data, "by"),
        package=_read_package(obj(data.get("package"))),
        known=_texts(data, "known"),
    )


def _read_waiting(kind: Kind, data: JsonObject) -> Waiting:
    return Waiting(
        body=_body(data),
        fingerprint=_fingerprint(kind, data),
        grade=_one_of(Grade, data, "grade", lambda grade: grade.name.lower()),
        reasons=tuple(_read_reason(obj(it)) for it in items(data.get("reasons"))),
        known=_texts(data, "known"),
        refused=data.get("refused") is True,
    )


def _read_reason(data: JsonObject) -> Reason:
    return Reason(why=_one_of(Why, data, "why"), pointer=_text(data, "pointer"), detail=_text(data, "detail"))


def _body(data: JsonObject) -> Json:
    if data.get("body") is None:
        raise PlainError("body")
    return data["body"]


def _fingerprint(kind: Kind, data: JsonObject) -> str:
    """Return the fingerprint in today's format, so that an upgrade asks nobody anew."""
    written, name = _text(data, "fingerprint"), fingerprint(kind, _body(data))
    if written != name and written.startswith(name.partition(":")[0] + ":"):
        raise PlainError("fingerprint")
    return name


def _text(data: JsonObject, member: str) -> str:
    value = text(data.get(member))
    if value is None:
        raise PlainError(member)
    return value


def _texts(data: JsonObject, member: str) -> frozenset[str]:
    found = _in_order(data, member)
    if len(set(found)) != len(found):
        raise PlainError(member)
    return frozenset(found)


def _in_order(data: JsonObject, member: str) -> tuple[str, ...]:
    values = items(data.get(member))
    found = tuple(value for value in values if isinstance(value, str))
    if len(found) != len(values):
        raise PlainError(member)
    return found


def _one_of(values: type[_E], data: JsonObject, member: str, name: Callable[[_E], object] | None = None) -> _E:
    wanted = _text(data, member)
    for value in values:
        if (name(value) if name is not None else value.value) == wanted:
            return value
    raise PlainError(member)
