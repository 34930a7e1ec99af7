"""What the hosts of the range say: one `Said` after the other, written as the bytes that go over the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ATTEMPTS", "LEGACY", "LEGACY_VISIT", "Said", "opening", "request"]

Json: TypeAlias = "dict[str, object]"

LEGACY: Final = "2025-11-25"
"""The revision that they speak."""

_ABOUT_US: Final[Json] = {"name": "sekisho-range", "version": "1.0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of a host."""

    line: bytes
    """As it goes over the wire, without the line feed."""

    method: str
    """Its method."""

    answered: bool = True
    """Whether an answer comes."""

    refused: str = ""
    """The rule that stops it, empty for what passes."""


def request(number: int, method: str, params: Json) -> Said:
    """Return a request."""
    body: Json = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    return Said(line=json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode(), method=method)


def opening() -> list[Said]:
    """Return the handshake."""
    params: Json = {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": _ABOUT_US}
    ready = b'{"jsonrpc":"2.0","method":"notifications/initialized"}'
    return [
        request(1, "initialize", params),
        Said(line=ready, method="notifications/initialized", answered=False),
    ]


LEGACY_VISIT: Final[Sequence[Said]] = (
    *opening(),
    request(2, "tools/list", {}),
    request(3, "tools/call", {"name": "get_forecast", "arguments": {"city": "Kyoto"}}),
    request(4, "resources/read", {"uri": "weather://stations"}),
)
"""An honest host at the weather server."""

_TWICE: Final = b'{"name":"get_forecast","name":"remove_station","arguments":{"city":"Kyoto"}}'

ATTEMPTS: Final[Sequence[Said]] = (
    Said(
        line=b'{"jsonrpc":"2.0","id":901,"method":"tools/call","params":' + _TWICE + b"}",
        method="tools/call",
        refused="duplicate-key",
    ),
    Said(
        line=b'{"jsonrpc":"2.0","id":902,"method":"admin/reset"}',
        method="admin/reset",
        refused="unknown-method",
    ),
)
"""A host that hides a value behind another, and one that knows a back door of the server."""
