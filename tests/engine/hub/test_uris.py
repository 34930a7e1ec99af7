"""URIs of several servers: shown under an alias where the protocol has them, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.engine.hub.uris import parsed, shown, shown_definition, shown_error, shown_question, shown_result

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject


@settings(deadline=None)
@given(st.from_regex(r"[a-z][a-z0-9-]{0,23}", fullmatch=True), st.text())
def test_a_uri_leads_back(alias: str, uri: str) -> None:
    assert parsed(shown(alias, uri)) == (alias, uri)


def test_a_uri_without_an_alias_leads_nowhere() -> None:
    assert parsed("file:///x") is None
    assert parsed("File+x:///") is None


def test_links_and_embedded_resources_are_shown_and_text_is_not_touched() -> None:
    link: JsonObject = {"type": "resource_link", "uri": "m://a"}
    embedded: JsonObject = {"type": "resource", "resource": {"uri": "m://b"}}
    text: JsonObject = {"type": "text", "text": "m://a"}
    result = shown_result("x", "tools/call", {"content": [link, embedded, text], "structuredContent": {"uri": "m://a"}})
    assert result == {
        "content": [
            {"type": "resource_link", "uri": "x+m://a"},
            {"type": "resource", "resource": {"uri": "x+m://b"}},
            text,
        ],
        "structuredContent": {"uri": "m://a"},
    }
    messages: list[Json] = [{"content": link}, {"content": [embedded]}, {"role": "user"}]
    said = shown_result("x", "prompts/get", {"messages": messages})
    assert said == {
        "messages": [
            {"content": {"type": "resource_link", "uri": "x+m://a"}},
            {"content": [{"type": "resource", "resource": {"uri": "x+m://b"}}]},
            {"role": "user"},
        ]
    }


def test_what_a_model_is_to_read_names_resources_as_the_host_knows_them() -> None:
    link: JsonObject = {"type": "resource_link", "uri": "m://a"}
    before: list[Json] = [{"type": "tool_result", "content": [link]}, {"type": "tool_result"}]
    asked = shown_question("x", "sampling/createMessage", {"messages": [{"content": before}], "maxTokens": 1})
    seen: JsonObject = {"type": "resource_link", "uri": "x+m://a"}
    told: list[Json] = [{"type": "tool_result", "content": [seen]}, {"type": "tool_result"}]
    assert asked == {"messages": [{"content": told}], "maxTokens": 1}
    bare: JsonObject = {"maxTokens": 1}
    assert shown_question("x", "sampling/createMessage", bare) is bare
    other: JsonObject = {"messages": [{"content": link}]}
    assert shown_question("x", "roots/list", other) is other


def test_contents_pages_and_errors_are_shown() -> None:
    assert shown_result("x", "resources/read", {"contents": [{"uri": "m://a"}]}) == {"contents": [{"uri": "x+m://a"}]}
    assert shown_result("x", "completion/complete", {"completion": {}}) == {"completion": {}}
    pages: JsonObject = {"_meta": {"ui": {"resourceUri": "ui://p"}, "ui/resourceUri": "ui://p", "k": 1}}
    assert shown_definition("x", pages) == {
        "_meta": {"ui": {"resourceUri": "x+ui://p"}, "ui/resourceUri": "x+ui://p", "k": 1}
    }
    assert shown_error("x", {"code": 1, "data": {"uri": "m://a"}}) == {"code": 1, "data": {"uri": "x+m://a"}}
    assert shown_error("x", {"code": 1}) == {"code": 1}


def test_an_answer_that_names_no_resource_stays_the_same_object() -> None:
    result: JsonObject = {"content": [{"type": "text", "text": "hi"}]}
    assert shown_result("x", "tools/call", result) is result
