"""Single messages, from one generation to the other.

What is taken away is what the other side would misread; all else stays as it came, unknown members included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.wire.versions import (
    CACHEABLE,
    LATEST_LEGACY,
    LATEST_MODERN,
    LEGACY,
    META_CLIENT_CAPABILITIES,
    META_CLIENT_INFO,
    META_LOG_LEVEL,
    META_PROTOCOL_VERSION,
    META_SERVER_INFO,
    META_SUBSCRIPTION_ID,
    RETIRED_CODES,
    SpecCode,
    revision_of,
)
from sekisho.wire.views import items, meta, obj, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = [
    "LEVELS",
    "as_discovered",
    "as_initialized",
    "error_for_newer_host",
    "error_for_older_host",
    "for_newer_server",
    "for_older_server",
    "hears",
    "level_of",
    "result_for_newer_host",
    "result_for_older_host",
    "untagged",
]

LEVELS: Final = ("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency")
"""Log levels, from chatty to silent (server/utilities/logging)."""

_ENVELOPE: Final = frozenset({META_PROTOCOL_VERSION, META_CLIENT_CAPABILITIES, META_CLIENT_INFO, META_LOG_LEVEL})
_OF_NEWER: Final = frozenset({"resultType", "ttlMs", "cacheScope"})
_OF_RETRY: Final = frozenset({"inputResponses", "requestState"})
_UNNAMED: Final[Mapping[str, str]] = {"name": "unknown", "version": "unknown"}
_OFFERED: Final = frozenset({"completions", "experimental", "extensions", "logging", "prompts", "resources", "tools"})
"""What a server may offer in 2026-07-28 (schema, ServerCapabilities)."""


def for_newer_server(params: JsonObject | None, envelope: JsonObject) -> JsonObject:
    """Return params with the `_meta` that every 2026-07-28 request carries; the host's own members stay."""
    return {**(params or {}), "_meta": {**meta(params), **envelope}}


def for_older_server(params: JsonObject | None) -> JsonObject | None:
    """Return params without what only 2026-07-28 knows."""
    if params is None:
        return None
    kept: JsonObject = {key: value for key, value in params.items() if key not in _OF_RETRY}
    about: JsonObject = {key: value for key, value in meta(params).items() if key not in _ENVELOPE}
    if about:
        kept["_meta"] = about
    else:
        kept.pop("_meta", None)
    return kept


def as_initialized(discovered: JsonObject, wanted: Json) -> JsonObject:
    """Make the result of `initialize` from that of `server/discover`."""
    known = text(wanted) or ""
    version = known if revision_of(known) in LEGACY else str(LATEST_LEGACY)
    result: JsonObject = {
        "protocolVersion": version,
        "capabilities": obj(discovered.get("capabilities")),
        "serverInfo": meta(discovered).get(META_SERVER_INFO) or {**_UNNAMED},
    }
    if "instructions" in discovered:
        result["instructions"] = discovered["instructions"]
    about: JsonObject = {key: value for key, value in meta(discovered).items() if key != META_SERVER_INFO}
    return {**result, "_meta": about} if about else result


def as_discovered(initialized: JsonObject) -> JsonObject:
    """Make the result of `server/discover` from that of `initialize`."""
    offered = obj(initialized.get("capabilities"))
    versions: list[Json] = [str(LATEST_MODERN)]
    result: JsonObject = {
        "resultType": "complete",
        "ttlMs": 0,
        "cacheScope": "private",
        "supportedVersions": versions,
        "capabilities": {key: value for key, value in offered.items() if key in _OFFERED},
    }
    if "instructions" in initialized:
        result["instructions"] = initialized["instructions"]
    about = meta(initialized)
    if "serverInfo" in initialized:
        about = {**about, META_SERVER_INFO: initialized["serverInfo"]}
    return {**result, "_meta": about} if about else result


def result_for_newer_host(method: str, result: JsonObject) -> JsonObject:
    """Return a result of an older server with what 2026-07-28 requires."""
    more: JsonObject = {"resultType": "complete"}
    if method in CACHEABLE:
        # What it varies by is not known, and it may change without a word: nobody may keep it.
        more |= {"ttlMs": 0, "cacheScope": "private"}
    # An older server knows of no other kind; whatever it calls one would be taken for one.
    return {**more, **result, "resultType": "complete"}


def result_for_older_host(method: str, result: JsonObject) -> JsonObject:
    """Return a result of a newer server without what only 2026-07-28 knows."""
    kept: JsonObject = {key: value for key, value in result.items() if key not in _OF_NEWER}
    if META_SERVER_INFO in meta(kept):
        kept |= _without(kept, META_SERVER_INFO)
        if not kept["_meta"]:
            del kept["_meta"]
    if "structuredContent" in kept and not isinstance(kept["structuredContent"], dict):
        # Up to 2025-11-25 it has to be an object; the text form beside it says the same (server/tools).
        del kept["structuredContent"]
    if method == "tools/list" and "tools" in kept:
        kept["tools"] = [_older_tool(tool) for tool in items(kept["tools"])]
    return kept


def _without(value: JsonObject, key: str) -> JsonObject:
    """Return the `_meta` member of a value, without one key."""
    return {"_meta": {name: item for name, item in meta(value).items() if name != key}}


def _older_tool(tool: Json) -> Json:
    """Take away an output schema that is not one of an object."""
    view = obj(tool)
    if "outputSchema" not in view or obj(view["outputSchema"]).get("type") == "object":
        return tool
    return {key: value for key, value in view.items() if key != "outputSchema"}


def error_for_newer_host(error: JsonObject) -> JsonObject:
    """Return an error with a code that 2026-07-28 still has."""
    if error.get("code") in RETIRED_CODES:
        return {**error, "code": int(SpecCode.INVALID_PARAMS)}
    return error


def error_for_older_host(method: str, error: JsonObject) -> JsonObject:
    """Return an error with the code by which older hosts know a missing resource."""
    if method == "resources/read" and error.get("code") == SpecCode.INVALID_PARAMS:
        return {**error, "code": int(SpecCode.RESOURCE_NOT_FOUND)}
    return error


def level_of(params: JsonObject | None) -> int | None:
    """Return the log level that a newer host asks for, as a place in `LEVELS`; None when it wants no log."""
    level = meta(params).get(META_LOG_LEVEL)
    return LEVELS.index(level) if isinstance(level, str) and level in LEVELS else None


def hears(wanted: int | None, level: str) -> bool:
    """Tell whether who wants this level, or none, is told a message of that one."""
    return wanted is not None and level in LEVELS and LEVELS.index(level) >= wanted


def untagged(body: JsonObject) -> JsonObject:
    """Return a notification without the id of the stream that it came on."""
    params = obj(body.get("params"))
    about = meta(params)
    if META_SUBSCRIPTION_ID not in about:
        return body
    left: JsonObject = {key: value for key, value in about.items() if key != META_SUBSCRIPTION_ID}
    kept: JsonObject = {key: value for key, value in params.items() if key != "_meta"}
    if left:
        kept["_meta"] = left
    if kept:
        return {**body, "params": kept}
    return {key: value for key, value in body.items() if key != "params"}
