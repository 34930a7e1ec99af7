"""Which requests of the host are looked at: the handshake and the method tables, as a session has them.

The sessions behind check the same again; here it decides what the hub itself may answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.events import Trouble
from sekisho.engine.hub import answers
from sekisho.engine.hub.state import Contact
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
from sekisho.wire.views import meta, obj, text

if TYPE_CHECKING:
    from sekisho.engine.events import HostSent
    from sekisho.engine.hub.state import HubState
    from sekisho.engine.hub.steps import HubEffect
    from sekisho.wire.jsonrpc import JsonObject, Request

__all__ = ["objection"]


def objection(state: HubState, event: HostSent, message: Request) -> list[HubEffect] | None:
    """Return the answer to a request that goes no further; None for one that does, with the generation settled."""
    if (event.channel, message.id) in state.open:
        problem = "a request with this id is still open"
        return answers.forbid(state, event, message, SpecCode.INVALID_REQUEST, problem, "duplicate-id")
    if state.waiting >= state.setup.patience.waiting or len(state.open) >= state.setup.patience.open:
        return answers.refused(state, event, message, Trouble.OVERLOADED)
    disagreed = _legacy(state, event, message) if _is_legacy(state, message) else _modern(state, event, message)
    if disagreed is not None:
        return disagreed
    if message.method not in state.methods.host_requests and message.method != "server/discover":
        problem = f"this method does not exist in {state.revision or 'this protocol'}"
        return answers.forbid(state, event, message, SpecCode.METHOD_NOT_FOUND, problem, "unknown-method")
    return None


def _is_legacy(state: HubState, message: Request) -> bool:
    opens = message.method == "initialize" and META_PROTOCOL_VERSION not in meta(message.params)
    return state.generation is Generation.LEGACY or (opens and state.generation is None)


def _legacy(state: HubState, event: HostSent, message: Request) -> list[HubEffect] | None:
    if message.method == "initialize" and state.opening is not None:
        problem = "this session is initialized already; open a new one"
        return answers.forbid(state, event, message, SpecCode.INVALID_REQUEST, problem, "initialized-twice")
    if META_PROTOCOL_VERSION in meta(message.params):
        problem = "this session was opened with initialize; leave the revision out of _meta"
        return answers.forbid(state, event, message, SpecCode.INVALID_REQUEST, problem, "mixed-generations")
    if message.method == "server/discover":
        problem = f"this method does not exist in {state.revision}"
        return answers.forbid(state, event, message, SpecCode.METHOD_NOT_FOUND, problem, "unknown-method")
    if message.method == "initialize":
        _open(state, obj(message.params))
    return None


def _open(state: HubState, params: JsonObject) -> None:
    state.generation = Generation.LEGACY
    state.opening = {key: value for key, value in params.items() if key != "_meta"}
    wanted = revision_of(text(params.get("protocolVersion")) or "")
    state.revision = wanted if wanted in LEGACY else LATEST_LEGACY
    for server in state.servers:
        # What it said to a probe for the other generation is no answer to this.
        server.contact = Contact.NEW


def _modern(state: HubState, event: HostSent, message: Request) -> list[HubEffect] | None:
    about = meta(message.params)
    version, capabilities = about.get(META_PROTOCOL_VERSION), about.get(META_CLIENT_CAPABILITIES)
    if version is None and message.method != "server/discover" and state.generation is None:
        problem = "send initialize first, or name the revision in _meta of every request"
        return answers.forbid(state, event, message, SpecCode.INVALID_PARAMS, problem, "not-initialized")
    if not isinstance(version, str) or not isinstance(capabilities, dict):
        problem = f"params._meta needs {META_PROTOCOL_VERSION} and {META_CLIENT_CAPABILITIES}"
        return answers.forbid(state, event, message, SpecCode.INVALID_PARAMS, problem, "missing-envelope")
    if revision_of(version) not in MODERN:
        data: JsonObject = {"supported": [str(each) for each in MODERN], "requested": version}
        problem, rule = "this revision is not served", "unsupported-version"
        return answers.forbid(state, event, message, SpecCode.UNSUPPORTED_VERSION, problem, rule, data)
    kept = (META_PROTOCOL_VERSION, META_CLIENT_CAPABILITIES, META_CLIENT_INFO)
    state.envelope = {key: about[key] for key in kept if key in about}
    if message.method != "server/discover":
        state.generation, state.revision = Generation.MODERN, revision_of(version)
    return None
