"""What a server says about itself when it is greeted: its instructions, and its name for display."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import Tell
from sekisho.engine.surface.beside import across
from sekisho.engine.surface.judging import adopt, rule_of
from sekisho.engine.surface.shelf import declared_by
from sekisho.engine.survey import examine
from sekisho.model.definition import surface
from sekisho.model.message_ids import MessageId
from sekisho.model.place import Kind
from sekisho.model.verdict import Verdict
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.generations import spoken
from sekisho.pin.ledger import Observation, Show, observe
from sekisho.pin.records import Key, Offer
from sekisho.wire.versions import META_SERVER_INFO, Generation
from sekisho.wire.views import meta, obj

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.calls import Call
    from sekisho.engine.effects import Effect
    from sekisho.engine.state import State
    from sekisho.engine.surface.shelf import Shelf
    from sekisho.model.definition import Definition
    from sekisho.model.finding import Finding
    from sekisho.pin.ledger import Decision
    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import Json, JsonObject, Response

__all__ = ["judged", "labelled"]

_KINDS: Final = frozenset({Kind.SERVER, Kind.INSTRUCTIONS})
_GREETING: Final = "greeting"
_NAMELESS: Final[Mapping[str, str]] = {"name": "withheld", "version": "0"}
"""Stands where a server's name for itself is hidden: the specification wants one."""


def judged(state: State, call: Call, message: Response, result: JsonObject) -> tuple[JsonObject, list[Effect]]:
    """Judge the answer to `initialize` or `server/discover`; return it as it is shown.

    Args:
        state: the session.
        call: the greeting.
        message: the answer as it came.
        result: its result, as it would be shown.
    """
    shelf = state.shelf
    if shelf is None:
        return result, []
    said = _said(result)
    if shelf.ledger is None:
        return _with(result, dict.fromkeys(said)), []
    declared = declared_by(state, call.params)
    listing = shelf.listing(_GREETING, declared)
    definitions = surface(state.setup.server, said).definitions
    found = examine(definitions)
    offer = _offer(call, declared, result)
    outcome = observe(
        shelf.ledger,
        Observation(
            definitions=(*definitions, _generations(state, shelf.ledger, call, offer.generation)),
            listed=_KINDS,
            capabilities=declared,
            session=shelf.guard.session,
            opening=shelf.guard.first_use and not listing.settled,
            findings=found,
            offer=offer,
            version=shelf.guard.version,
            across=across(shelf.beside, shelf.ledger, definitions),
        ),
    )
    listing.settled = True
    effects = adopt(state, shelf, outcome.ledger, call, message)
    shown: dict[str, Json] = dict.fromkeys(said)
    for decision in outcome.decisions:
        if decision.show is not Show.NOTHING and decision.place.kind is not Kind.GENERATIONS:
            shown["instructions" if decision.place.kind is Kind.INSTRUCTIONS else "serverInfo"] = decision.body
    if shown.get("serverInfo") is not None and _objects_to_version(found):
        shown["serverInfo"] = {**obj(shown["serverInfo"]), "version": _NAMELESS["version"]}
    return _with(result, {key: value for key, value in shown.items() if value is not said[key]}), [
        *effects,
        *(_told(state, each) for each in outcome.decisions if each.show is Show.NOTHING),
    ]


def _objects_to_version(found: tuple[Finding, ...]) -> bool:
    """Tell whether a rule objects to the version: no part of what is approved, it changes with every release."""
    return any(each.verdict >= Verdict.ASK and each.pointer == "/serverInfo/version" for each in found)


def _offer(call: Call, declared: str, result: JsonObject) -> Offer:
    generation = Generation.LEGACY if call.method == "initialize" else Generation.MODERN
    return Offer(capabilities=declared, generation=generation, offered=obj(result.get("capabilities")))


def _generations(state: State, ledger: Ledger, call: Call, generation: Generation) -> Definition:
    """Return in which generations the server answers: one that is bridged does not answer in the host's."""
    missed: Generation | None = None
    if generation is Generation.LEGACY and call.bridged:
        missed = Generation.MODERN
    if generation is Generation.MODERN and state.unopened:
        missed = Generation.LEGACY
    return spoken(ledger, generation, missed=missed)


def _said(result: JsonObject) -> JsonObject:
    """Return what a greeting says, wherever its generation says it."""
    said: JsonObject = {key: result[key] for key in ("instructions", "serverInfo") if key in result}
    about = meta(result)
    return {**said, "serverInfo": about[META_SERVER_INFO]} if META_SERVER_INFO in about else said


def _with(result: JsonObject, changed: Mapping[str, Json]) -> JsonObject:
    """Return a greeting with other words in it; what is None is left out, or is nameless."""
    if not changed:
        return result
    told: JsonObject = dict(result)
    if "instructions" in changed:
        # Other instructions than the approved ones are held, so none take their place.
        told.pop("instructions")
    if "serverInfo" in changed:
        info: JsonObject = obj(changed["serverInfo"]) or {**_NAMELESS}
        if "serverInfo" in told:
            told["serverInfo"] = info
        if META_SERVER_INFO in meta(told):
            told["_meta"] = {**meta(told), META_SERVER_INFO: info}
    return told


def _told(state: State, decision: Decision) -> Effect:
    values: dict[str, str | int] = {"server": state.setup.server, "count": 1, "rule": rule_of(decision)}
    return Tell(MessageId.PINS_HELD, values)


def labelled(shelf: Shelf | None, result: JsonObject) -> JsonObject:
    """Take the server's name for itself out of any other result where it is not the approved one (2026-07-28)."""
    about = meta(result)
    if shelf is None or META_SERVER_INFO not in about:
        return result
    pin = shelf.ledger.pins.get(Key(Kind.SERVER, "")) if shelf.ledger is not None else None
    text_ = pin.approved if pin is not None else None
    if text_ is not None and text_.fingerprint == fingerprint(Kind.SERVER, about[META_SERVER_INFO]):
        return result
    return {**result, "_meta": {key: value for key, value in about.items() if key != META_SERVER_INFO}}
