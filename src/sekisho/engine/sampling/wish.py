"""What a server asks of a model: how much, of which kind, and with which words."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.engine.results.asking import SAMPLING
from sekisho.wire.strict import serialise
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["Kind", "Wish", "inside", "wish_of"]

_PLAIN: Final = frozenset(
    {
        "_meta",
        "includeContext",
        "maxTokens",
        "messages",
        "metadata",
        "modelPreferences",
        "stopSequences",
        "systemPrompt",
        "temperature",
        "toolChoice",
        "tools",
    }
)
"""Members of a request that no version of its kind is told by; `Kind` looks at some of them by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a yes is for. One request is within another's kind, or it is asked for anew."""

    prompts: frozenset[bytes]
    """Digests of the system prompts that it wishes."""

    tools: frozenset[bytes]
    """Digests of the tools that it offers the model, and of how it is to choose among them."""

    content: frozenset[str]
    """Which sorts of content the model is given."""

    more: frozenset[str]
    """Members that we know nothing of."""

    context: bool
    """Whether it asks for the conversation's context, which it does not get."""

    tokens: float
    """How long an answer may be; infinite where that is not said."""

    def covers(self, other: Kind) -> bool:
        """Tell whether a yes to this is one to the other: nothing in it is new, and it is no longer."""
        return (
            other.prompts <= self.prompts
            and other.tools <= self.tools
            and other.content <= self.content
            and other.more <= self.more
            and other.context <= self.context
            and other.tokens <= self.tokens
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One or more requests to a model that come together, as they would be passed on."""

    kind: Kind
    """Of all of them together."""

    requests: int
    """How many there are."""

    messages: int
    """How many messages the model is given."""

    characters: int
    """How long their texts are together, system prompts included."""

    words: tuple[str, ...]
    """What each request says last to the model."""

    prompts: tuple[str, ...]
    """The system prompts."""


def inside(result: JsonObject) -> list[JsonObject]:
    """Return the params of the requests to a model in an `input_required` result (2026-07-28, basic/patterns/mrtr)."""
    wanted = map(obj, obj(result.get("inputRequests")).values())
    return [obj(each.get("params")) for each in wanted if each.get("method") == SAMPLING]


def wish_of(requests: Iterable[JsonObject], *, context: bool) -> Wish:
    """Read requests to a model that come together.

    Args:
        requests: their params.
        context: whether one of them asked for the conversation's context before that was taken out.
    """
    read = list(requests)
    said = [list(_said(params)) for params in read]
    prompts = tuple(text(prompt) or "" for params in read if (prompt := params.get("systemPrompt")))
    texts = [piece for each in said for _, piece in each]
    kind = Kind(
        prompts=frozenset(_digest(params["systemPrompt"]) for params in read if params.get("systemPrompt")),
        tools=frozenset(
            _digest({name: params.get(name) for name in ("tools", "toolChoice")})
            for params in read
            if params.get("tools") or params.get("toolChoice")
        ),
        content=frozenset(sort for each in said for sort, _ in each),
        more=frozenset(name for params in read for name in params if name not in _PLAIN),
        context=context,
        tokens=max((_tokens(params.get("maxTokens")) for params in read), default=0),
    )
    return Wish(
        kind=kind,
        requests=len(read),
        messages=sum(len(items(params.get("messages"))) for params in read),
        characters=sum(map(len, (*texts, *prompts))),
        words=tuple(next((piece for _, piece in reversed(each) if piece), "") for each in said),
        prompts=prompts,
    )


def _said(params: JsonObject) -> Iterator[tuple[str, str]]:
    """Yield the sort and the text of each part of the messages; what is no message is one of an unknown sort."""
    messages = params.get("messages")
    for message in items(messages) if isinstance(messages, list) else [messages]:
        content = obj(message).get("content")
        for part in items(content) if isinstance(content, list) else [content]:
            sort = text(obj(part).get("type"))
            if sort == "text":
                yield "text", text(obj(part).get("text")) or ""
            else:
                yield sort or "", ""


def _tokens(value: Json) -> float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else math.inf


def _digest(value: Json) -> bytes:
    return hashlib.sha256(serialise(value)).digest()
