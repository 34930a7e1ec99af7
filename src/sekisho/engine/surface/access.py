"""The host's requests that name a definition: only what is shown can be called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.events import Trouble
from sekisho.engine.refusal import refuse_request
from sekisho.engine.surface import code, reading
from sekisho.engine.surface.shelf import declared_by
from sekisho.model.messages import Stage as Came
from sekisho.model.place import Kind
from sekisho.pin.generations import are_held
from sekisho.pin.records import Key
from sekisho.pin.records import State as Standing
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent
    from sekisho.engine.state import State
    from sekisho.engine.surface.shelf import Shelf, Stand
    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import JsonObject, Request

__all__ = ["UNLISTED", "blocked", "objection"]

UNLISTED: Final = "definition-unlisted"
"""The rule by which a name is refused that the server does not list."""

_OPEN: Final = frozenset({"initialize", "ping", "server/discover"})
"""What passes while nothing else does: definitions in their answers are left out."""

_HIDDEN: Final = frozenset({Standing.NEW, Standing.HELD})


def blocked(state: State, message: Request) -> str:
    """Return the rule by which nothing passes to this server at all, empty when there is none."""
    shelf = state.shelf
    if shelf is None:
        return ""
    if shelf.ledger is None:
        return "" if message.method in _OPEN else Trouble.PINS
    if shelf.ledger.quarantine is not None and message.method != "ping":
        return Trouble.SET_ASIDE
    refused = code.refusal(shelf, shelf.ledger)
    if refused is not None and message.method != "ping":
        return refused
    gone = shelf.gone
    if gone is None or gone[0] is not shelf.ledger:
        gone = shelf.gone = shelf.ledger, are_held(shelf.ledger)
    return Trouble.GENERATION if gone[1] and message.method not in _OPEN else ""


def objection(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Return what happens to a request that names what is not shown, or is not known to be; None for any other."""
    shelf = state.shelf
    if shelf is None or shelf.ledger is None:
        return None
    params = obj(message.params)
    match message.method:
        case "tools/call":
            return _named(state, shelf, event, message, "tools/list", params.get("name"))
        case "prompts/get":
            return _named(state, shelf, event, message, "prompts/list", params.get("name"))
        case "completion/complete":
            return _completed(state, shelf, event, message)
        case "resources/read" | "resources/subscribe":
            return _addressed(state, shelf, event, message, text(params.get("uri")) or "")
        case _:
            return None


def _named(
    state: State, shelf: Shelf, event: HostSent, message: Request, method: str, name: object
) -> list[Effect] | None:
    """Refuse a name that is hidden or not listed; read the list first where that is not known."""
    listing = shelf.listing(method, declared_by(state, message.params))
    looked = listing.read_at >= event.now
    if not looked and not listing.fresh(event.now):
        return reading.wait_for(state, event, message, method)
    stand = listing.stands.get(name) if isinstance(name, str) else None
    if stand is None and not looked and not listing.whole:
        return reading.wait_for(state, event, message, method)
    if stand is None:
        return _refused(state, event, message, UNLISTED)
    return _refused(state, event, message, stand.rule, stand) if stand.rule else None


def _completed(state: State, shelf: Shelf, event: HostSent, message: Request) -> list[Effect] | None:
    reference = obj(obj(message.params).get("ref"))
    if reference.get("type") == "ref/prompt":
        return _named(state, shelf, event, message, "prompts/list", reference.get("name"))
    return _addressed(state, shelf, event, message, text(reference.get("uri")) or "")


def _addressed(state: State, shelf: Shelf, event: HostSent, message: Request, uri: str) -> list[Effect] | None:
    """Refuse the URI of something hidden. One that is not listed passes: results may link to such (server/tools)."""
    declared = declared_by(state, message.params)
    resources = shelf.listing("resources/list", declared).stands
    stand = resources.get(uri)
    if stand is not None:
        return _refused(state, event, message, stand.rule, stand) if stand.rule else None
    templates = shelf.listing("resources/templates/list", declared).stands
    matching = [each for template, each in templates.items() if template == uri or _covers(template, uri)]
    if any(not each.rule for each in matching):
        return None
    if matching:
        return _refused(state, event, message, matching[0].rule, matching[0])
    if shelf.ledger is not None and any(_waits(shelf.ledger, uri)):
        return _refused(state, event, message, "definition-held")
    return None


def _waits(ledger: Ledger, uri: str) -> Iterator[bool]:
    """Tell of a URI that this session has seen in no list whether what it names waits for a person."""
    for key in (Key(Kind.RESOURCE, uri), Key(Kind.TEMPLATE, uri)):
        pin = ledger.pins.get(key)
        yield pin is not None and pin.state in _HIDDEN


def _covers(template: str, uri: str) -> bool:
    """Tell whether a URI can come from a template, whatever the expressions in it allow (RFC 6570)."""
    first, *rest = _literals(template)
    if not rest or not uri.startswith(first):
        return False
    place = len(first)
    for literal in rest[:-1]:
        found = uri.find(literal, place)
        if found < 0:
            return False
        place = found + len(literal)
    return len(uri) - place >= len(rest[-1]) and uri.endswith(rest[-1])


def _literals(template: str) -> list[str]:
    """Return what stands between the expressions of a template."""
    before, *expressions = template.split("{")
    return [before, *(part.partition("}")[2] for part in expressions)]


def _refused(state: State, event: HostSent, message: Request, rule: str, stand: Stand | None = None) -> list[Effect]:
    more: JsonObject = {"fingerprint": stand.fingerprint} if stand is not None else {}
    return refuse_request(state, event, message, rule, stage=Came.REQUEST, more=more)
