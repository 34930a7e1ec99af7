"""The one server that a request is for: found by its name, told its own name, and nobody else is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bridgekit import error, params, request, result
from hubkit import modern, newer, older
from sekisho.engine.hub import names
from sekisho.wire.views import items, obj
from tablekit import rows

if TYPE_CHECKING:
    from hubkit import Company
    from sekisho.wire.jsonrpc import Id, JsonObject

ODD = "a name with spaces"


def known(at: Company) -> Company:
    """Let every server list one tool and one prompt, of the same names."""
    for method, member in (("tools/list", "tools"), ("prompts/list", "prompts")):
        for alias, body in at.host(request(method, method)):
            listed: JsonObject = {member: [{"name": "t"}, {"name": ODD}]}
            at.server(alias, result(body["id"], listed))
    return at


def sent(at: Company, id_: Id, method: str, more: JsonObject) -> tuple[str, JsonObject]:
    """Let the host ask; return the one server that gets something, and its params."""
    ((alias, body),) = at.host(request(id_, method, more))
    assert body["method"] == method
    return alias, params(body)


def test_a_tool_and_a_prompt_are_asked_for_by_the_servers_own_name() -> None:
    at = known(older())
    assert sent(at, 1, "tools/call", {"name": "b__t", "arguments": {}}) == ("b", {"name": "t", "arguments": {}})
    assert sent(at, 2, "prompts/get", {"name": "a__t"}) == ("a", {"name": "t"})


def test_a_name_that_was_cut_leads_to_the_whole_one() -> None:
    at = known(older())
    assert sent(at, 1, "tools/call", {"name": names.shown("b", ODD)}) == ("b", {"name": ODD})


@pytest.mark.parametrize("method", ["resources/read", "resources/subscribe", "resources/unsubscribe"])
def test_a_resource_is_asked_for_by_the_servers_own_uri(method: str) -> None:
    assert sent(older(), 1, method, {"uri": "b+x:y+z"}) == ("b", {"uri": "x:y+z"})


def test_a_completion_is_asked_of_the_server_of_its_prompt_or_template() -> None:
    at = known(older())
    argument: JsonObject = {"name": "n", "value": "v"}
    prompt: JsonObject = {"ref": {"type": "ref/prompt", "name": "a__t"}, "argument": argument}
    template: JsonObject = {"ref": {"type": "ref/resource", "uri": "b+x:{y}"}, "argument": argument}
    assert sent(at, 1, "completion/complete", prompt) == ("a", {**prompt, "ref": {"type": "ref/prompt", "name": "t"}})
    assert sent(at, 2, "completion/complete", template) == (
        "b",
        {**template, "ref": {"type": "ref/resource", "uri": "x:{y}"}},
    )


@rows(
    ("method", "more"),
    [
        ("tools/call", {"name": "t"}),
        ("tools/call", {"name": "c__t"}),
        ("tools/call", {"name": "a__missing"}),
        ("tools/call", {"name": 3}),
        ("prompts/get", {}),
        ("resources/read", {"uri": "x:y"}),
        ("resources/read", {"uri": "sekisho+x:y"}),
        ("completion/complete", {"ref": {"type": "ref/prompt"}}),
        ("completion/complete", {}),
    ],
)
def test_what_nobody_lists_is_told_so_and_nobody_is_asked(method: str, more: JsonObject) -> None:
    at = known(older())
    assert at.host(request(1, method, more)) == []
    assert obj(at.last["error"])["code"] == -32602
    assert at.rules() == ["not-listed"]


def test_a_name_of_an_unread_list_is_read_first_from_that_server_only() -> None:
    at = older()
    ((alias, body),) = at.host(request(1, "tools/call", {"name": "b__t"}))
    assert (alias, body["method"]) == ("b", "tools/list")
    assert at.host(request(2, "tools/call", {"name": "b__none"})) == []
    at.server("b", result(body["id"], {"tools": [{"name": "t"}]}))
    alias, body = at.to_server[-1]
    assert (alias, params(body)["name"]) == ("b", "t")
    assert at.owed == {(0, 1)}
    at.server("b", result(body["id"], {"content": []}))
    assert at.last == result(1, {"content": []})


def test_a_name_of_a_list_that_cannot_be_read_is_answered() -> None:
    at = older()
    ((_, body),) = at.host(request(1, "tools/call", {"name": "b__t"}))
    at.server("b", error(body["id"], -1))
    assert obj(at.last["error"])["code"] == -32602
    assert not at.owed


def test_resources_in_an_answer_are_shown_under_the_alias_and_an_error_too() -> None:
    at = older()
    ((_, body),) = at.host(request(1, "resources/read", {"uri": "b+x:y"}))
    contents: JsonObject = {"contents": [{"uri": "x:y", "text": "x:y"}]}
    (told,) = at.server("b", result(body["id"], contents))
    assert items(obj(told["result"])["contents"]) == [{"uri": "b+x:y", "text": "x:y"}]
    ((_, body),) = at.host(request(2, "resources/read", {"uri": "b+x:z"}))
    missing: JsonObject = {"code": -32002, "message": "none", "data": {"uri": "x:z"}}
    (told,) = at.server("b", {**error(body["id"], -32002), "error": missing})
    assert obj(obj(told["error"])["data"])["uri"] == "b+x:z"


def test_in_2026_the_same_id_on_two_channels_is_two_requests() -> None:
    at = newer()
    got = {
        channel: at.host(modern(1, "resources/read", {"uri": f"{alias}+x:y"}), channel=channel)
        for channel, alias in ((1, "a"), (2, "b"))
    }
    ((alias, body),) = got[2]
    at.server(alias, result(body["id"], {"resultType": "complete", "contents": []}))
    assert at.owed == {(1, 1)}
