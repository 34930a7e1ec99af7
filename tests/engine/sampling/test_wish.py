from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sekisho.engine.sampling.wish import inside, wish_of
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.engine.sampling.wish import Wish
    from sekisho.wire.jsonrpc import Json, JsonObject


def said(text: str, role: str = "user") -> JsonObject:
    return {"role": role, "content": {"type": "text", "text": text}}


def params(*messages: JsonObject, **more: Json) -> JsonObject:
    return {"messages": [*messages], "maxTokens": 100, **more}


def read(*requests: JsonObject, context: bool = False) -> Wish:
    return wish_of(requests, context=context)


def test_a_wish_is_counted_over_all_requests() -> None:
    wish = read(params(said("one"), said("four", "assistant")), params(said("seven"), systemPrompt="Be kind."))
    assert (wish.requests, wish.messages, wish.characters) == (2, 3, 3 + 4 + 5 + 8)
    assert wish.words == ("four", "seven")
    assert wish.prompts == ("Be kind.",)


def test_the_words_are_the_last_ones_to_the_model() -> None:
    assert read(params(said("first"), said("last"), said(""))).words == ("last",)
    assert read(params()).words == ("",)


def test_several_parts_in_one_message_are_read_one_by_one() -> None:
    parts: JsonObject = {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "image", "data": "x"}]}
    wish = read(params(parts))
    assert wish.kind.content == {"text", "image"}
    assert (wish.words, wish.characters) == (("a",), 1)


@rows("messages", [None, "text", {}, [None], ["text"], [{"content": "text"}], [{"content": [3]}]])
def test_what_is_no_message_is_content_of_an_unknown_sort(messages: Json) -> None:
    assert read({"messages": messages}).kind.content == {""}


@rows("tokens", [None, "100", True, [], {}])
def test_an_answer_without_a_readable_limit_has_none(tokens: Json) -> None:
    assert read({"messages": [], "maxTokens": tokens}).kind.tokens == math.inf
    assert read({"messages": []}).kind.tokens == math.inf


@rows(
    "other",
    [
        params(said("else")),
        params(said("else"), maxTokens=1),
        params(said("else"), said("more")),
        params(said("else"), temperature=1, stopSequences=["."], modelPreferences={}, metadata={"a": 1}),
        params(said("else"), systemPrompt="Be kind."),
        params(said("else"), systemPrompt=""),
        params(said("else"), tools=[{"name": "t"}]),
        params(said("else"), tools=[], toolChoice=None),
    ],
)
def test_a_yes_covers_what_is_no_more_than_it_was_for(other: JsonObject) -> None:
    kind = read(params(said("hello"), systemPrompt="Be kind.", tools=[{"name": "t"}])).kind
    assert kind.covers(read(other).kind)


@rows(
    "other",
    [
        params(said("else"), maxTokens=101),
        {"messages": [said("else")]},
        params(said("else"), systemPrompt="Be unkind."),
        params(said("else"), systemPrompt={"not": "a text"}),
        params(said("else"), tools=[{"name": "u"}]),
        params(said("else"), tools=[{"name": "t"}], toolChoice={"mode": "required"}),
        params(said("else"), task={"ttl": 1}),
        params({"role": "user", "content": {"type": "image", "data": ""}}),
    ],
)
def test_a_yes_covers_no_other_kind(other: JsonObject) -> None:
    kind = read(params(said("hello"), systemPrompt="Be kind.", tools=[{"name": "t"}])).kind
    assert not kind.covers(read(other).kind)


def test_a_yes_without_the_context_is_none_with_it() -> None:
    plain, greedy = read(params(said("x"))).kind, read(params(said("x")), context=True).kind
    assert greedy.covers(plain)
    assert not plain.covers(greedy)


def test_requests_inside_of_a_result_are_found_among_the_others() -> None:
    asks: JsonObject = {"method": "sampling/createMessage", "params": params(said("x"))}
    wanted: JsonObject = {"a": asks, "b": {"method": "elicitation/create", "params": {}}, "c": 3}
    assert inside({"inputRequests": wanted}) == [params(said("x"))]
    assert inside({"inputRequests": [asks]}) == []
    assert inside({}) == []
