from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from sekisho.wire.headers import Rejection, encode_value
from sekisho.wire.params import Invalid, Parameter, declared, headers_for, validate
from sekisho.wire.versions import SpecCode
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject

REGION: Final[JsonObject] = {"type": "string", "x-mcp-header": "Region"}


def schema(**properties: Json) -> JsonObject:
    return {"type": "object", "properties": properties}


def parameters(of: Json) -> tuple[Parameter, ...]:
    found = declared(of)
    assert not isinstance(found, Invalid)
    return found


def reason(of: Json) -> str | None:
    found = declared(of)
    return found.reason if isinstance(found, Invalid) else None


def test_declared_positions_are_found_at_any_depth_of_properties() -> None:
    zone: JsonObject = {"type": "integer", "x-mcp-header": "Zone"}
    nested = schema(region=REGION, where=schema(zone=zone), other=schema())
    assert set(parameters(nested)) == {
        Parameter(path=("region",), header="Region", type="string"),
        Parameter(path=("where", "zone"), header="Zone", type="integer"),
    }


@rows("of", [None, True, "x", [], {}, schema(), {"properties": {"x-mcp-header": {}}}])
def test_a_schema_may_declare_nothing(of: Json) -> None:
    assert declared(of) == ()


@pytest.mark.parametrize("keyword", ["default", "examples", "const", "enum", "x-other"])
def test_data_in_a_schema_declares_nothing(keyword: str) -> None:
    assert declared({keyword: {"properties": {"a": {"x-mcp-header": 5}}}, **schema(region=REGION)}) == parameters(
        schema(region=REGION)
    )


@rows(
    "of",
    [
        {"type": "string", "x-mcp-header": "Root"},
        *({keyword: REGION} for keyword in ("items", "contains", "additionalProperties", "not", "if", "then", "else")),
        *({keyword: REGION} for keyword in ("propertyNames", "unevaluatedItems", "contentSchema", "additionalItems")),
        *({keyword: [REGION]} for keyword in ("allOf", "anyOf", "oneOf", "prefixItems", "items")),
        *({keyword: {"a": REGION}} for keyword in ("$defs", "definitions", "patternProperties", "dependentSchemas")),
        {"dependencies": {"a": REGION}},
        schema(list={"items": schema(a=REGION)}),
        {"allOf": [schema(a=REGION)]},
    ],
)
def test_a_declaration_off_the_chain_of_properties_makes_the_tool_invalid(of: Json) -> None:
    assert reason(of) == "not-reachable"


@rows(
    ("position", "expected"),
    [
        ({"type": "string", "x-mcp-header": 5}, "not-a-string"),
        ({"type": "string", "x-mcp-header": None}, "not-a-string"),
        ({"type": "string", "x-mcp-header": ""}, "not-a-token"),
        ({"type": "string", "x-mcp-header": "a b"}, "not-a-token"),
        ({"type": "string", "x-mcp-header": "a:b"}, "not-a-token"),
        ({"type": "string", "x-mcp-header": "a\r\nX"}, "not-a-token"),
        ({"type": "string", "x-mcp-header": "a\n"}, "not-a-token"),
        ({"type": "string", "x-mcp-header": "é"}, "not-a-token"),
        ({"type": "number", "x-mcp-header": "A"}, "wrong-type"),
        ({"type": "object", "x-mcp-header": "A"}, "wrong-type"),
        ({"type": ["string", "null"], "x-mcp-header": "A"}, "wrong-type"),
        ({"x-mcp-header": "A"}, "wrong-type"),
    ],
)
def test_an_ill_formed_declaration_makes_the_tool_invalid(position: Json, expected: str) -> None:
    found = declared(schema(a=position))
    assert found == Invalid(reason=expected, pointer="/properties/a")


def test_tokens_are_unique_whatever_their_case() -> None:
    assert reason(schema(a=REGION, b={"type": "string", "x-mcp-header": "rEGION"})) == "duplicate"


def test_a_schema_of_any_depth_or_width_is_read_within_a_bound() -> None:
    deep: Json = {}
    for _ in range(50_000):
        deep = {"not": deep}
    assert declared(deep) == ()
    chain: Json = REGION
    for _ in range(200):
        chain = schema(a=chain)
    assert reason(chain) == "too-large"
    wide: list[Json] = [{}] * 100_001
    assert reason({"allOf": wide}) == "too-large"


def test_headers_carry_what_the_arguments_have() -> None:
    of = parameters(
        schema(
            region=REGION,
            count={"type": "integer", "x-mcp-header": "Count"},
            dry={"type": "boolean", "x-mcp-header": "Dry"},
            deep=schema(a={"type": "string", "x-mcp-header": "Deep"}),
        )
    )
    assert dict(headers_for(of, {"region": "東京", "count": -7, "dry": True, "deep": {"a": "x"}})) == {
        b"mcp-param-region": encode_value("東京"),
        b"mcp-param-count": b"-7",
        b"mcp-param-dry": b"true",
        b"mcp-param-deep": b"x",
    }
    assert headers_for(of, {"region": None, "count": [1], "deep": "x"}) == []


@rows(
    ("arguments", "sent", "word"),
    [
        ({"region": "eu"}, [(b"Mcp-Param-Region", b"eu"), (b"mcp-param-region", b"eu")], "more than once"),
        ({"region": "eu"}, [], "missing"),
        ({"region": "eu"}, [(b"Mcp-Param-Region", b"us")], "equal"),
        ({"region": "eu"}, [(b"Mcp-Param-Region", b"EU")], "equal"),
        ({}, [(b"Mcp-Param-Region", b"eu")], "absent"),
        ({"region": None}, [(b"Mcp-Param-Region", b"null")], "absent"),
        ({"region": ["eu"]}, [(b"Mcp-Param-Region", b"eu")], "absent"),
        ({"region": "é"}, [(b"Mcp-Param-Region", b"\xe9")], "decoded"),
        ({"region": "eu"}, [(b"Mcp-Param-Region", b"=?base64?ZXV=?=")], "decoded"),
    ],
)
def test_a_header_that_contradicts_its_argument_is_refused(
    arguments: JsonObject, sent: list[tuple[bytes, bytes]], word: str
) -> None:
    outcome = validate(parameters(schema(region=REGION)), arguments, sent)
    assert isinstance(outcome, Rejection)
    assert (outcome.code, outcome.status) == (SpecCode.HEADER_MISMATCH, 400)
    assert word in outcome.detail
    assert "Region" not in outcome.detail


def test_undeclared_headers_are_not_looked_at() -> None:
    assert validate((), {}, [(b"Mcp-Param-Any", b"\xff"), (b"Mcp-Param-Any", b"")]) is None


@pytest.mark.parametrize(
    ("value", "header", "agrees"),
    [
        pytest.param(42, b"42", True, id="equal"), (42, b"42.0", True), (42.0, b"42", True),
        (42, b"042", True), (0, b"-0", True),
        (42, b"42.5", False), (42, b"4.2e1", False), (42, b"+42", False), (True, b"1", False), (True, b"true", True),
        (2**53 + 1, b"9007199254740993", True), (2**53 + 1, b"9007199254740992", False), (1.5, b"1.5", True),
        ("42", b"42", True), ("42", b"42.0", False), (42, b"9" * 5000, False),
    ],
)  # fmt: skip
def test_integers_are_compared_as_numbers_and_nothing_else_is(value: Json, header: bytes, agrees: bool) -> None:  # noqa: FBT001 - table
    of = parameters(schema(n={"type": "integer", "x-mcp-header": "N"}))
    assert (validate(of, {"n": value}, [(b"Mcp-Param-N", header)]) is None) is agrees
