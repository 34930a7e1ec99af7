"""A question of ours between peers of two generations, and through a hub: the session asks, those above it carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hubkit
from bridgekit import behind, crossed, error, modern, note, params, request, result
from engine.sampling.asking import ABLE, ASKS, DECLINE, ONCE, REFUSE, REST, SAMPLING, reply, wish
from sekisho.engine.effects import SendToHost
from sekisho.wire.views import items, nested, obj
from tablekit import rows

if TYPE_CHECKING:
    from bridgekit import Crossing
    from hubkit import Company
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

CALL: JsonObject = {"name": "t", "arguments": {}}
FORM: JsonObject = {"message": "Which?", "requestedSchema": {"type": "object", "properties": {}}}
FORMS = "elicitation/create"


# -- a host of 2026-07-28, a server up to 2025-11-25 ---------------------------------------------------


def to_older(capabilities: JsonObject = ABLE) -> tuple[Crossing, JsonObject]:
    """Return a bridge with a call under way, and the call as the server got it."""
    at = behind(policy=ASKS, capabilities=capabilities)
    (sent,) = at.host(modern(1, "tools/call", CALL, capabilities=capabilities))
    return at, sent


def again(at: Crossing, said: JsonObject, id_: Id = 2) -> list[JsonObject]:
    """Let the host come again with an answer to the only question of the last round; return what the server gets."""
    put = obj(at.last["result"])
    [key] = obj(put["inputRequests"])
    more: JsonObject = {**CALL, "inputResponses": {key: said}, "requestState": put["requestState"]}
    return at.host(modern(id_, "tools/call", more, capabilities=ABLE))


def asked(at: Crossing) -> JsonObject:
    """Return the questions of the last round, by method."""
    return {str(obj(each)["method"]): each for each in obj(obj(at.last["result"])["inputRequests"]).values()}


def test_an_older_servers_request_is_a_round_of_ours_and_then_one_of_its_own() -> None:
    at, sent = to_older()
    at.server(request("s1", SAMPLING, wish()))
    assert list(asked(at)) == [FORMS]
    assert "«hello»" in str(asked(at))
    assert again(at, ONCE) == []
    assert asked(at) == {SAMPLING: {"method": SAMPLING, "params": wish()}}
    assert again(at, reply(), 3) == [result("s1", reply())]
    at.server(result(sent["id"], {"content": []}))
    assert at.last == result(3, {"resultType": "complete", "content": []})


@rows("said", [REFUSE, DECLINE, {}, reply()])
def test_an_older_server_is_told_no(said: JsonObject) -> None:
    at, sent = to_older()
    at.server(request("s1", SAMPLING, wish()))
    (told,) = again(at, said)
    assert (told["id"], obj(told["error"])["code"]) == ("s1", -1)
    at.server(result(sent["id"], {"content": [], "isError": True}))
    assert at.last["id"] == 2


def test_beside_a_question_of_ours_no_server_speaks() -> None:
    at, _ = to_older()
    at.server(request("s1", SAMPLING, wish()))
    at.server(request("s2", FORMS, FORM))
    at.server(request("s3", SAMPLING, wish("more")))
    again(at, ONCE)
    assert [list(asked(at)), "«more»" in str(asked(at))] == [[FORMS], True]
    again(at, REFUSE, 3)
    assert {FORMS, SAMPLING} == set(asked(at))
    assert "Which?" in str(asked(at))


def test_a_host_that_declares_no_forms_has_no_question_to_answer() -> None:
    able: JsonObject = {"sampling": {}}
    at, _ = to_older(able)
    at.server(request("s1", SAMPLING, wish()))
    assert obj(at.to_server[-1][1]["error"])["code"] == -1
    assert "sampling-no-channel" in at.rules()


def test_an_older_server_asks_nothing_in_a_result() -> None:
    at, sent = to_older()
    smuggled: JsonObject = {"resultType": "input_required", "inputRequests": {"k": {"method": SAMPLING}}}
    at.server(result(sent["id"], smuggled))
    assert nested(obj(at.last["result"]), "_meta", "sekisho/refusal")["rule"] == "unknown-result-type"


# -- a host up to 2025-11-25, a server of 2026-07-28 ---------------------------------------------------


def to_newer() -> tuple[Crossing, JsonObject]:
    at = crossed(policy=ASKS)
    at.host(note("notifications/initialized"))
    (sent,) = at.host(request(1, "tools/call", CALL))
    return at, sent


def wants(**more: JsonObject) -> JsonObject:
    asks: JsonObject = {"k": {"method": SAMPLING, "params": wish()}, **more}
    return {"resultType": "input_required", "inputRequests": asks, "requestState": "opaque"}


def test_what_a_newer_server_requires_is_asked_for_first() -> None:
    at, sent = to_newer()
    (ours,) = at.server(result(sent["id"], wants(f={"method": FORMS, "params": FORM})))
    assert ours["method"] == FORMS
    assert "«hello»" in str(ours["params"])
    assert at.host(result(ours["id"], ONCE)) == []
    one, other = at.heard(2)
    assert {str(one["method"]), str(other["method"])} == {SAMPLING, FORMS}
    said: dict[str, JsonObject] = {SAMPLING: reply(), FORMS: DECLINE}
    at.host(result(one["id"], said[str(one["method"])]))
    (back,) = at.host(result(other["id"], said[str(other["method"])]))
    assert params(back)["inputResponses"] == {"k": reply(), "f": DECLINE}
    assert params(back)["requestState"] == "opaque"


def test_a_newer_servers_call_is_refused_after_a_no() -> None:
    at, sent = to_newer()
    (ours,) = at.server(result(sent["id"], wants()))
    assert at.host(result(ours["id"], REFUSE)) == []
    assert nested(obj(at.last["result"]), "_meta", "sekisho/refusal")["rule"] == "sampling-refused"
    assert obj(at.last["result"])["isError"] is True


def test_a_host_that_fails_at_our_question_gets_no_other_one() -> None:
    at, sent = to_newer()
    (ours,) = at.server(result(sent["id"], wants()))
    assert at.host(error(ours["id"], -32601)) == []
    assert at.last["id"] == 1
    assert "error" in at.last
    assert at.rules()[-1] == "question-unanswered"


# -- a hub ---------------------------------------------------------------------------------------------


def heard(at: Company) -> JsonObject:
    """Return what the host got last."""
    sent = at.to_host[-1]
    assert isinstance(sent, SendToHost)
    return sent.body


def routed(at: Company, alias: str, call: JsonObject) -> JsonObject:
    """Send a call to a server whose tools are not read yet; return it as the server gets it."""
    sent = at.host(call)
    if sent and sent[0][1]["method"] == "tools/list":
        tool: JsonObject = {"name": "t", "inputSchema": {"type": "object"}}
        listed: JsonObject = {"tools": [tool], "resultType": "complete", "ttlMs": 0, "cacheScope": "private"}
        at.server(alias, result(sent[0][1]["id"], listed))
        sent = at.to_server[-1:]
    [(to, body)] = sent
    assert (to, body["method"]) == (alias, "tools/call")
    return body


def test_below_a_hub_the_alias_stands_in_front_once_and_the_answer_finds_its_server() -> None:
    at = hubkit.older("git", "mail", policy=ASKS)
    (one,) = at.server("git", request(7, SAMPLING, wish("one")))
    (other,) = at.server("mail", request(7, SAMPLING, wish("two")))
    assert str(params(one)["message"]).startswith("git: this server asks")
    assert str(params(other)["message"]).startswith("mail: this server asks")
    ((to, told),) = at.host(result(other["id"], REFUSE))
    assert (to, told["id"], obj(told["error"])["code"]) == ("mail", 7, -1)
    assert at.host(result(one["id"], REST)) == []
    asks = heard(at)
    assert (asks["method"], asks["params"]) == (SAMPLING, wish("one"))
    assert at.host(result(asks["id"], reply())) == [("git", result(7, reply()))]
    (third,) = at.server("mail", request(8, SAMPLING, wish("one")))
    assert third["method"] == FORMS, "what one server may is none of another's"
    (fourth,) = at.server("git", request(8, SAMPLING, wish("four")))
    assert fourth["method"] == SAMPLING


def test_a_question_of_a_server_opens_with_its_alias_whatever_it_begins_with() -> None:
    at = hubkit.older("git", policy=ASKS)
    for message, shown in (("mail: hello", "git: mail: hello"), ("git: hello", "git: hello"), ("git:", "git: git:")):
        (asked_,) = at.server("git", request(message, FORMS, {**FORM, "message": message}))
        assert params(asked_)["message"] == shown


def test_below_a_hub_a_round_of_ours_goes_before_the_servers() -> None:
    at = hubkit.newer("git", "mail", policy=ASKS)
    [name] = _names(at)
    call: JsonObject = {"name": name, "arguments": {}}
    body = routed(at, "git", hubkit.modern(1, "tools/call", call))
    (put,) = at.server("git", result(body["id"], wants()))
    required = obj(put["result"])
    [(key, ours)] = obj(required["inputRequests"]).items()
    assert str(obj(obj(ours)["params"])["message"]).startswith("git: this server asks")
    more: JsonObject = {**call, "inputResponses": {key: ONCE}, "requestState": required["requestState"]}
    assert at.host(hubkit.modern(2, "tools/call", more)) == []
    handed = obj(heard(at)["result"])
    assert handed["inputRequests"] == wants()["inputRequests"]
    more = {**call, "inputResponses": {"k": reply()}, "requestState": handed["requestState"]}
    back = routed(at, "git", hubkit.modern(3, "tools/call", more))
    assert params(back)["requestState"] == "opaque"


def _names(at: Company) -> list[str]:
    """Return what the host is told that the tools are called."""
    for alias, body in at.host(hubkit.modern("list", "tools/list")):
        tools: list[Json] = [{"name": "t", "inputSchema": {"type": "object"}}] if alias == "git" else []
        listed: JsonObject = {"tools": tools, "resultType": "complete", "ttlMs": 0, "cacheScope": "private"}
        at.server(alias, result(body["id"], listed))
    return [str(obj(each)["name"]) for each in items(obj(heard(at)["result"])["tools"])]
