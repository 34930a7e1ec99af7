"""Strict JSON: one parse for everything that crosses the checkpoint.

Two speeds.
Bytes that `orjson` would write back unchanged have one reading only, so they are accepted at once.
All others (white space, escapes, other number spellings) are read again by a parser that reports duplicate keys,
because parsers disagree about which of two equal keys wins, and the server behind us may use another parser.

Refused: invalid UTF-8, lone surrogates, NaN and infinities, numbers outside of a double, integers beyond 64 bits
(orjson would turn them into floats without a word), duplicate keys, and anything over the limits.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

import jiter
import orjson

__all__ = ["Json", "JsonObject", "Limits", "WireError", "loads", "salvage_answered_id", "serialise"]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"

_NOUGHTS: Final = bytes.maketrans(b"123456789", b"000000000")
_LONG_DIGITS: Final = b"0" * 19
_STRING: Final = re.compile(rb'"[^"]*"?')
_ONE_KIND: Final = bytes.maketrans(b"{}", b"[]")
_NO_BRACKET: Final = bytes(set(range(256)) - set(b'[]{}"'))
_DEEPEST: Final = 200
_LONG: Final = 64 * 1024
_LEAST: Final = 2
"""Bytes of a member, and of a level, at least: a digit and its comma, two brackets."""

_INT64_MIN: Final = -(2**63)
_UINT64_MAX: Final = 2**64 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one message may cost."""

    bytes: int = 32 * 1024 * 1024
    """Longest message, in bytes."""

    depth: int = 128
    """Deepest nesting of arrays and objects; more than 200 is taken as 200, where a parser behind us gives up."""

    members: int = 1_000_000
    """Most array elements and object members in one message, all levels together."""


class WireError(Exception):
    """The peer sent bytes that are not one acceptable message.

    Args:
        reason: a stable id: `malformed-json`, `duplicate-key`, `integer-range`, `too-large`, `too-deep`,
            `too-many-members`, `invalid-message`, `invalid-id`, `batch`.
        detail: what and where, in our own words and numbers; never text of the peer.
        id: the id of the request that is owed an answer, when it could be read.
    """

    def __init__(self, reason: str, detail: str, *, id: int | str | None = None) -> None:  # noqa: A002 - JSON-RPC's word
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.id = id


def loads(data: bytes, limits: Limits) -> Json:
    """Return the only reading of `data`.

    Raises:
        WireError: when there is none, more than one, or one over the limits.
    """
    if len(data) > limits.bytes:
        raise WireError("too-large", f"the message has {len(data)} bytes, the limit is {limits.bytes}")
    deepest = min(limits.depth, _DEEPEST)
    # Before the parse, because 32 MB of `[],` take a gigabyte as objects.
    if _may_have(data, limits.members) and _members(data, limits.members) > limits.members:
        raise WireError("too-many-members", f"the message has more than {limits.members} members")
    try:
        value: Json = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        # orjson stops at a nesting of 1,024 with the same exception.
        if error.msg == "depth limit exceeded":
            raise WireError("too-deep", f"arrays and objects nest deeper than {deepest}") from None
        raise WireError("malformed-json", f"not valid JSON (line {error.lineno}, column {error.colno})") from None
    if len(data) > _LEAST * deepest and _may_nest(data, deepest) and _is_deeper(data, deepest):
        raise WireError("too-deep", f"arrays and objects nest deeper than {deepest}")
    if orjson.dumps(value) != data:
        _second_reading(data)
    return value


def serialise(value: Json) -> bytes:
    """Return the bytes to send for a judged value: compact UTF-8, keys in their order."""
    return orjson.dumps(value)


def salvage_answered_id(data: bytes) -> int | str | None:
    """Tell which request a refused answer belonged to, so that its caller is told instead of waiting.

    The text was refused, so nothing but this id is taken from it, and only from something shaped like an answer.
    Python servers do send NaN: `json.dumps` writes it.
    """
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or "method" in value:
        return None
    id_: object = cast("dict[str, object]", value).get("id")
    return id_ if isinstance(id_, int | str) and not isinstance(id_, bool) else None


def _second_reading(data: bytes) -> None:
    """Refuse what the fast parser hides: duplicate keys and integers that it rounds."""
    try:
        value: Json = jiter.from_json(data, catch_duplicate_keys=True, allow_inf_nan=False, cache_mode="keys")
    except ValueError as error:
        if "duplicate key" in str(error).lower():
            raise WireError("duplicate-key", "an object names the same key twice") from None
        raise WireError("malformed-json", "two strict parsers disagree about this text") from None
    if _LONG_DIGITS in data.translate(_NOUGHTS) and not _integers_fit(value):
        raise WireError("integer-range", "an integer does not fit into 64 bits")


def _integers_fit(value: Json) -> bool:
    stack: list[Json] = [value]
    while stack:
        match stack.pop():
            case dict() as members:
                stack.extend(members.values())
            case list() as items:
                stack.extend(items)
            case int() as number if not _INT64_MIN <= number <= _UINT64_MAX:
                return False
            case _:
                pass
    return True


def _may_have(data: bytes, most: int) -> bool:
    """Tell whether there may be more than `most` members, by the length first: most messages are much shorter."""
    return len(data) > _LEAST * most and data.count(b",") + data.count(b"{") + data.count(b"[") > most


def _may_nest(data: bytes, most: int) -> bool:
    """Tell whether more than `most` brackets open something: looking for few in a long text is faster than counting."""
    if len(data) < _LONG:
        return data.count(b"{") + data.count(b"[") > most
    found = 0
    for opener in (b"{", b"["):
        place = data.find(opener)
        while place >= 0:
            found += 1
            if found > most:
                return True
            place = data.find(opener, place + 1)
    return False


def _members(data: bytes, most: int) -> int:
    """Count array elements and object members in the text of a JSON value, exactly or beyond `most`.

    Commas and brackets are counted where no string is; only the first of the elements of a container has no comma.
    """
    unescaped = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    # A member has two strings at most: text that is all quotes is not worth looking at closely.
    least = unescaped.count(b'"') // 4
    if least > most:
        return least
    bare = _STRING.sub(b"0", unescaped).translate(None, b" \t\r\n")
    return bare.count(b",") + bare.count(b"[") + bare.count(b"{") - bare.count(b"[]") - bare.count(b"{}")


def _is_deeper(data: bytes, most: int) -> bool:
    """Tell whether arrays and objects nest deeper than `most` in the text of a JSON value, by its brackets alone."""
    unescaped = data.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in data else data
    # between two quotes with nothing left between them nothing opened, be it a string or what is between two
    bare = _STRING.sub(b"", unescaped.translate(_ONE_KIND, _NO_BRACKET).replace(b'""', b""))
    for _ in range(most):
        if not bare:
            return False
        bare = bare.replace(b"[]", b"")
    return bool(bare)
