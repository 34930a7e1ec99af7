"""What all servers together say about themselves: `initialize` and `server/discover`.

Capabilities are the union; of two different words about the same thing, that of the first server in the configuration
stands. Of a server that has not answered yet counts what it offered last; one that was never asked may have anything,
so everything that lists is offered then.
Every list is said to change: servers come, go and come back, whatever each of them says about its own list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.engine.hub.state import Contact
from sekisho.wire.versions import LATEST_LEGACY, META_SERVER_INFO, MODERN
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.engine.hub.state import HubState, Server
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["discovery", "greeting"]

_BREAKS: Final = "\r\n\x0b\x0c\x85\u2028\u2029"
_HEADING: Final = re.compile(
    rf"(?:\A|(?<=[{_BREAKS}]))[ \t]*+#++[ \t]*+([A-Za-z0-9-]{{1,24}})[ \t]*+#*+[ \t]*+(?=[{_BREAKS}]|\Z)"
)
_LISTED: Final = ("tools", "prompts", "resources")


def greeting(state: HubState) -> JsonObject:
    """Return the result of `initialize`."""
    result: JsonObject = {
        "protocolVersion": str(state.revision or LATEST_LEGACY),
        "capabilities": _capabilities(state),
        "serverInfo": _info(state),
    }
    return _with_instructions(state, result)


def discovery(state: HubState) -> JsonObject:
    """Return the result of `server/discover`; servers come and go, so it is not to be kept."""
    result: JsonObject = {
        "resultType": "complete",
        "supportedVersions": [str(revision) for revision in MODERN],
        "capabilities": _capabilities(state),
        "ttlMs": 0,
        "cacheScope": "private",
        "_meta": {META_SERVER_INFO: _info(state)},
    }
    return _with_instructions(state, result)


def _info(state: HubState) -> JsonObject:
    return {"name": "sekisho", "version": state.setup.version}


def _with_instructions(state: HubState, result: JsonObject) -> JsonObject:
    said = [(server.alias, text(server.offer.get("instructions"))) for server in _heard(state)]
    joined = "\n\n".join(f"## {alias}\n\n{_own(state, words)}" for alias, words in said if words)
    return {**result, "instructions": joined} if joined else result


def _own(state: HubState, words: str) -> str:
    """Return a server's instructions without a heading of ours: nobody speaks below the name of another one."""

    def escaped(found: re.Match[str]) -> str:
        return f"\\{found[0]}" if found[1].lower() in state.by_alias else found[0]

    return _HEADING.sub(escaped, words)


def _heard(state: HubState) -> Sequence[Server]:
    return [server for server in state.servers if server.contact is Contact.READY or server.recalled]


def _capabilities(state: HubState) -> JsonObject:
    union: JsonObject = {}
    if len(_heard(state)) < len(state.servers):
        union |= {"logging": {}, "completions": {}}
        union |= {feature: {} for feature in _LISTED}
    for server in _heard(state):
        for feature, offered in obj(server.offer.get("capabilities")).items():
            union[feature] = _joined(union.get(feature), offered)
    for feature in _LISTED:
        if feature in union:
            union[feature] = {**obj(union[feature]), "listChanged": True}
    return union


def _joined(first: Json, second: Json) -> Json:
    """Join two words about one feature: yes beats no, the first beats the second."""
    if isinstance(first, dict) and isinstance(second, dict):
        return {key: _joined(first.get(key), second.get(key)) for key in {**first, **second}}
    return second if first is None or first is False else first
