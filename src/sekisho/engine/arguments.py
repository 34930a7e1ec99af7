"""The texts of a request, judged: which there are, what they mean to the server, and what the rules say about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.engine.guarding import guard
from sekisho.engine.inspect import RULE_FAILED, findings
from sekisho.engine.surface.shelf import KINDS, Listing, Stand, declared_by
from sekisho.meaning.argument import Argument, Meaning
from sekisho.meaning.shape import is_climbing
from sekisho.meaning.tool import Tool
from sekisho.model.finding import Finding
from sekisho.model.verdict import Verdict
from sekisho.pin.neutral import stricter
from sekisho.pin.records import Key
from sekisho.policy.evaluate import decide
from sekisho.rules.called import CallSubject
from sekisho.rules.registry import call_rules
from sekisho.wire.views import EMPTY, items, nested, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.engine.calling import Calling
    from sekisho.engine.state import State
    from sekisho.guards.objection import Need, Told
    from sekisho.wire.jsonrpc import JsonObject, Request

__all__ = ["Said", "judged"]

_TOOLS: Final = 2048
"""Definitions that are kept ready."""

_HOST: Final = re.compile(r"//(?!localhost/|127\.|\[)[^/:]", re.IGNORECASE)

_Read: TypeAlias = "tuple[Tool, tuple[Argument, ...], str, str]"
"""A tool, the texts of a request, what it names, and where its arguments begin in the params."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What there is to say about a request."""

    because: Finding | None
    """The finding for which it may not pass; its pointer leads into the params."""

    needs: tuple[Need, ...]
    """What must be known first, if it may pass else."""


def judged(state: State, calling: Calling, message: Request, told: Told) -> Said:
    """Judge the texts of a request.

    Nobody can be asked through a session yet, so a verdict of `ask` refuses.
    """
    tool, arguments, named, at = _read(state, calling, message)
    guarded = guard(arguments, tool, calling.facts, told)
    if not guarded.found:
        return Said(because=None, needs=guarded.needs)
    subject = CallSubject(server=state.setup.server, name=named, effects=tool.effects, found=guarded.found)
    because = decide(_every(subject)).because
    return Said(because=None if because is None else replace(because, pointer=f"{at}{because.pointer}"), needs=())


def _every(subject: CallSubject) -> Iterator[Finding]:
    """Yield what the rules say; an objection that none of them speaks for denies as a rule that failed would."""
    spoken = list(findings(subject, call_rules()))
    yield from spoken
    for each in subject.found:
        if all(finding.rule != each.objection.rule for finding in spoken):
            yield Finding(rule=RULE_FAILED, verdict=Verdict.DENY, pointer=each.argument.pointer)


def _read(state: State, calling: Calling, message: Request) -> _Read:
    """Return the texts of a request with their meanings."""
    params = obj(message.params)
    match message.method:
        case "tools/call":
            named = text(params.get("name")) or ""
            tool = _tool(state, calling, message, "tools/list", named)
            return tool, tool.read(obj(params.get("arguments"))), named, "/arguments"
        case "prompts/get":
            named = text(params.get("name")) or ""
            tool = _tool(state, calling, message, "prompts/list", named)
            return tool, tool.read(obj(params.get("arguments"))), named, "/arguments"
        case "completion/complete":
            reference = obj(params.get("ref"))
            named = text(reference.get("name")) or text(reference.get("uri")) or ""
            tool = _tool(state, calling, message, "prompts/list", named)
            return tool, _completed(tool, params), named, ""
        case _:
            uri = text(params.get("uri")) or ""
            return _NO_TOOL, _resource(state, message, uri), uri, ""


def _completed(tool: Tool, params: JsonObject) -> tuple[Argument, ...]:
    """Return what a completion says: the value so far, and the arguments that are known already."""
    argument = obj(params.get("argument"))
    begun = tool.read({text(argument.get("name")) or "": argument.get("value")})
    known = tool.read(nested(params, "context", "arguments"))
    return (
        *(
            replace(each, pointer="/argument/value")
            for each in begun
            if each.declared or each.value == argument.get("value")
        ),
        *(replace(each, pointer=f"/context/arguments{each.pointer}") for each in known),
    )


_NO_TOOL: Final = Tool({"name": "read_resource", "annotations": {"readOnlyHint": True}})


def _resource(state: State, message: Request, uri: str) -> tuple[Argument, ...]:
    """Return a URI that the server did not list itself: its tail may become a path, or be fetched."""
    if (
        state.shelf is not None
        and uri in state.shelf.listing("resources/list", declared_by(state, message.params)).stands
    ):
        return ()
    scheme, _, rest = uri.partition(":")
    meanings = {Meaning.RESOURCE}
    # With a host it is a name of the server's own, as its template has it; without one it is a file of this machine.
    if (scheme.casefold() == "file" and not _HOST.match(rest)) or is_climbing(uri):
        meanings.add(Meaning.PATH)
    if scheme.casefold() in ("http", "https"):
        meanings.add(Meaning.URL)
    return (Argument(pointer="/uri", value=uri, meanings=frozenset(meanings)),)


def _tool(state: State, calling: Calling, message: Request, method: str, name: str) -> Tool:
    """Return the definition that the host was shown, made ready; an empty one where there is none.

    What the server lists now may be another one, which waits for a person: it has no say in what a call means.
    """
    listing = state.shelf.listing(method, declared_by(state, message.params)) if state.shelf is not None else Listing()
    stand = listing.stands.get(name, _UNLISTED)
    key = method, name, f"{stand.fingerprint} {stand.shown}"
    found = calling.tools.get(key)
    if found is None:
        if len(calling.tools) >= _TOOLS:
            calling.tools.clear()
        body = _listed(listing, name)
        if stand.shown != stand.fingerprint:
            body = _approved(state, Key(KINDS[method], name), body)
        found = calling.tools[key] = Tool({"name": name, **_with_schema(body)}, about=calling.facts.words)
    return found


_UNLISTED: Final = Stand("", "")


def _listed(listing: Listing, name: str) -> JsonObject:
    """Look a definition up in the pages that were read."""
    pages = (memo.definitions for memo in listing.memos.values())
    bodies = (obj(each.body) for definitions in pages for each in definitions if each.place.name == name)
    return next(bodies, EMPTY)


def _approved(state: State, key: Key, listed: JsonObject) -> JsonObject:
    """Return the approved text that is shown in place of another one."""
    ledger = state.shelf.ledger if state.shelf is not None else None
    pin = ledger.pins.get(key) if ledger is not None else None
    return obj(stricter(pin.approved.body, listed)) if pin is not None and pin.approved is not None else EMPTY


def _with_schema(body: JsonObject) -> JsonObject:
    """Write a prompt's arguments as a schema."""
    arguments = [obj(each) for each in items(body.get("arguments"))]
    if not arguments:
        return body
    properties: JsonObject = {
        text(each.get("name")) or "": {"type": "string", "description": each.get("description")} for each in arguments
    }
    return {**body, "inputSchema": {"type": "object", "properties": properties}}
