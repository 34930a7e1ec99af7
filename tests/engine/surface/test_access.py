"""Requests that name a definition: only what is shown can be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import STARTS, each_generation, initialize, refused, to_server
from sekisho.engine.events import Trouble
from sekisho.engine.state import Stage
from sekisho.engine.surface.shelf import Guard
from sekisho.pin.records import Ledger
from sekisho.pin.review import end_quarantine, quarantine
from surfacekit import ADD, EVIL, SUB, Guarded, guarded, lists, tool
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject
    from sekisho.wire.versions import Generation

SET_ASIDE = quarantine(Ledger(server="server"), "sent mail")


def _call(play: Guarded, name: object, id_: str = "c") -> JsonObject:
    return play.asks(id_, "tools/call", {"name": name})  # type: ignore[dict-item]


def _resource(uri: str, description: str = "Notes.") -> JsonObject:
    return {"name": "n", "uri": uri, "description": description}


def _template(uri: str, description: str = "Notes.") -> JsonObject:
    return {"name": "n", "uriTemplate": uri, "description": description}


# -- tools ---------------------------------------------------------------------------------------


@each_generation
def test_what_is_shown_can_be_called(generation: Generation) -> None:
    play = guarded(generation=generation)
    lists(play, ADD)
    play.host(_call(play, "add")).expects(to_server({**_call(play, "add"), "id": 3}))


@pytest.mark.parametrize(
    ("name", "rule"), [("add", "definition-held"), ("mul", "definition-unlisted"), (5, "definition-unlisted")]
)
def test_what_is_hidden_or_not_listed_cannot_be_called(name: object, rule: str) -> None:
    play = guarded()
    lists(play, EVIL, SUB)
    play.host(_call(play, name)).expects(refused("c", rule))


def test_a_tool_that_the_configuration_leaves_out_cannot_be_called() -> None:
    play = guarded(tools=frozenset({"sub"}))
    lists(play, ADD, SUB)
    play.host(_call(play, "add")).expects(refused("c", "tool-not-allowed"))
    play.host(_call(play, "sub", "d"))
    assert play.sent[-1]["method"] == "tools/call"


def test_the_refusal_of_something_hidden_is_recorded_with_its_text_s_fingerprint() -> None:
    play = guarded()
    lists(play, EVIL)
    play.host(_call(play, "add"))
    assert str(play.recorded[0].fields["fingerprint"]).startswith("1:")


def test_what_has_changed_harmlessly_is_still_called() -> None:
    play = guarded()
    lists(play, ADD)
    lists(play, tool("add", "Adds two numbers and returns the sum."))
    play.host(_call(play, "add"))
    assert play.sent[-1]["method"] == "tools/call"


def test_what_has_changed_for_the_worse_is_not_called_under_its_old_name() -> None:
    play = guarded()
    lists(play, ADD)
    lists(play, EVIL)
    play.host(_call(play, "add")).expects(refused("c", "definition-changed"))


def test_what_is_gone_from_the_list_is_not_called() -> None:
    play = guarded()
    lists(play, ADD, SUB)
    lists(play, SUB)
    play.host(_call(play, "add")).expects(refused("c", "definition-unlisted"))


# -- prompts and completions ---------------------------------------------------------------------


def test_a_prompt_is_read_like_a_tool_is_called() -> None:
    play = guarded()
    lists(
        play,
        {"name": "greet"},
        {"name": "bad", "description": EVIL["description"]},
        method="prompts/list",
        member="prompts",
    )
    play.host(play.asks("p", "prompts/get", {"name": "bad"})).expects(refused("p", "definition-held"))
    play.host(play.asks("q", "prompts/get", {"name": "none"})).expects(refused("q", "definition-unlisted"))
    reference: JsonObject = {"ref": {"type": "ref/prompt", "name": "bad"}, "argument": {"name": "a", "value": ""}}
    play.host(play.asks("r", "completion/complete", reference)).expects(refused("r", "definition-held"))
    play.host(play.asks("s", "prompts/get", {"name": "greet"}))
    assert play.sent[-1]["method"] == "prompts/get"


# -- resources -----------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["resources/read", "resources/subscribe"])
def test_a_hidden_resource_cannot_be_read_and_one_that_is_not_listed_can(method: str) -> None:
    play = guarded()
    entries = _resource("memo://good"), _resource("memo://bad", str(EVIL["description"]))
    lists(play, *entries, method="resources/list", member="resources")
    play.host(play.asks("a", method, {"uri": "memo://bad"})).expects(refused("a", "definition-held"))
    for id_, uri in (("b", "memo://good"), ("c", "memo://elsewhere")):
        play.host(play.asks(id_, method, {"uri": uri}))
        assert play.sent[-1]["method"] == method


@rows(
    ("template", "uri", "covered"),
    [
        ("memo://{a}/x/{b}", "memo://1/x/2", True),
        ("memo://{a}/x/{b}", "memo://1/y/2", False),
        ("memo://{a}/end", "memo://1/end", True),
        ("memo://{a}/end", "memo://1/end/2", False),
        ("memo://{+path}", "memo://1/2/3", True),
        ("memo://{a}{?q}", "other://1", False),
        ("memo://plain", "memo://plain", True),
        ("memo://plain", "memo://plain2", False),
        ("memo://ab{x}ba", "memo://aba", False),
    ],
)
def test_what_a_hidden_template_covers_cannot_be_read(template: str, uri: str, covered: bool) -> None:  # noqa: FBT001 - a case
    play = guarded()
    lists(
        play,
        _template(template, str(EVIL["description"])),
        method="resources/templates/list",
        member="resourceTemplates",
    )
    play.host(play.asks("a", "resources/read", {"uri": uri}))
    assert (refused("a", "definition-held") in play.seen) is covered


def test_what_an_approved_template_covers_too_can_be_read() -> None:
    play = guarded()
    entries = _template("memo://{a}"), _template("memo://{+a}", str(EVIL["description"]))
    lists(play, *entries, method="resources/templates/list", member="resourceTemplates")
    play.host(play.asks("a", "resources/read", {"uri": "memo://1"}))
    assert play.sent[-1]["method"] == "resources/read"


def test_what_waits_is_not_read_either_before_this_session_has_listed_it() -> None:
    before = guarded()
    lists(before, _resource("memo://bad", str(EVIL["description"])), method="resources/list", member="resources")
    play = guarded(before.kept, session="second")
    reference: JsonObject = {
        "ref": {"type": "ref/resource", "uri": "memo://bad"},
        "argument": {"name": "a", "value": ""},
    }
    play.host(play.asks("a", "resources/read", {"uri": "memo://bad"})).expects(refused("a", "definition-held"))
    play.host(play.asks("b", "completion/complete", reference)).expects(refused("b", "definition-held"))
    play.host(play.asks("c", "resources/read", {"uri": "memo://other"}))
    assert play.sent[-1]["method"] == "resources/read"


# -- nobody can tell, or a person said no --------------------------------------------------------


def test_without_a_ledger_nothing_passes_but_what_holds_the_session_up() -> None:
    play = guarded()
    play.pinned(None)
    for method in ("tools/list", "tools/call", "prompts/list", "resources/read", "logging/setLevel"):
        play.host(play.asks(method, method, {"name": "add"})).expects(refused(method, "pins-unavailable"))
    play.host(play.asks("p", "ping"))
    assert play.sent[-1]["method"] == "ping"


def test_a_server_that_is_set_aside_is_not_started_before_it_is_let_back_in() -> None:
    play = guarded()
    play.pinned(SET_ASIDE)
    play.host(_call(play, "add")).expects(refused("c", "set-aside"))
    play.server_left(Trouble.SET_ASIDE)
    play.host(_call(play, "add")).expects(refused("c", "set-aside"))
    play.pinned(end_quarantine(SET_ASIDE))
    play.host(_call(play, "add"))
    assert STARTS in play.seen


def test_a_session_with_a_server_that_is_set_aside_begins_without_it() -> None:
    play = Guarded(guard=Guard(ledger=SET_ASIDE, session="s"))
    assert (play.session.server, play.session.stage) == ("server", Stage.DOWN)
    play.host(initialize("i")).expects(refused("i", "set-aside"))
