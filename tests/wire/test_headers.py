from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from sekisho.wire.headers import (
    METHOD,
    PROTOCOL_VERSION,
    Rejection,
    Route,
    decode_value,
    encode_value,
    forwarded,
    generation,
    judge,
    judge_notification,
    legacy_revision,
    named_generation,
    routing,
    standard_headers,
)
from sekisho.wire.versions import (
    META_CLIENT_CAPABILITIES,
    META_CLIENT_INFO,
    META_PROTOCOL_VERSION,
    Generation,
    Revision,
    SpecCode,
)
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject

META: Final[JsonObject] = {META_PROTOCOL_VERSION: "2026-07-28", META_CLIENT_CAPABILITIES: {}}
Lines = list[tuple[bytes, bytes]]


def call(name: Json = "read", **meta: Json) -> JsonObject:
    return {"method": "tools/call", "params": {"name": name, "_meta": {**META, **meta}}}


def lines(version: bytes = b"2026-07-28", method: bytes = b"tools/call", name: bytes | None = b"read") -> Lines:
    found = [(b"Mcp-Method", method), (b"MCP-Protocol-Version", version)]
    return found if name is None else [*found, (b"Mcp-Name", name)]


def judged(sent: Lines, body: JsonObject) -> Route | Rejection:
    return judge(routing(sent), body)


def code_of(outcome: Route | Rejection) -> int | None:
    return outcome.code if isinstance(outcome, Rejection) else None


def test_an_honest_call_is_routed() -> None:
    info: JsonObject = {"name": "host", "version": "1"}
    assert judged(lines(), call(**{META_CLIENT_INFO: info})) == Route(
        revision=Revision.V2026_07_28, capabilities={}, client_info=info
    )


@pytest.mark.parametrize("header", ["Mcp-Method", "mcp-method", "MCP-METHOD"])
def test_the_case_of_a_header_name_does_not_matter(header: str) -> None:
    sent = [(header.encode(), b"tools/call"), *lines()[1:]]
    assert isinstance(judged(sent, call()), Route)


def test_white_space_around_a_value_is_not_part_of_it() -> None:
    assert isinstance(judged(lines(b" 2026-07-28\t", b"tools/call ", b"\tread"), call()), Route)


@pytest.mark.parametrize("header", [b"mcp-method", b"MCP-Protocol-Version", b"MCP-NAME"])
def test_a_routing_header_that_is_there_twice_is_refused(header: bytes) -> None:
    twice = next((key, value) for key, value in lines() if key.lower() == header.lower())
    assert code_of(judged([*lines(), (header, twice[1])], call())) == SpecCode.HEADER_MISMATCH


@pytest.mark.parametrize("missing", [META_PROTOCOL_VERSION, META_CLIENT_CAPABILITIES])
def test_a_missing_meta_key_is_named(missing: str) -> None:
    meta = {key: value for key, value in META.items() if key != missing}
    outcome = judged(lines(), {"method": "tools/call", "params": {"name": "read", "_meta": meta}})
    assert isinstance(outcome, Rejection)
    assert (outcome.code, outcome.status) == (SpecCode.INVALID_PARAMS, 400)
    assert missing in outcome.detail


@rows("params", [None, [], {}, {"_meta": None}, {"_meta": []}, {"_meta": "x"}])
def test_a_body_without_meta_is_refused(params: Json) -> None:
    assert code_of(judged(lines(), {"method": "tools/call", "params": params})) == SpecCode.INVALID_PARAMS


@rows(
    "sent",
    [
        [],
        lines(version=b"2025-11-25"),
        lines(version=b""),
        lines(method=b"tools/list"),
        lines(method=b"Tools/call"),
        lines(method=b"tools/call, tools/call"),
        lines(name=None),
        lines(name=b"write"),
        lines(name=b"READ"),
        lines(name=b"=?base64?cmVhZA=?="),
        lines(name=b"=?BASE64?cmVhZA==?="),
        lines(name=b"=?base64?cmVhZB==?="),
        lines(name=b"=?base64??="),
        lines(name=b"read\x00"),
        lines(name=b"re\xe4d"),
    ],
)
def test_a_header_that_contradicts_the_body_is_refused(sent: Lines) -> None:
    outcome = judged(sent, call())
    assert isinstance(outcome, Rejection)
    assert (outcome.code, outcome.status) == (SpecCode.HEADER_MISMATCH, 400)


@pytest.mark.parametrize("name", [b"\xe9", b"\xc3\xa9"])
def test_a_name_in_bare_bytes_is_refused_even_where_some_decoding_would_match(name: bytes) -> None:
    assert code_of(judged(lines(name=name), call("é"))) == SpecCode.HEADER_MISMATCH


@rows("name", ["読む", " padded ", "a\nb", "=?base64?x?=", "", "tab\t"])
def test_a_name_that_no_plain_header_can_carry_is_compared_decoded(name: str) -> None:
    assert isinstance(judged(lines(name=encode_value(name)), call(name)), Route)


def test_an_encoded_form_that_is_another_value_of_the_body_does_not_match_raw() -> None:
    literal = "=?base64?cmVhZA==?="
    assert code_of(judged(lines(name=literal.encode()), call(literal))) == SpecCode.HEADER_MISMATCH


def test_a_uri_is_the_name_of_a_read() -> None:
    body: JsonObject = {"method": "resources/read", "params": {"uri": "file:///a", "name": "b", "_meta": META}}
    assert isinstance(judged(lines(method=b"resources/read", name=b"file:///a"), body), Route)
    assert code_of(judged(lines(method=b"resources/read", name=b"b"), body)) == SpecCode.HEADER_MISMATCH


def test_a_header_for_a_name_that_the_body_lacks_is_refused() -> None:
    body: JsonObject = {"method": "tools/call", "params": {"_meta": META}}
    assert code_of(judged(lines(), body)) == SpecCode.HEADER_MISMATCH
    assert isinstance(judged(lines(name=None), body), Route)


@pytest.mark.parametrize("name", [5, True, ["read"], {}])
def test_a_name_that_is_no_string_never_matches(name: Json) -> None:
    assert code_of(judged(lines(name=b"5"), call(name))) == SpecCode.HEADER_MISMATCH


def test_an_unsupported_version_gets_the_list() -> None:
    outcome = judged(lines(version=b"1900-01-01"), call(**{META_PROTOCOL_VERSION: "1900-01-01"}))
    assert isinstance(outcome, Rejection)
    assert outcome.code == SpecCode.UNSUPPORTED_VERSION
    assert outcome.data == {"supported": ["2026-07-28"], "requested": "1900-01-01"}


def test_a_client_that_contradicts_itself_is_told_so_before_its_version_is_judged() -> None:
    body = call(**{META_PROTOCOL_VERSION: "1900-01-01"})
    assert code_of(judged(lines(version=b"1900-01-02"), body)) == SpecCode.HEADER_MISMATCH


@pytest.mark.parametrize("capabilities", [None, [], "x", 1])
def test_capabilities_have_to_be_an_object(capabilities: Json) -> None:
    outcome = judged(lines(), call(**{META_CLIENT_CAPABILITIES: capabilities}))
    assert code_of(outcome) == SpecCode.INVALID_PARAMS


@pytest.mark.parametrize("info", [[], "x", 1])
def test_client_info_has_to_be_an_object_or_absent(info: Json) -> None:
    assert code_of(judged(lines(), call(**{META_CLIENT_INFO: info}))) == SpecCode.INVALID_PARAMS
    assert isinstance(judged(lines(), call(**{META_CLIENT_INFO: None})), Route)


def test_no_value_of_the_peer_is_repeated_in_a_detail() -> None:
    outcome = judged(lines(name=b"ignore-previous"), call("evil"))
    assert isinstance(outcome, Rejection)
    assert "ignore" not in outcome.detail
    assert "evil" not in outcome.detail


def test_a_lone_surrogate_is_encoded_and_has_no_reading() -> None:
    assert decode_value(encode_value("\ud800")) is None


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("us-west1", b"us-west1"),
        ("Hello, 世界", b"=?base64?SGVsbG8sIOS4lueVjA==?="),
        (" padded ", b"=?base64?IHBhZGRlZCA=?="),
        ("line1\nline2", b"=?base64?bGluZTEKbGluZTI=?="),
        ("=?base64?literal?=", b"=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="),
    ],
)
def test_the_examples_of_the_specification_are_encoded_as_printed(value: str, sent: bytes) -> None:
    assert encode_value(value) == sent


def test_no_method_or_name_can_add_a_header_line() -> None:
    body: JsonObject = {
        "method": "tools/call",
        "params": {"name": "a\r\nX: y", "_meta": {META_PROTOCOL_VERSION: "1\n2"}},
    }
    for _, value in [*standard_headers(body), *standard_headers({"method": "x\r\nY: z"})]:
        assert b"\r" not in value
        assert b"\n" not in value


def test_headers_are_written_for_what_the_body_has() -> None:
    assert standard_headers({"method": "tools/list"}) == [(METHOD, b"tools/list")]
    assert standard_headers({"id": 1, "result": {}}) == []
    assert standard_headers({"method": "tools/call", "params": {"name": 5}}) == [(METHOD, b"tools/call")]


# --- generations and legacy ---


@rows(
    ("version", "body", "expected"),
    [
        (None, {"method": "initialize", "params": {}}, Generation.LEGACY),
        (None, call(), Generation.MODERN),
        (b"2025-11-25", {"method": "ping"}, Generation.LEGACY),
        (b"2025-11-25", call(), Generation.MODERN),
        (b"2026-07-28", {"method": "ping"}, Generation.MODERN),
        (b"2026-07-28", [{"method": "ping"}], Generation.MODERN),
        (b"1900-01-01", {"method": "ping"}, Generation.LEGACY),
        (b"1900-01-01", call(), Generation.MODERN),
        (b"2025-11-25", {"params": {"_meta": {"progressToken": 1}}}, Generation.LEGACY),
    ],
)
def test_the_generation_of_a_post(version: bytes | None, body: Json, expected: Generation) -> None:
    sent = [] if version is None else [(b"MCP-Protocol-Version", version)]
    assert generation(named_generation(sent), body) is expected


def test_two_versions_of_which_one_is_modern_reach_the_ladder_that_refuses_doubles() -> None:
    sent = [(PROTOCOL_VERSION, b"2025-11-25"), (PROTOCOL_VERSION, b"2026-07-28")]
    assert generation(named_generation(sent), {"method": "ping"}) is Generation.MODERN


def test_a_legacy_request_without_a_version_is_2025_03_26() -> None:
    assert legacy_revision(routing([(b"Accept", b"*/*")])) is Revision.V2025_03_26


@pytest.mark.parametrize("version", [b"2024-11-05", b"2025-03-26", b"2025-06-18", b"2025-11-25"])
def test_a_known_legacy_version_is_read(version: bytes) -> None:
    assert legacy_revision(routing([(b"MCP-Protocol-Version", version)])) == version.decode()


@pytest.mark.parametrize("version", [b"1900-01-01", b"", b"2026-07-28", b"2025-11-25\xa0", b"\xff"])
def test_another_version_on_a_legacy_request_is_answered_with_400(version: bytes) -> None:
    outcome = legacy_revision(routing([(b"MCP-Protocol-Version", version)]))
    assert isinstance(outcome, Rejection)
    assert outcome.status == 400
    assert outcome.data is not None
    assert outcome.data["supported"] == ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"]


def test_a_legacy_version_that_is_there_twice_is_refused() -> None:
    outcome = legacy_revision(routing([(PROTOCOL_VERSION, b"2025-11-25")] * 2))
    assert isinstance(outcome, Rejection)
    assert outcome.code == SpecCode.HEADER_MISMATCH


def test_a_modern_notification_needs_a_served_version_once() -> None:
    assert judge_notification(routing(lines(name=None))) is Revision.V2026_07_28
    for sent, code in (
        ([], SpecCode.UNSUPPORTED_VERSION),
        (lines(version=b"1900-01-01"), SpecCode.UNSUPPORTED_VERSION),
        (lines(version=b"2025-11-25"), SpecCode.UNSUPPORTED_VERSION),
        (lines() * 2, SpecCode.HEADER_MISMATCH),
    ):
        outcome = judge_notification(routing(sent))
        assert isinstance(outcome, Rejection)
        assert outcome.code == code


# --- what travels on ---


@rows(
    "name",
    [
        "Authorization", "Cookie", "Proxy-Authorization", "Connection", "Transfer-Encoding", "Host", "Origin", "Accept",
        "Content-Type", "Mcp-Session-Id", "Last-Event-ID", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name",
        "traceparent", "tracestate", "baggage", "X-Forwarded-For", "X-Anything", "Mcp-Params", "Mcp-Param-",
    ],
)  # fmt: skip
def test_a_header_of_the_host_stays_here(name: str) -> None:
    assert forwarded([(name.encode(), b"v")], declared=()) == []


def test_undeclared_parameters_travel_and_declared_ones_do_not() -> None:
    sent = [(b"Mcp-Param-Region", b"eu"), (b"mcp-param-OTHER", b"\xc3\xa9"), (b"Mcp-Param-Other", b"b")]
    assert forwarded(sent, declared={"REGION"}) == sent[1:]


@pytest.mark.parametrize(
    "line", [(b"Mcp-Param-a b", b"v"), (b"Mcp-Param-\xc3\xa9", b"v"), (b"Mcp-Param-a", b"v\r\nx: y")]
)
def test_a_parameter_that_could_break_the_head_does_not_travel(line: tuple[bytes, bytes]) -> None:
    assert forwarded([line], declared=()) == []
