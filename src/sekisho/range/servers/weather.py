"""A weather server: stdio, 2025-11-25 and 2026-07-28, three cities, no network.

It is honest about what it offers and careless about what it accepts, as many servers are: it obeys a method that MCP
does not have, and of two equal keys it believes the last, which is what Python's `json` does.
Started as a program (`python -I weather.py`), so it imports nothing but the standard library.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Callable

Json: TypeAlias = "dict[str, object]"

LEGACY: Final = "2025-11-25"
MODERN: Final = "2026-07-28"
_VERSION: Final = "io.modelcontextprotocol/protocolVersion"
_CAPABILITIES: Final = "io.modelcontextprotocol/clientCapabilities"
_SERVER_INFO: Final = "io.modelcontextprotocol/serverInfo"

_ME: Final[Json] = {"name": "weather", "version": "1.0"}
_OFFER: Final[Json] = {"tools": {}, "resources": {}}
_CACHE: Final[Json] = {"ttlMs": 0, "cacheScope": "private"}
_FORECASTS: Final = {
    "Kyoto": ("light rain", 14, 21),
    "Osaka": ("sunny", 16, 24),
    "Sapporo": ("snow", -3, 2),
}
_CITY: Final[Json] = {
    "type": "object",
    "properties": {"city": {"type": "string", "description": "Name of a city in English."}},
    "required": ["city"],
    "additionalProperties": False,
}
_TOOLS: Final[list[Json]] = [
    {
        "name": "get_forecast",
        "description": "Returns tomorrow's weather for a city.",
        "inputSchema": _CITY,
        "annotations": {"readOnlyHint": True, "openWorldHint": False},
    },
    {
        "name": "remove_station",
        "description": "Removes the weather station of a city for good.",
        "inputSchema": _CITY,
        "annotations": {"readOnlyHint": False, "destructiveHint": True, "openWorldHint": False},
    },
]
_URI: Final = "weather://stations"


class ProtocolError(Exception):
    """Answered by a JSON-RPC error."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Weather:
    """The state of one run: which stations still stand."""

    def __init__(self) -> None:
        self._stations = sorted(_FORECASTS)
        self._methods: dict[str, Callable[[Json], Json]] = {
            "initialize": self._initialize,
            "server/discover": self._discover,
            "ping": lambda _params: {},
            "tools/list": lambda _params: {"tools": _TOOLS, **_CACHE},
            "tools/call": self._call,
            "resources/list": lambda _params: {"resources": [{"uri": _URI, "name": "stations"}], **_CACHE},
            "resources/read": self._read,
            "admin/reset": self._reset,
        }

    def answer(self, message: Json) -> Json | None:
        """Return the answer to one message, None when it gets none."""
        if "id" not in message or "method" not in message:
            return None
        reply: Json = {"jsonrpc": "2.0", "id": message["id"]}
        try:
            return {**reply, "result": self._result(str(message["method"]), _object(message.get("params")))}
        except ProtocolError as error:
            return {**reply, "error": {"code": error.code, "message": str(error)}}

    def _result(self, method: str, params: Json) -> Json:
        about = _object(params.get("_meta"))
        modern = _VERSION in about
        if modern and (about[_VERSION] != MODERN or not isinstance(about.get(_CAPABILITIES), dict)):
            raise ProtocolError(-32022, "Unsupported protocol version")
        if method not in self._methods:
            raise ProtocolError(-32601, "Unknown method")
        result = self._methods[method](params)
        if modern:
            return {"resultType": "complete", **result}
        return {key: value for key, value in result.items() if key not in _CACHE}

    def _initialize(self, _params: Json) -> Json:
        return {"protocolVersion": LEGACY, "capabilities": _OFFER, "serverInfo": _ME}

    def _discover(self, _params: Json) -> Json:
        about = {_SERVER_INFO: _ME}
        return {"supportedVersions": [LEGACY, MODERN], "capabilities": _OFFER, **_CACHE, "_meta": about}

    def _call(self, params: Json) -> Json:
        city = _object(params.get("arguments")).get("city")
        match params.get("name"):
            case "get_forecast" if city in self._stations:
                sky, low, high = _FORECASTS[str(city)]
                return _said(f"{city}: {sky}, {low} to {high} degrees")
            case "remove_station" if city in self._stations:
                self._stations.remove(str(city))
                return _said(f"station {city} removed")
            case "get_forecast" | "remove_station":
                return {**_said("There is no station in that city."), "isError": True}
            case _:
                raise ProtocolError(-32602, "Unknown tool")

    def _read(self, params: Json) -> Json:
        if params.get("uri") != _URI:
            raise ProtocolError(-32602, "Unknown resource")
        text = ", ".join(self._stations)
        return {"contents": [{"uri": _URI, "mimeType": "text/plain", "text": text}], **_CACHE}

    def _reset(self, _params: Json) -> Json:
        count = len(self._stations)
        self._stations.clear()
        return {"removed": count}


def _said(text: str) -> Json:
    return {"content": [{"type": "text", "text": text}]}


def _object(value: object) -> Json:
    return cast("Json", value) if isinstance(value, dict) else {}


def main() -> None:
    """Answer each line of standard input until it ends."""
    weather = Weather()
    for line in sys.stdin.buffer:
        answer = weather.answer(_object(json.loads(line)))
        if answer is not None:
            data = json.dumps(answer, separators=(",", ":")).encode()
            sys.stdout.buffer.write(data + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
