"""The server's answers that carry definitions: what of them may be shown."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.engine.effects import Keep
from sekisho.engine.events import Trouble
from sekisho.engine.surface.beside import across
from sekisho.engine.surface.shelf import KINDS, Memo, Run, Stand, declared_by
from sekisho.engine.surface.telling import LEFT_OUT, told
from sekisho.engine.survey import examine
from sekisho.model.definition import surface
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.grade import Why
from sekisho.pin.ledger import Observation, Show, observe
from sekisho.pin.records import State as Standing
from sekisho.wire.jsonrpc import serialise
from sekisho.wire.versions import LIST_ITEMS
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sekisho.engine.calls import Call
    from sekisho.engine.effects import Effect
    from sekisho.engine.state import State
    from sekisho.engine.surface.shelf import Listing, Shelf
    from sekisho.model.definition import Definition
    from sekisho.pin.ledger import Decision
    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import Json, JsonObject, Response

__all__ = ["MOST", "Judged", "adopt", "page", "rule_of", "stand"]

MOST: Final = 10_000
"""How many entries a list may have."""

_KEPT: Final = 4 * MOST
"""How many definitions are kept of one server, those that it does not show any more included."""

_LEAST: Final = 5.0
"""The shortest time to live that is heeded, in seconds: because of it a list is read again at most so often."""

_RULES: Final[Mapping[Why, str]] = {
    Why.QUARANTINED: "set-aside",
    Why.GENERATION_GONE: Trouble.GENERATION,
    Why.DUPLICATE: "definition-ambiguous",
}

_UNCHANGED: Final = frozenset({Why.FINDING, Why.REFUSED})
"""Why a text is held that is the approved one: what is said about it came later."""

Judged: TypeAlias = "tuple[JsonObject | None, str, list[Effect]]"
"""The result for the host, or None and the rule by which there is none; and what comes before it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Page:
    """One page on its way through."""

    state: State
    """The session."""

    shelf: Shelf
    """Its shelf."""

    listing: Listing
    """The list."""

    run: Run | None
    """The reading that it belongs to; None for a page by itself."""

    call: Call
    """What it answers."""

    message: Response
    """The answer."""

    entries: list[Json]
    """What it lists."""

    now: float
    """When it came."""

    @property
    def key(self) -> str | None:
        """With what cursor it was asked for; None for the first page."""
        return text(obj(self.call.params).get("cursor"))

    @property
    def ends(self) -> bool:
        """Whether a reading from the beginning ends with it."""
        return self.run is not None and not isinstance(self.message.result.get("nextCursor"), str)


def page(state: State, call: Call, message: Response, now: float) -> Judged:
    """Judge a page of a list: what is not approved is left out, what has changed harmlessly is shown as approved."""
    shelf, result = state.shelf, message.result
    if shelf is None:
        return result, "", []
    if shelf.ledger is None:
        return None, Trouble.PINS, []
    entries = result.get(LIST_ITEMS[call.method], [])
    if not isinstance(entries, list):
        return None, Trouble.GARBLED, []
    listing = shelf.listing(call.method, declared_by(state, call.params))
    it = _Page(
        state=state,
        shelf=shelf,
        listing=listing,
        run=_run(shelf, listing, call, now),
        call=call,
        message=message,
        entries=entries,
        now=now,
    )
    return _judged(it, shelf.ledger)


def _run(shelf: Shelf, listing: Listing, call: Call, now: float) -> Run | None:
    """Return the reading that a page belongs to: a new one without a cursor, else the one that waits for it."""
    cursor = obj(call.params).get("cursor")
    if cursor is None:
        # Who begins anew has seen what there was to see at first, also when that was not all of it.
        listing.settled = listing.settled or (listing.run is not None and now >= shelf.grace)
        listing.run = Run(began=call.since)
        return listing.run
    return listing.run if listing.run is not None and listing.run.cursor == cursor else None


def _judged(it: _Page, ledger: Ledger) -> Judged:
    digest = hashlib.sha256(serialise(it.entries)).digest()
    memo = it.listing.memos.get(it.key)
    if (
        memo is not None
        and memo.digest == digest
        and memo.ledger is ledger
        and memo.beside is it.shelf.beside
        and _says_nothing_new(it)
    ):
        return _answered(it, memo, [])
    return _observed(it, ledger, digest)


def _says_nothing_new(it: _Page) -> bool:
    """Tell whether a page that was judged before needs no second look; the end of a list also tells what is gone."""
    if not it.ends or it.run is None:
        return True
    return it.run.known and it.listing.whole and [*it.run.cursors, it.key] == [*it.listing.memos]


def _observed(it: _Page, ledger: Ledger, digest: bytes) -> Judged:
    """Ask rules and ledger about a page, or at the end of a reading about all of it."""
    server = it.state.setup.server
    definitions = surface(server, {LIST_ITEMS[it.call.method]: it.entries}).definitions
    run = it.run
    before = [each for memo in run.pages for each in memo.definitions] if run is not None and it.ends else []
    if len(before) + len(definitions) > MOST or len(ledger.pins) > _KEPT:
        return None, "definitions-too-many", []
    found = examine(definitions, siblings=frozenset(each.place.name for each in (*before, *definitions)))
    earlier = [each for memo in run.pages for each in memo.findings] if run is not None and it.ends else []
    outcome = observe(
        ledger,
        Observation(
            definitions=(*before, *definitions),
            listed=frozenset({KINDS[it.call.method]}) if it.ends else frozenset(),
            capabilities=declared_by(it.state, it.call.params),
            session=it.shelf.guard.session,
            opening=it.shelf.guard.first_use and (not it.listing.settled or it.now < it.shelf.grace),
            data=it.shelf.guard.first_use,
            findings=(*earlier, *found),
            version=it.shelf.guard.version,
            across=across(it.shelf.beside, ledger, (*before, *definitions)),
        ),
    )
    decisions = {each.place.name: each for each in outcome.decisions}
    shown = _shown(it.entries, [each for each in definitions if not it.shelf.guard.lacks(each)], decisions)
    memo = Memo(
        digest=digest,
        ledger=outcome.ledger,
        beside=it.shelf.beside,
        shown=None if _is_same(shown, it.entries) else shown,
        stands={each.place.name: _stand(it, each, decisions[each.place.name]) for each in definitions},
        definitions=definitions,
        findings=found,
    )
    if run is not None:
        run.known = False
        if it.ends:
            run.pages = [_at_the_end(it, each, outcome.ledger, decisions) for each in run.pages]
    effects = adopt(it.state, it.shelf, outcome.ledger, it.call, it.message)
    return _answered(it, memo, [*effects, *told(server, it.listing.stands, memo.stands, len(outcome.pinned))])


def _at_the_end(it: _Page, memo: Memo, ledger: Ledger, decisions: Mapping[str, Decision]) -> Memo:
    """Return an earlier page as judged by the last ledger, where that says the same: it need not be judged anew."""
    stands = {each.place.name: _stand(it, each, decisions[each.place.name]) for each in memo.definitions}
    return replace(memo, ledger=ledger) if stands == memo.stands else memo


def _shown(entries: list[Json], definitions: Iterable[Definition], decisions: Mapping[str, Decision]) -> list[Json]:
    """Return what of the entries the host gets; what is no definition has no name to be approved under."""
    shown: list[Json] = []
    by_body = {id(each.body): decisions[each.place.name] for each in definitions}
    for entry in entries:
        decision = by_body.get(id(entry))
        if decision is not None and decision.show is not Show.NOTHING:
            shown.append(entry if decision.show is Show.OBSERVED else decision.body)
    return shown


def _is_same(shown: list[Json], entries: list[Json]) -> bool:
    return len(shown) == len(entries) and all(one is other for one, other in zip(shown, entries, strict=True))


def _stand(it: _Page, definition: Definition, decision: Decision) -> Stand:
    """Return where a name stands: nobody is asked about one that the configuration leaves out."""
    if it.shelf.guard.lacks(definition):
        return Stand(fingerprint(definition.place.kind, definition.body), "", LEFT_OUT)
    return stand(definition, decision)


def stand(definition: Definition, decision: Decision) -> Stand:
    """Return where a name stands after a decision."""
    kind = definition.place.kind
    name = decision.fingerprint or fingerprint(kind, definition.body)
    match decision.show:
        case Show.NOTHING:
            return Stand(name, "", rule_of(decision))
        case Show.OBSERVED:
            return Stand(name, name)
        case _:
            return Stand(name, fingerprint(kind, decision.body))


def rule_of(decision: Decision) -> str:
    """Return the rule by which a definition is hidden."""
    named = next((_RULES[reason.why] for reason in decision.reasons if reason.why in _RULES), None)
    if named is not None:
        return named
    same = all(reason.why in _UNCHANGED for reason in decision.reasons)
    return "definition-held" if same or decision.state is Standing.NEW else "definition-changed"


def adopt(state: State, shelf: Shelf, ledger: Ledger, call: Call, message: Response) -> list[Effect]:
    """Go by a ledger from now on, and have it kept where it is a new one."""
    before = shelf.ledger
    if before is None or ledger is before:
        return []
    shelf.ledger = ledger
    return [Keep(state.setup.server, before, ledger, call, message)]


def _answered(it: _Page, memo: Memo, effects: list[Effect]) -> Judged:
    """Keep what was judged, and return the page as it is shown."""
    _remember(it, memo)
    result = it.message.result
    return (result if memo.shown is None else {**result, LIST_ITEMS[it.call.method]: memo.shown}), "", effects


def _remember(it: _Page, memo: Memo) -> None:
    listing, run = it.listing, it.run
    listing.told = listing.told or it.call.id is not None
    if run is None:
        listing.stands = {**listing.stands, **memo.stands}
        return
    run.cursors.append(it.key)
    run.pages.append(memo)
    run.cursor = it.message.result.get("nextCursor")
    listing.began = run.began
    listing.good_until = min(_good_until(it), math.inf if len(run.pages) == 1 else listing.good_until)
    if not it.ends:
        listing.stands = {**listing.stands, **memo.stands}
        return
    listing.stands = {name: each for one in run.pages for name, each in one.stands.items()}
    listing.memos = dict(zip(run.cursors, run.pages, strict=True))
    listing.whole = listing.settled = True


def _good_until(it: _Page) -> float:
    """Return until when a page is good. One that names no time is good until the server says that it has changed."""
    ttl = it.message.result.get("ttlMs") if it.state.modern else None
    if not isinstance(ttl, int | float) or ttl <= 0:
        return math.inf
    return it.now + max(_LEAST, ttl / 1000)
