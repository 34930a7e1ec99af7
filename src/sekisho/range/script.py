"""What the hosts of the range say: one `Said` after the other, written as the bytes that go over the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "ATTEMPTS",
    "LEGACY",
    "LEGACY_VISIT",
    "MODERN",
    "MODERN_VISIT",
    "Said",
    "Script",
    "legacy",
    "opening",
]

Json: TypeAlias = "dict[str, object]"

LEGACY: Final = "2025-11-25"
"""The revision of the host that opens with `initialize`."""

MODERN: Final = "2026-07-28"
"""The revision of the host that names it in every request."""

_ABOUT_US: Final[Json] = {"name": "sekisho-demo", "version": "1.0"}
_ENVELOPE: Final[Json] = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientInfo": _ABOUT_US,
    "io.modelcontextprotocol/clientCapabilities": {},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of a host."""

    line: bytes
    """As it goes over the wire, without the line feed."""

    method: str
    """Its method."""

    shown: str
    """What a person needs to see of its params; empty for nothing."""

    answered: bool = True
    """Whether an answer comes."""

    refused: str = ""
    """The rule that stops it, empty for what passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One visit of a host to a server."""

    revision: str
    """What it speaks."""

    said: Sequence[Said]
    """In order."""


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _request(number: int, method: str, params: Json, shown: str = "") -> Said:
    body: Json = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    return Said(line=_compact(body).encode(), method=method, shown=shown)


def _modern(number: int, method: str, params: Json, shown: str = "") -> Said:
    return _request(number, method, {**params, "_meta": _ENVELOPE}, shown)


def opening() -> list[Said]:
    """Return the handshake of 2025-11-25."""
    params: Json = {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": _ABOUT_US}
    ready: Json = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    return [
        _request(1, "initialize", params, LEGACY),
        Said(line=_compact(ready).encode(), method="notifications/initialized", shown="", answered=False),
    ]


def _call(tool: str, arguments: Json) -> tuple[Json, str]:
    return {"name": tool, "arguments": arguments}, f"{tool} {_compact(arguments)}"


def legacy(*calls: tuple[str, Json]) -> Script:
    """Return the visit of a 2025-11-25 host that lists the tools and calls some of them."""
    requests = [_request(2, "tools/list", {})]
    for number, (tool, arguments) in enumerate(calls, start=3):
        params, shown = _call(tool, arguments)
        requests.append(_request(number, "tools/call", params, shown))
    return Script(revision=LEGACY, said=[*opening(), *requests])


_STATIONS: Final[Json] = {"uri": "weather://stations"}

LEGACY_VISIT: Final = Script(
    revision=LEGACY,
    said=[
        *legacy(("get_forecast", {"city": "Kyoto"})).said,
        _request(4, "resources/read", _STATIONS, "weather://stations"),
    ],
)
"""An honest host of 2025-11-25."""

MODERN_VISIT: Final = Script(
    revision=MODERN,
    said=[
        _modern(1, "server/discover", {}, MODERN),
        _modern(2, "tools/list", {}),
        _modern(3, "tools/call", *_call("get_forecast", {"city": "Sapporo"})),
        _modern(4, "resources/read", _STATIONS, "weather://stations"),
    ],
)
"""An honest host of 2026-07-28."""

_TWICE: Final = '{"name":"get_forecast","name":"remove_station","arguments":{"city":"Kyoto"}}'

ATTEMPTS: Final = Script(
    revision=LEGACY,
    said=[
        *opening(),
        Said(
            line=f'{{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{_TWICE}}}'.encode(),
            method="tools/call",
            shown=_TWICE,
            refused="duplicate-key",
        ),
        Said(
            line=b'{"jsonrpc":"2.0","id":3,"method":"admin/reset"}',
            method="admin/reset",
            shown="",
            refused="unknown-method",
        ),
    ],
)
"""A host that hides a value behind another, and knows a back door of the server."""
