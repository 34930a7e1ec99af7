from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.wire.jsonrpc import (
    Failure,
    Limits,
    Notification,
    Request,
    Response,
    WireError,
    error_body,
    parse,
    parse_batch,
    read_message,
    result_body,
    serialise,
)
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

LIMITS = Limits()


def call(**members: Json) -> JsonObject:
    return {"jsonrpc": "2.0", "id": 1, "method": "m", **members}


def refused(value: Json) -> tuple[str, Id | None]:
    with pytest.raises(WireError) as raised:
        read_message(value)
    return raised.value.reason, raised.value.id


@pytest.mark.parametrize("id_", [0, 1, -1, 2**53 - 1, -(2**53) + 1, "", "1", "x" * 1024, "日本"], ids=repr)
@pytest.mark.parametrize("params", [{}, {"a": [1]}])
def test_a_request_keeps_its_id_and_its_whole_body(id_: Id, params: JsonObject) -> None:
    body = call(id=id_, params=params, extra=None)
    message = read_message(body)
    assert isinstance(message, Request)
    assert (message.id, message.method, message.params) == (id_, "m", params)
    assert type(message.id) is type(id_)
    assert message.body is body


def test_without_params_there_are_none() -> None:
    message = read_message(call())
    assert isinstance(message, Request)
    assert message.params is None


def test_without_an_id_it_is_a_notification() -> None:
    body: JsonObject = {"jsonrpc": "2.0", "method": "m", "params": {"a": 1}}
    message = read_message(body)
    assert isinstance(message, Notification)
    assert (message.method, message.params) == ("m", {"a": 1})
    assert message.body is body


def test_a_result_and_an_error_answer() -> None:
    response = read_message({"jsonrpc": "2.0", "id": "a", "result": {"x": 1}, "extra": 1})
    assert isinstance(response, Response)
    assert (response.id, response.result, response.body["extra"]) == ("a", {"x": 1}, 1)
    failure = read_message({"jsonrpc": "2.0", "id": 5, "error": {"code": -1, "message": "m", "data": []}})
    assert isinstance(failure, Failure)
    assert (failure.id, failure.error["data"]) == (5, [])


@pytest.mark.parametrize("body", [{"id": None}, {}])
def test_an_error_may_answer_nothing_in_particular(body: JsonObject) -> None:
    failure = read_message({"jsonrpc": "2.0", "error": {"code": 0, "message": ""}, **body})
    assert isinstance(failure, Failure)
    assert failure.id is None


@rows("value", [None, True, 1, "x", [], [call()]])
def test_a_message_is_an_object(value: Json) -> None:
    assert refused(value) == ("invalid-message", None)


@rows(
    "members",
    [
        {"jsonrpc": "1.0"},
        {"jsonrpc": 2.0},
        {"jsonrpc": None},
        {"method": ""},
        {"method": 5},
        {"method": None},
        {"method": "x" * 257},
        {"result": {}},
        {"error": {}},
        {"params": []},
        {"params": None},
        {"params": "x"},
    ],
)
def test_a_request_that_is_wrong_can_be_answered(members: JsonObject) -> None:
    assert refused(call(**members)) == ("invalid-message", 1)
    assert refused({"method": "m", "id": 1}) == ("invalid-message", 1)


@pytest.mark.parametrize("id_", [None, True, 1.0, 2**53, -(2**53), [], {}, "x" * 1025], ids=lambda id_: repr(id_)[:20])
def test_an_id_that_could_not_be_answered_exactly_is_refused(id_: Json) -> None:
    assert refused(call(id=id_)) == ("invalid-id", None)
    assert refused({"jsonrpc": "2.0", "id": id_, "result": {}}) == ("invalid-id", None)
    if id_ is not None:
        assert refused({"jsonrpc": "2.0", "id": id_, "error": {"code": 1, "message": "m"}}) == ("invalid-id", None)


@rows(
    ("answer", "id_"),
    [
        ({"id": 1}, None),
        ({"id": 1, "result": {}, "error": {"code": 1, "message": "m"}}, None),
        ({"id": 1, "result": []}, 1),
        ({"id": 1, "result": None}, 1),
        ({"id": 1, "error": "x"}, 1),
        ({"id": 1, "error": {"message": "m"}}, 1),
        ({"id": 1, "error": {"code": "1", "message": "m"}}, 1),
        ({"id": 1, "error": {"code": True, "message": "m"}}, 1),
        ({"id": 1, "error": {"code": 1.5, "message": "m"}}, 1),
        ({"id": 1, "error": {"code": 1}}, 1),
        ({"id": 1, "error": {"code": 1, "message": None}}, 1),
        ({"error": None}, None),
    ],
)
def test_an_answer_that_is_wrong_names_its_call_where_it_can(answer: JsonObject, id_: Id | None) -> None:
    assert refused({"jsonrpc": "2.0", **answer}) == ("invalid-message", id_)


@pytest.mark.parametrize("version", ["1.0", None, 2, ""])
def test_an_answer_says_its_version(version: Json) -> None:
    assert refused({"jsonrpc": version, "id": 1, "result": {}}) == ("invalid-message", None)
    assert refused({"id": 1, "result": {}}) == ("invalid-message", None)


def test_a_batch_is_read_only_where_it_is_allowed() -> None:
    one, two = serialise(call()), serialise([call(), {"jsonrpc": "2.0", "method": "n"}])
    assert isinstance(parse(one, LIMITS), Request)
    with pytest.raises(WireError, match=r"^batch: "):
        parse(two, LIMITS)
    first, second = parse_batch(two, LIMITS)
    assert isinstance(first, Request)
    assert isinstance(second, Notification)
    assert len(parse_batch(one, LIMITS)) == 1


@pytest.mark.parametrize(("size", "fits"), [(0, False), (1, True), (3, True), (4, False)])
def test_a_batch_holds_one_message_to_the_most(size: int, fits: bool) -> None:  # noqa: FBT001 - a table
    data = serialise([call(id=at) for at in range(size)])
    if fits:
        assert len(parse_batch(data, LIMITS, most=3)) == size
    else:
        with pytest.raises(WireError, match=r"^batch: "):
            parse_batch(data, LIMITS, most=3)


@pytest.mark.parametrize("data", [b"[[]]", b"[1]", b'[{"jsonrpc":"2.0"}]'])
def test_one_wrong_message_refuses_its_batch(data: bytes) -> None:
    with pytest.raises(WireError, match=r"^invalid-message: "):
        parse_batch(data, LIMITS)


def test_what_is_no_json_is_no_message() -> None:
    with pytest.raises(WireError, match=r"^malformed-json: "):
        parse(b"{", LIMITS)
    with pytest.raises(WireError, match=r"^duplicate-key: "):
        parse_batch(b'{"jsonrpc":"2.0","method":"a","method":"b"}', LIMITS)


def test_answers_of_ours_can_be_read_back() -> None:
    assert isinstance(read_message(result_body("a", {})), Response)
    failure = read_message(error_body(None, -1, "m"))
    assert isinstance(failure, Failure)
    assert "data" not in failure.error
    assert error_body(1, -1, "m", {"x": 1})["error"] == {"code": -1, "message": "m", "data": {"x": 1}}


members = st.sampled_from(["jsonrpc", "id", "method", "params", "result", "error", "other"])
leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["2.0", "m", ""]))
things = st.recursive(leaves, lambda inner: st.one_of(st.lists(inner), st.dictionaries(members, inner)), max_leaves=8)


@given(st.dictionaries(members, things))
def test_any_object_is_one_message_or_refused(value: JsonObject) -> None:
    try:
        message = read_message(value)
    except WireError:
        return
    assert message.body is value
    kinds = ("method" in value, "result" in value, "error" in value)
    assert sum(kinds) == 1
    assert isinstance(message, Request | Notification) is kinds[0]
