"""Requests that are for one server: found by the name or the URI in them, and given its own name back.

A name is looked up in what the server lists, so a call of a tool that was never listed goes nowhere; the alias alone
tells which server has to be asked for its list first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.effects import SendToHost
from sekisho.engine.events import Trouble
from sekisho.engine.hub import answers, catalogue, contact, names, questions, uris
from sekisho.engine.hub.state import Contact
from sekisho.wire.versions import SpecCode
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from sekisho.engine.hub.state import HubState, Open, Server
    from sekisho.engine.hub.steps import HubEffect
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["ROUTED", "advance", "answered"]

ROUTED: Final = frozenset(
    {
        "completion/complete",
        "prompts/get",
        "resources/read",
        "resources/subscribe",
        "resources/unsubscribe",
        "tools/call",
    }
)
"""Methods that are for one server."""


def advance(state: HubState, entry: Open, now: float) -> list[HubEffect]:
    """Send a request to its server, or go on waiting for what that takes, or say why it goes nowhere."""
    message = entry.message
    listed, named = _named(message.method, obj(message.params))
    found = names.parsed(named) if listed else uris.parsed(named)
    server = state.by_alias.get(found[0]) if found is not None else None
    if server is None or found is None:
        return _unknown(state, entry)
    if server.contact is Contact.ASKED:
        return []
    if server.contact is not Contact.READY:
        return _unreachable(state, entry, server, now)
    own = found[1] if not listed else server.original(listed, named)
    key = catalogue.key_for(state, listed, entry)
    if own is None or (key in server.lists and server.lists[key].recalled):
        listing = server.listing(key)
        if listing.fetch is not None:
            return []
        if not listing.read or (listing.good_until <= now and listing.read_at < entry.since):
            return catalogue.fetch(state, server, key, entry.event.who, now)
        return _unknown(state, entry)
    state.waiting -= 1
    entry.waiting = False
    return [answers.forward(entry, server, _with_own(message.method, obj(message.params), own), now)]


def _named(method: str, params: JsonObject) -> tuple[str, str]:
    """Return the list that a name is from (empty for a URI), and the name or the URI."""
    match method:
        case "tools/call":
            return "tools/list", text(params.get("name")) or ""
        case "prompts/get":
            return "prompts/list", text(params.get("name")) or ""
        case "completion/complete":
            reference = obj(params.get("ref"))
            if reference.get("type") == "ref/prompt":
                return "prompts/list", text(reference.get("name")) or ""
            return "", text(reference.get("uri")) or ""
        case _:
            return "", text(params.get("uri")) or ""


def _with_own(method: str, params: JsonObject, own: str) -> JsonObject:
    if method == "completion/complete":
        reference = obj(params.get("ref"))
        member = "name" if reference.get("type") == "ref/prompt" else "uri"
        return {**params, "ref": {**reference, member: own}}
    return {**params, "uri" if method.startswith("resources/") else "name": own}


def _unknown(state: HubState, entry: Open) -> list[HubEffect]:
    answers.close(state, entry)
    method = entry.message.method
    what = {"tools/call": "tool", "prompts/get": "prompt"}.get(method, "resource or prompt")
    problem = f"no server of this configuration lists such a {what}; list again and use a name from there"
    return answers.forbid(state, entry.event, entry.message, SpecCode.INVALID_PARAMS, problem, "not-listed")


def _unreachable(state: HubState, entry: Open, server: Server, now: float) -> list[HubEffect]:
    if not entry.tried:
        entry.tried = True
        again = contact.retry(state, server, entry.event.who, now)
        if again:
            return again
    answers.close(state, entry)
    return answers.refused(state, entry.event, entry.message, server.rule or Trouble.UNREACHABLE)


def answered(state: HubState, entry: Open, server: Server, sent: SendToHost) -> list[HubEffect]:
    """Pass a server's answer on, with its URIs as they are shown."""
    answers.close(state, entry)
    body: JsonObject = sent.body
    if "result" in body:
        _remember(server, entry)
        before = obj(body["result"])
        result: JsonObject = uris.shown_result(server.alias, entry.message.method, before)
        result = questions.shown_inputs(server.alias, result) if state.modern else result
        body = body if result is before else {**body, "result": result}
    else:
        failure = obj(body.get("error"))
        told = uris.shown_error(server.alias, failure)
        body = body if told is failure else {**body, "error": told}
    return [sent if body is sent.body else SendToHost(body, sent.channel, sent.about, final=True)]


def _remember(server: Server, entry: Open) -> None:
    """Keep what the host is subscribed to, for another session of its server."""
    found = uris.parsed(text(obj(entry.message.params).get("uri")) or "")
    match entry.message.method:
        case "resources/subscribe" if found is not None:
            server.subscribed.add(found[1])
        case "resources/unsubscribe" if found is not None:
            server.subscribed.discard(found[1])
        case _:
            pass
