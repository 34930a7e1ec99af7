"""Both generations of the protocol, as far as an echo call needs them: constants, requests, checked answers.

Concepts: an `Era` is a protocol version; `request` and `notification` write one message of an era; `Calls`
writes numbered `tools/call` requests of one size and checks that an answer carries the same number and text.
Called by the load clients (`load_stdio`, `load_http`) and, for the constants, by the echo servers.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, cast

import orjson

Era: TypeAlias = Literal["2025-11-25", "2026-07-28"]
Json: TypeAlias = dict[str, object]

LEGACY: Final = "2025-11-25"
MODERN: Final = "2026-07-28"
META_VERSION: Final = "io.modelcontextprotocol/protocolVersion"
META_CAPABILITIES: Final = "io.modelcontextprotocol/clientCapabilities"
META_CLIENT: Final = "io.modelcontextprotocol/clientInfo"

FIRST_NUMBER: Final = 10_000_000
"""Call numbers have eight digits, so that every call of a size has the same length."""

_CLIENT: Final[Json] = {"name": "latency-bench", "version": "1"}
_PROSE: Final = "Rain fell on the old bridge while the ferry crossed the river and the market opened its doors. "


class WrongAnswer(Exception):  # noqa: N818 - it names what happened, as the report prints it
    """The peer answered something else than the echo of this very call, or not in time."""


def as_object(value: object) -> Json:
    """Return `value` if it is a JSON object, else an empty one."""
    return cast("Json", value) if isinstance(value, dict) else {}


def as_list(value: object) -> list[object]:
    """Return `value` if it is a JSON array, else an empty one."""
    return cast("list[object]", value) if isinstance(value, list) else []


def meta(era: Era) -> Json:
    """Return the params members that every request of `era` carries (2026-07-28: `_meta`, basic/index)."""
    if era == LEGACY:
        return {}
    return {"_meta": {META_VERSION: MODERN, META_CAPABILITIES: {}, META_CLIENT: _CLIENT}}


def request(*, era: Era, number: int, method: str, params: Json | None = None) -> bytes:
    """Serialise one request, without a line end."""
    body = {**(params or {}), **meta(era)}
    message: Json = {"jsonrpc": "2.0", "id": number, "method": method}
    return orjson.dumps({**message, "params": body} if body else message)


def opening(era: Era, number: int) -> tuple[str, bytes]:
    """Return the method and the bytes of the first request of a conversation."""
    if era == MODERN:
        return "server/discover", request(era=era, number=number, method="server/discover")
    params: Json = {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": _CLIENT}
    return "initialize", request(era=era, number=number, method="initialize", params=params)


INITIALIZED: Final = b'{"jsonrpc":"2.0","method":"notifications/initialized"}'


def parse(raw: bytes | bytearray) -> Json:
    """Parse one message; anything but a JSON object is a wrong answer."""
    try:
        message: object = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise WrongAnswer(f"not JSON: {bytes(raw[:120])!r}") from error
    if not isinstance(message, dict):
        raise WrongAnswer(f"not a JSON object: {bytes(raw[:120])!r}")
    return cast("Json", message)


def result_of(message: Json) -> Json:
    """Return the result of an answer; an error answer is a wrong answer."""
    if "result" not in message:
        raise WrongAnswer(f"error answer: {orjson.dumps(message.get('error', message))[:300].decode()}")
    return as_object(message["result"])


def check_opening(era: Era, result: Json) -> None:
    """Check that the peer speaks `era`."""
    if era == LEGACY:
        if result.get("protocolVersion") != LEGACY:
            raise WrongAnswer(f"initialize chose {result.get('protocolVersion')!r} instead of {LEGACY}")
    elif MODERN not in as_list(result.get("supportedVersions")):
        raise WrongAnswer(f"server/discover does not list {MODERN}")


def echo_name(result: Json) -> str:
    """Return the name under which a `tools/list` result shows the echo tool (a gateway may prefix it)."""
    names = [as_object(tool).get("name") for tool in as_list(result.get("tools"))]
    for name in names:
        if isinstance(name, str) and name.endswith("echo"):
            return name
    raise WrongAnswer(f"no echo tool in tools/list: {names}")


class Calls:
    """Numbered echo calls of one size: each text differs, all lengths are equal."""

    def __init__(self, *, era: Era, tool: str, size: int) -> None:
        """Prepare the constant parts. `size` is the length of the text in bytes (at least 20)."""
        self.era: Era = era
        self.tool = tool
        self.size = size
        filler = " " + (_PROSE * (size // len(_PROSE) + 1))[: size - 14]
        self._filler = filler
        members = orjson.dumps(meta(era))[1:-1]
        extra = b"," + members if members else b""
        self._middle = b',"method":"tools/call","params":{"name":' + orjson.dumps(tool) + b',"arguments":{"text":"call '
        self._tail = filler.encode() + b'"}' + extra + b"}}"

    def request(self, number: int) -> bytes:
        """Return the request of call `number`."""
        digits = b"%d" % number
        return b"".join((b'{"jsonrpc":"2.0","id":', digits, self._middle, digits, self._tail))

    def answered(self, raw: bytes | bytearray) -> int | None:
        """Check one message: the number of the call that it answers, None if it is a notification.

        Raises:
            WrongAnswer: it is an error, or not the echo of the call whose id it carries.
        """
        message = parse(raw)
        if "method" in message:
            return None
        number = message.get("id")
        result = result_of(message)
        content = as_list(result.get("content"))
        if not isinstance(number, int) or result.get("isError") is True or len(content) != 1:
            raise WrongAnswer(f"unexpected answer: {bytes(raw[:300])!r}")
        text = as_object(content[0]).get("text")
        if text != f"call {number}{self._filler}":
            raise WrongAnswer(f"the echo of call {number} differs: {str(text)[:120]!r}")
        return number
