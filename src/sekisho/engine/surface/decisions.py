"""What others decided while this session went on: a person, or another session with the same server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import Keep, Record, SendToHost, StopServer, Tell
from sekisho.engine.events import HUB_OWN, Trouble
from sekisho.engine.halting import refuse_open
from sekisho.engine.surface import code
from sekisho.engine.surface.beside import across, approved
from sekisho.engine.surface.shelf import KINDS, Stand
from sekisho.model.message_ids import MessageId
from sekisho.pin.generations import are_held
from sekisho.pin.grade import Grade
from sekisho.pin.holding import held
from sekisho.pin.records import Key
from sekisho.wire.versions import META_SUBSCRIPTION_ID
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sekisho.engine.effects import Effect
    from sekisho.engine.state import State
    from sekisho.engine.surface.beside import Beside
    from sekisho.engine.surface.shelf import Listing
    from sekisho.model.place import Kind
    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["announced", "compared", "others_pinned", "pinned"]

_FEATURES: Final[Mapping[str, str]] = {
    "prompts/list": "prompts",
    "resources/list": "resources",
    "resources/templates/list": "resources",
    "tools/list": "tools",
}


def pinned(state: State, ledger: Ledger | None, now: float) -> list[Effect]:
    """Go by another ledger from now on. A host that sees something else because of it is told to list again."""
    shelf = state.shelf
    if shelf is None:
        return []
    before, shelf.ledger = shelf.ledger, ledger
    if ledger is None:
        return []
    if ledger.quarantine is not None:
        if before is not None and before.quarantine is not None:
            return []
        return [*refuse_open(state, Trouble.SET_ASIDE, now), StopServer(Trouble.SET_ASIDE)]
    refused = code.refusal(shelf, ledger)
    was_refused = before is not None and code.refusal(shelf, before) is not None
    if refused is not None:
        return [] if was_refused else code.stopped(state, refused, now)
    changed = [
        method
        for (method, _), listing in shelf.listings.items()
        if method in KINDS and _changes(method, listing, ledger, now)
    ]
    let_in = before is not None and (before.quarantine is not None or (are_held(before) and not are_held(ledger)))
    if let_in or was_refused:
        changed = list(KINDS)
    return announced(state, changed)


def others_pinned(state: State, others: Beside, now: float) -> list[Effect]:
    """Go by other surfaces beside this one from now on."""
    shelf = state.shelf
    if shelf is None or shelf.ledger is None:
        return []
    if others is shelf.beside:
        return []
    shelf.beside = others
    return compared(state, now)


def compared(state: State, now: float) -> list[Effect]:
    """Hold what first use approved, where it can't stand beside the other servers; none of them may be running."""
    shelf = state.shelf
    ledger = shelf.ledger if shelf is not None else None
    if shelf is None or ledger is None or not shelf.beside.readings or shelf.beside.clear is ledger:
        return []
    after = held(ledger, across(shelf.beside, ledger, approved(ledger)))
    if after is ledger:
        shelf.beside.clear = ledger
        return []
    server, count = state.setup.server, sum(ledger.pins[key] != pin for key, pin in after.pins.items())
    told = Tell(MessageId.PINS_HELD, {"server": server, "count": count, "rule": "definition-held"})
    return [Keep(server, ledger, after), *pinned(state, after, now), told]


def _changes(method: str, listing: Listing, ledger: Ledger, now: float) -> bool:
    """Bring a list in line with a ledger; tell whether the host sees another one because of it."""
    changed = False
    for name, stand in listing.stands.items():
        shown = _shown(ledger, KINDS[method], name, stand.fingerprint)
        if shown is None:
            listing.changed_at = now
        elif shown != stand.shown:
            listing.stands[name] = Stand(stand.fingerprint, shown, "" if shown else _rule(ledger, KINDS[method], name))
            changed = True
    return changed


def _rule(ledger: Ledger, kind: Kind, name: str) -> str:
    """Return the rule by which a text is hidden: it is another one, or only what is said about it is."""
    pin = ledger.pins[Key(kind, name)]
    waiting, approved = pin.waiting, pin.approved
    same = waiting is not None and approved is not None and waiting.fingerprint == approved.fingerprint
    return "definition-held" if same else "definition-changed"


def _shown(ledger: Ledger, kind: Kind, name: str, fingerprint: str) -> str | None:
    """Return which text is shown where the server has one of this fingerprint; None where only a listing can tell."""
    pin = ledger.pins.get(Key(kind, name))
    if pin is None:
        return None
    waiting, approved = pin.waiting, pin.approved
    if waiting is not None and waiting.fingerprint == fingerprint:
        return approved.fingerprint if waiting.grade is Grade.WAITS and approved is not None else ""
    return fingerprint if approved is not None and approved.fingerprint == fingerprint else None


def announced(state: State, methods: Iterable[str]) -> list[Effect]:
    """Tell the host that lists have changed: on its own, or on every stream that asked for it (2026-07-28)."""
    told: list[Effect] = []
    for feature in sorted({_FEATURES[method] for method in methods}):
        body: JsonObject = {"jsonrpc": "2.0", "method": f"notifications/{feature}/list_changed"}
        if not state.modern:
            told += [SendToHost(body, 0, None)] if state.initialized else []
            continue
        streams = list(_streams(state, body, f"{feature}ListChanged"))
        # A hub keeps the lists also of a host that does not want to be told.
        told += streams or ([SendToHost(body, HUB_OWN, None)] if state.below_hub else [])
    if not told:
        return []
    fields: JsonObject = {"event": "lists-changed"}
    return [Record("lifecycle", state.who, state.setup.server, fields, {}), *told]


def _streams(state: State, body: JsonObject, flag: str) -> Iterator[Effect]:
    for call in state.calls.of_host():
        wanted = obj(obj(call.params).get("notifications"))
        if call.method == "subscriptions/listen" and wanted.get(flag) is True:
            params: JsonObject = {"_meta": {META_SUBSCRIPTION_ID: call.id}}
            yield SendToHost({**body, "params": params}, call.channel, call.id)
