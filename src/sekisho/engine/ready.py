"""A definition that calls are judged by: what its parameters mean, and the schema that it holds its arguments to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sekisho.engine.surface.shelf import KINDS, Listing, declared_by
from sekisho.guards.contract import ANYTHING, contract
from sekisho.meaning.tool import Tool
from sekisho.pin.neutral import stricter
from sekisho.pin.records import Key
from sekisho.policy.calls import CallTerms, terms_of
from sekisho.policy.reach import ANYWHERE, reaching
from sekisho.wire.views import EMPTY, items, obj, text

if TYPE_CHECKING:
    from sekisho.engine.calling import Calling
    from sekisho.engine.state import State
    from sekisho.engine.surface.shelf import Shelf
    from sekisho.guards.contract import Contract
    from sekisho.policy.facts import ServerFacts
    from sekisho.wire.jsonrpc import Json, JsonObject, Request

__all__ = ["Ready", "of_body", "ready"]

_KEPT: Final = 2048
"""Definitions that are kept ready."""


@dataclass(frozen=True, eq=False)
class Ready:
    """One tool or prompt, as the host was shown it."""

    tool: Tool
    """What it does, and what its parameters mean."""

    schema: Json = None
    """The schema of its arguments, for a tool."""

    terms: CallTerms = field(default_factory=CallTerms)
    """What a person wrote about its calls."""

    output: Json = None
    """The schema of its structured results, for a tool that declares one."""

    facts: ServerFacts | None = None
    """What the guards are told where a person wrote for it what it may name; None where that is as for the server."""

    @cached_property
    def contract(self) -> Contract:
        """The schema made ready; done with the first call."""
        return contract(self.schema) if self.schema is not None else ANYTHING

    @cached_property
    def outcome(self) -> Contract | None:
        """The schema of its structured results made ready, None where there is none; done with the first answer."""
        return contract(self.output) if self.output is not None else None


def ready(state: State, calling: Calling, message: Request, method: str, name: str) -> Ready:
    """Return the definition that the host was shown, made ready; an empty one where there is none.

    What the server lists now may be another one, which waits for a person: it has no say in what a call means.

    Args:
        state: the session.
        calling: what it remembers for judging calls.
        message: the request that names it.
        method: the list that it stands in.
        name: its name.
    """
    shelf = state.shelf
    listing = shelf.listing(method, declared_by(state, message.params)) if shelf is not None else Listing()
    stand = listing.stands.get(name)
    if stand is None:
        return _made(state, calling, method, name, _listed(listing, name))
    key = method, name, stand.fingerprint, stand.shown
    found = calling.ready.get(key)
    if found is None:
        if len(calling.ready) >= _KEPT:
            calling.ready.clear()
        body = _listed(listing, name)
        if stand.shown != stand.fingerprint:
            body = _approved(shelf, Key(KINDS[method], name), body)
        found = calling.ready[key] = _made(state, calling, method, name, body)
    return found


def _made(state: State, calling: Calling, method: str, name: str, body: JsonObject) -> Ready:
    terms = terms_of(state.setup.calls, name) if method == "tools/list" else CallTerms()
    return of_body(name, body, calling.facts, terms, method=method)


def of_body(name: str, body: JsonObject, facts: ServerFacts, terms: CallTerms, *, method: str = "tools/list") -> Ready:
    """Make a definition ready.

    Args:
        name: its name.
        body: the definition.
        facts: what is known about its server.
        terms: what the policy says about its calls.
        method: the list that it stands in.
    """
    meant = {key: each.meanings for key, each in terms.parameters.items() if each.meanings is not None}
    told = {"name": name, **_with_schema(body)}
    tool = Tool(told, about=facts.words, meant=meant, tells=method == "prompts/list")
    if method != "tools/list":
        return Ready(tool, terms=terms)
    reached = reaching(facts, terms.reach) if terms.reach is not ANYWHERE else None
    return Ready(tool, body.get("inputSchema"), terms, body.get("outputSchema"), reached)


def _approved(shelf: Shelf | None, key: Key, listed: JsonObject) -> JsonObject:
    """Return the approved text that is shown in place of another one."""
    ledger = shelf.ledger if shelf is not None else None
    pin = ledger.pins.get(key) if ledger is not None else None
    return obj(stricter(pin.approved.body, listed)) if pin is not None and pin.approved is not None else EMPTY


def _listed(listing: Listing, name: str) -> JsonObject:
    """Return a definition of the pages that were read."""
    pages = (memo.definitions for memo in listing.memos.values())
    bodies = (obj(each.body) for definitions in pages for each in definitions if each.place.name == name)
    return next(bodies, EMPTY)


def _with_schema(body: JsonObject) -> JsonObject:
    """Write a prompt's arguments as a schema."""
    arguments = [obj(each) for each in items(body.get("arguments"))]
    if not arguments:
        return body
    properties: JsonObject = {
        text(each.get("name")) or "": {"type": "string", "description": each.get("description")} for each in arguments
    }
    return {**body, "inputSchema": {"type": "object", "properties": properties}}
