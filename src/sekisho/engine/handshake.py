"""Agreeing on generation and revision, and what rides on that agreement.

A host opens with `initialize` (legacy) or says its revision with every request (2026-07-28).
A server of the older generation may execute a modern request that it does not understand, so the first modern
request of a session waits until the server has answered `server/discover` (specification, basic/versioning).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.calls import Call, Errand
from sekisho.engine.capabilities import narrowed
from sekisho.engine.effects import Record, SendToServer
from sekisho.engine.parking import park
from sekisho.engine.refusal import protocol_error
from sekisho.engine.seal import request_binding
from sekisho.wire.jsonrpc import error_body
from sekisho.wire.versions import (
    LATEST_LEGACY,
    LEGACY,
    META_CLIENT_CAPABILITIES,
    META_CLIENT_INFO,
    META_PROTOCOL_VERSION,
    MODERN,
    Generation,
    SpecCode,
    revision_of,
)
from sekisho.wire.views import items, meta, obj, text

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent
    from sekisho.engine.state import State
    from sekisho.wire.jsonrpc import Id, JsonObject, Request, Response

__all__ = [
    "agree",
    "binding",
    "discovered",
    "envelope",
    "initialized",
    "narrowed_offer",
    "offers_modern",
    "probe_failed",
    "refused_question",
    "told",
    "unagreed",
]


def agree(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Settle the generation of this request; return what to do instead of forwarding it, or None."""
    wanted = meta(message.params).get(META_PROTOCOL_VERSION)
    if state.generation is Generation.LEGACY:
        if message.method == "initialize":
            problem = "Sekisho: this session is initialized already; open a new one"
            return _error(state, event, message, SpecCode.INVALID_REQUEST, problem, "initialized-twice")
        if wanted is not None:
            # A server of both generations would take this request for a modern one, and we would not judge it so.
            problem = "Sekisho: this session was opened with initialize; leave the revision out of _meta"
            return _error(state, event, message, SpecCode.INVALID_REQUEST, problem, "mixed-generations")
        return None
    if message.method == "initialize" and state.generation is None and wanted is None:
        state.generation = Generation.LEGACY
        return None
    if wanted is None and message.method != "server/discover" and state.generation is None:
        problem = "Sekisho: send initialize first, or name the revision in _meta of every request"
        return _error(state, event, message, SpecCode.INVALID_PARAMS, problem, "not-initialized")
    broken = _envelope_problem(state, event, message)
    if broken is not None or message.method == "server/discover" or state.generation is Generation.MODERN:
        return broken
    if not state.probed:
        return _probe(state, event, message)
    state.generation = Generation.MODERN
    state.revision = revision_of(str(wanted))
    return None


def _envelope_problem(state: State, event: HostSent, message: Request) -> list[Effect] | None:
    """Check the two required `_meta` members of 2026-07-28 (basic/index, Per-request protocol fields)."""
    about = meta(message.params)
    version, capabilities = about.get(META_PROTOCOL_VERSION), about.get(META_CLIENT_CAPABILITIES)
    if not isinstance(version, str) or not isinstance(capabilities, dict):
        problem = f"Sekisho: params._meta needs {META_PROTOCOL_VERSION} and {META_CLIENT_CAPABILITIES}"
        return _error(state, event, message, SpecCode.INVALID_PARAMS, problem, "missing-envelope")
    if revision_of(version) in MODERN:
        return None
    data: JsonObject = {"supported": [str(item) for item in MODERN], "requested": version}
    return protocol_error(
        state,
        who=event.who,
        channel=event.channel,
        about=message.id,
        code=SpecCode.UNSUPPORTED_VERSION,
        message="Unsupported protocol version",
        data=data,
        rule="unsupported-version",
    )


def _error(state: State, event: HostSent, message: Request, code: SpecCode, problem: str, rule: str) -> list[Effect]:
    return protocol_error(
        state, who=event.who, channel=event.channel, about=message.id, code=code, message=problem, rule=rule
    )


def _probe(state: State, event: HostSent, message: Request) -> list[Effect]:
    """Park the request and ask the server first, unless that is already under way."""
    refused = park(state, event, message)
    if refused is not None or state.calls.on_errand(Errand.PROBE):
        return refused or []
    state.asked_generation = True
    return errand(state, Errand.PROBE, "server/discover", {"_meta": envelope(state, message)}, event.now)


def envelope(state: State, message: Request) -> JsonObject:
    """Return the `_meta` of a request of our own that follows the host's `message`."""
    about = meta(message.params)
    kept: JsonObject = {
        META_PROTOCOL_VERSION: about.get(META_PROTOCOL_VERSION),
        META_CLIENT_CAPABILITIES: narrowed(obj(about.get(META_CLIENT_CAPABILITIES)), state.setup.policy),
    }
    if META_CLIENT_INFO in about:
        kept[META_CLIENT_INFO] = about[META_CLIENT_INFO]
    return kept


def errand(
    state: State, purpose: Errand, method: str, params: JsonObject, now: float, *, deadline: float | None = None
) -> list[Effect]:
    """Send a request of our own; `deadline` is for one that goes on with another."""
    number = state.calls.next_number()
    patience = state.setup.patience
    if deadline is None:
        deadline = now + (patience.ping if purpose is Errand.PING else patience.initialize)
    state.calls.add(Call(number, method, params, state.who, 0, None, now, deadline, purpose))
    body: JsonObject = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    fields: JsonObject = {"method": method, "call": number, "errand": purpose}
    return [Record("lifecycle", state.who, state.setup.server, fields, {}), SendToServer(body, number)]


def told(state: State, params: JsonObject) -> JsonObject:
    """Return what changes in the params of `initialize` before the server sees them.

    A revision that we do not know is not asked for: its messages could not be judged.
    """
    declared = params.get("capabilities")
    state.declared = obj(declared)
    state.host_capabilities = narrowed(state.declared, state.setup.policy)
    changes: JsonObject = {}
    if declared is not None and state.host_capabilities is not declared:
        changes["capabilities"] = state.host_capabilities
    wanted = text(params.get("protocolVersion"))
    if wanted is None or revision_of(wanted) not in LEGACY:
        changes["protocolVersion"] = str(LATEST_LEGACY)
    # Without `_meta`: its progress token belongs to this request, not to the one of a restart.
    state.initialize_params = {key: value for key, value in {**params, **changes}.items() if key != "_meta"}
    return changes


def initialized(state: State, message: Response) -> tuple[JsonObject | None, str]:
    """Take the answer to `initialize`; return the result for the host, or None and the rule that it breaks."""
    version = text(message.result.get("protocolVersion"))
    revision = revision_of(version) if version is not None else None
    if revision is None or revision not in LEGACY:
        unagreed(state)
        return None, "unknown-revision"
    state.revision = revision
    result = narrowed_offer(state, message.result)
    state.initialize_result = result
    return result, ""


def unagreed(state: State) -> None:
    """The handshake came to nothing: the host may try again."""
    state.generation = state.revision = state.initialize_result = state.greeted = None


def discovered(state: State, message: Response) -> JsonObject:
    """Take the answer to the host's `server/discover`; return the result for the host."""
    state.probed = offers_modern(message.result)
    result = narrowed_offer(state, message.result)
    offered = items(result.get("supportedVersions"))
    known = [version for version in offered if isinstance(version, str) and revision_of(version) is not None]
    return result if len(known) == len(offered) else {**result, "supportedVersions": list(known)}


def offers_modern(result: JsonObject) -> bool:
    """Tell whether this answers `server/discover`: some older servers answer anything with a result."""
    offered = items(result.get("supportedVersions"))
    return any(revision_of(version) in MODERN for version in offered if isinstance(version, str))


def probe_failed(state: State) -> list[Effect]:
    """The server does not speak the host's generation: say so to all that waited for the probe."""
    waiting, state.parked = state.parked, []
    problem = "Sekisho: this server speaks revisions up to 2025-11-25 only; open with initialize"
    effects: list[Effect] = []
    for event, message in waiting:
        effects += _error(state, event, message, SpecCode.INVALID_REQUEST, problem, "older-generation")
    return effects


def binding(state: State, call: Call) -> bytes:
    """Return what a sealed `requestState` of a call is bound to."""
    return request_binding(state.setup.server, call.who.principal, call.method, call.params or {})


def refused_question(id_: Id, why: str) -> JsonObject:
    """Answer a server's question that the host does not get to see."""
    return error_body(id_, SpecCode.METHOD_NOT_FOUND, f"Sekisho: {why}")


def narrowed_offer(state: State, result: JsonObject) -> JsonObject:
    """Return a server's word about itself with the capabilities that the policy leaves."""
    offered = obj(result.get("capabilities"))
    left = narrowed(offered, state.setup.policy)
    return result if left is offered else {**result, "capabilities": left}
