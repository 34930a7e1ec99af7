"""Traffic, and ways to break it: flipped bytes; cut, doubled, reordered, spliced messages. A seed gives them again."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Final

from peers.messages import call, initialize, modern, note, request

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["FROM_HOST", "FROM_SERVER", "mutants"]

_SCHEMA: Final[JsonObject] = {
    "$defs": {"p": {"type": "string"}},
    "properties": {"a": {"$ref": "#/$defs/p"}},
    "type": "object",
}

FROM_HOST: Final[tuple[bytes, ...]] = tuple(
    json.dumps(message, ensure_ascii=False).encode()
    for message in (
        request(11, "tools/list"),
        request(12, "tools/list", {"cursor": "c1"}),
        call(13, "echo", {"text": "a line of text, 日本語, \U0001f512"}),
        call(14, "echo", {"text": "x" * 400}, token=14),
        request(15, "ping"),
        request("sixteen", "logging/setLevel", {"level": "debug"}),
        request(17, "prompts/get", {"name": "p", "arguments": {"a": "1.0", "b": "-1e308"}}),
        request(18, "completion/complete", {"ref": {"type": "ref/prompt", "name": "p"}, "argument": {"name": "a"}}),
        note("notifications/cancelled", {"requestId": 13, "reason": "no need"}),
        note("notifications/roots/list_changed"),
        initialize(19),
        modern(request(20, "tools/list")),
        {"jsonrpc": "2.0", "id": 1, "result": {"action": "accept", "content": {"ok": True, "n": 9007199254740991}}},
    )
)
"""What a host says; nothing in it ends the session or never returns."""

_SAID: Final[tuple[JsonObject, ...]] = (
    {"jsonrpc": "2.0", "id": 1, "result": {"content": [{"type": "text", "text": "été"}], "isError": False}},
    {"jsonrpc": "2.0", "id": 2, "result": {"tools": [{"name": "t", "inputSchema": _SCHEMA, "x-new": [1, 2.5]}]}},
    {"jsonrpc": "2.0", "id": 3, "error": {"code": -32602, "message": "no", "data": {"deep": [[[{}]]]}}},
    {"jsonrpc": "2.0", "id": "q1", "method": "ping"},
    {"jsonrpc": "2.0", "id": "q2", "method": "elicitation/create", "params": {"message": "?"}},
    note("notifications/message", {"level": "info", "data": {"n": 1}}),
    note("notifications/progress", {"progressToken": 3, "progress": 0.5, "total": 1}),
    note("notifications/resources/updated", {"uri": "file:///a%20b"}),
    note("notifications/cancelled", {"requestId": "q2"}),
)

FROM_SERVER: Final[tuple[bytes, ...]] = tuple(json.dumps(each, ensure_ascii=False).encode() for each in _SAID)
"""What a server says."""


def mutants(traffic: Sequence[bytes], *, seed: int, count: int, line_feed: bytes = b"\n") -> Iterator[bytes]:
    """Yield `count` broken pieces of `traffic`."""
    dice = random.Random(seed)  # noqa: S311 - a seed has to give the same ones again
    for _ in range(count):
        one, other = dice.choice(traffic), dice.choice(traffic)
        match dice.randrange(7):
            case 0:
                yield _flipped(dice, one)
            case 1:
                yield one[: dice.randrange(len(one))]
            case 2:
                yield line_feed.join([one] * dice.randint(2, 3))
            case 3:
                yield line_feed.join(dice.sample(traffic, min(4, len(traffic))))
            case 4:
                yield one[: dice.randrange(len(one))] + other[dice.randrange(len(other)) :]
            case 5:
                place = dice.randrange(len(one))
                yield one[:place] + one[place + dice.randint(1, 8) :]
            case _:
                place = dice.randrange(len(one))
                yield one[:place] + dice.randbytes(dice.randint(1, 8)) + one[place:]


def _flipped(dice: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)
