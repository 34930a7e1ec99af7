"""What is answered to a server's forms is judged as arguments are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import HTTP, LEGACY, MODERN, Play, refused, request, result, to_server
from sekisho.engine.forms import told
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import Site, facts_of_launch
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import Json, JsonObject

HERE = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset())
FORM: JsonObject = {
    "message": "Which one?",
    "requestedSchema": {"type": "object", "properties": {"frob": {"type": "string", "description": "File path"}}},
}


def accepted(value: Json) -> JsonObject:
    return {"action": "accept", "content": {"frob": value}}


@rows(
    ("answered", "rule"),
    [
        (accepted("/etc/passwd"), "path-outside-roots"),
        (accepted("a.txt"), ""),
        (accepted(5), ""),
        ({"action": "decline"}, ""),
    ],
)
def test_an_answer_to_a_form_is_judged_by_the_form(answered: JsonObject, rule: str) -> None:
    play = Play(facts=HERE).opened(LEGACY, {"elicitation": {}}).server(request("q", "elicitation/create", FORM))
    play.host(result(1, answered))
    play.records("host-answer", verdict="deny" if rule else "allow", **({"rule": rule} if rule else {}))
    assert ("result" in play.sent[-1]) is not bool(rule)


def test_an_answer_during_a_call_is_one_for_its_tool() -> None:
    play = Play(host_face=HTTP, facts=HERE).opened(LEGACY, {"elicitation": {}})
    play.host(play.asks("a", "tools/call", {"name": "kubectl_get"}))
    question: JsonObject = {"requestedSchema": {"properties": {"frob": {"type": "string"}}}}
    play.server(request("q", "elicitation/create", question), call=2)
    play.host(result(1, accepted("--kubeconfig=/x")))
    play.records("host-answer", verdict="deny", rule="word-option")


def test_without_facts_no_answer_is_judged() -> None:
    play = Play().opened(LEGACY, {"elicitation": {}}).server(request("q", "elicitation/create", FORM))
    play.host(result(1, accepted("/etc/shadow"))).expects(to_server(result("q", accepted("/etc/shadow")), call=None))


def test_answers_in_a_request_are_judged_with_its_arguments() -> None:
    play = Play(facts=HERE).opened(MODERN)
    for number, value in ((1, "$(touch x)"), (2, "main")):
        responses: JsonObject = {"inputResponses": {"q": {"action": "accept", "content": {"branch": value}}}}
        said = play.asks(number, "tools/call", {"name": "t", **responses})
        play.host(said)
        if number == 1:
            play.expects(refused(1, "word-shell"))
        else:
            assert play.sent[-1]["method"] == "tools/call"


def test_only_what_a_form_was_answered_with_is_read() -> None:
    responses: JsonObject = {
        "a/b": {"action": "accept", "content": {"path": "../x"}},
        "model": {"role": "assistant", "content": {"type": "text", "text": "../x"}},
        "odd": "../x",
    }
    found = told({"inputResponses": responses}, Tool({"name": "t"}))
    assert [each.pointer for each in found if each.value == "../x"] == ["/inputResponses/a~1b/content/path"]
    assert told({"arguments": {}}, Tool({"name": "t"})) == ()
