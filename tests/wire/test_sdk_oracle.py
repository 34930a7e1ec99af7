"""Headers and parameters against the official SDK: the same decisions, or stricter ones that are written down here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from hypothesis import assume, example, given
from hypothesis import strategies as st
from mcp.shared import inbound
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS

from sekisho.wire.headers import (
    METHOD,
    NAME,
    PROTOCOL_VERSION,
    Rejection,
    Route,
    decode_value,
    encode_value,
    generation,
    judge,
    named_generation,
    routing,
    standard_headers,
)
from sekisho.wire.params import Invalid, declared, headers_for, validate
from sekisho.wire.versions import (
    META_CLIENT_CAPABILITIES,
    META_CLIENT_INFO,
    META_PROTOCOL_VERSION,
    MODERN,
    Generation,
    SpecCode,
)

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject
    from sekisho.wire.params import Parameter

    Drawn: TypeAlias = st.SearchStrategy[Json]

Lines: TypeAlias = "list[tuple[bytes, bytes]]"
META: Final[JsonObject] = {META_PROTOCOL_VERSION: "2026-07-28", META_CLIENT_CAPABILITIES: {}}
HONEST: Final[JsonObject] = {"method": "tools/call", "params": {"name": "読む", "_meta": META}}


def code_of(outcome: Route | Rejection) -> int | None:
    return outcome.code if isinstance(outcome, Rejection) else None


def parameters(of: Json) -> tuple[Parameter, ...]:
    found = declared(of)
    assert not isinstance(found, Invalid)
    return found


def some_of(members: dict[str, Drawn]) -> st.SearchStrategy[JsonObject]:
    return st.fixed_dictionaries({}, optional=members)


def map_of(keys: st.SearchStrategy[str], values: Drawn) -> st.SearchStrategy[JsonObject]:
    return st.dictionaries(keys, values, max_size=4)


def an_object(**members: Json) -> JsonObject:
    return members


def with_method(method: str, params: Json) -> JsonObject:
    return {"method": method, "params": params}


# --- headers ---

VALUES = st.sampled_from(
    ["2026-07-28", "2025-11-25", "1900-01-01", "tools/call", "tools/list", "read", "読む", "", " x", "é"]
)
HEADER_VALUES = (
    VALUES.map(lambda text: text.encode("latin-1", "replace")) | VALUES.map(encode_value) | st.binary(max_size=6)
)
HEADER_NAMES = st.sampled_from(
    [b"MCP-Protocol-Version", b"mcp-method", b"Mcp-Method", b"Mcp-Name", b"mcp-name", b"Accept"]
)
SCALARS: Drawn = st.none() | st.booleans() | st.integers(-9, 9) | VALUES
META_KEYS = st.sampled_from([META_PROTOCOL_VERSION, META_CLIENT_CAPABILITIES, META_CLIENT_INFO, "x"])
METAS = map_of(META_KEYS, VALUES | SCALARS | st.builds(an_object))
PARAMS = some_of({"name": SCALARS, "uri": SCALARS, "_meta": METAS | SCALARS})
METHODS = st.sampled_from(["tools/call", "tools/list", "prompts/get", "resources/read", "ping", "é"])
WILD = st.tuples(
    st.lists(st.tuples(HEADER_NAMES, HEADER_VALUES), max_size=5),
    st.builds(with_method, METHODS, PARAMS | SCALARS),
)


@st.composite
def nearly_honest(draw: st.DrawFn) -> tuple[Lines, JsonObject]:
    """A message with its own headers, of which some are dropped, doubled or replaced."""
    key, method = draw(st.sampled_from([("name", "tools/call"), ("uri", "resources/read"), ("name", "tools/list")]))
    meta: JsonObject = {
        META_PROTOCOL_VERSION: draw(st.sampled_from(["2026-07-28", "2026-07-28", "1900-01-01"])),
        META_CLIENT_CAPABILITIES: {},
    }
    body: JsonObject = {"method": method, "params": {key: draw(st.text(max_size=8)), "_meta": meta}}
    sent = standard_headers(body)
    for index in draw(st.lists(st.integers(0, len(sent) - 1), max_size=2, unique=True)):
        sent[index] = (sent[index][0], draw(HEADER_VALUES))
    if draw(st.booleans()) and sent:
        sent.pop(draw(st.integers(0, len(sent) - 1)))
    if draw(st.booleans()) and sent:
        sent.append(draw(st.sampled_from(sent)))
    return sent, body


def oracle(sent: Lines, body: JsonObject) -> int | None:
    """What the SDK's server answers, fed with values as its HTTP parser hands them over."""
    pairs = [(key.decode().lower(), value.strip(b" \t").decode("latin-1")) for key, value in sent]
    if inbound.find_duplicated_routing_header(pairs) is not None:
        return SpecCode.HEADER_MISMATCH
    verdict = inbound.classify_inbound_request(body, headers=dict(pairs))
    return verdict.code if isinstance(verdict, inbound.InboundLadderRejection) else None


def stricter_on_purpose(sent: Lines, body: JsonObject) -> bool:
    """Where we refuse what the SDK lets pass: bare bytes, a name only in the header, shapes that it checks later."""
    values = {key.lower(): value.strip(b" \t") for key, value in sent}
    params = body.get("params")
    meta = params.get("_meta") if isinstance(params, dict) else None
    if not isinstance(params, dict) or not isinstance(meta, dict):
        return False
    key = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}.get(str(body["method"]))
    return (
        any(decode_value(values[name]) is None for name in (PROTOCOL_VERSION, METHOD, NAME) if name in values)
        or (key is not None and params.get(key) is None and NAME in values)
        or not isinstance(meta.get(META_CLIENT_CAPABILITIES), dict)
        or not isinstance(meta.get(META_CLIENT_INFO), dict | None)
    )


@given(WILD | nearly_honest())
@example((standard_headers(HONEST), HONEST))
def test_the_ladder_decides_as_the_sdk_does_or_stricter(case: tuple[Lines, JsonObject]) -> None:
    sent, body = case
    ours, theirs = code_of(judge(routing(sent), body)), oracle(sent, body)
    if ours != theirs:
        assert stricter_on_purpose(sent, body)
        assert ours is not None


@given(nearly_honest())
def test_what_we_write_passes_our_ladder_and_the_sdks(case: tuple[Lines, JsonObject]) -> None:
    _, body = case
    sent = standard_headers(body)
    assert code_of(judge(routing(sent), body)) == oracle(sent, body)
    params = body["params"]
    assert isinstance(params, dict)
    meta = params["_meta"]
    assert isinstance(meta, dict)
    if meta[META_PROTOCOL_VERSION] in MODERN:
        assert isinstance(judge(routing(sent), body), Route)


@given(st.text())
def test_encoding_is_the_sdks_and_decoding_undoes_it(value: str) -> None:
    assert encode_value(value).decode("ascii") == inbound.encode_header_value(value)
    assert decode_value(encode_value(value)) == value


@given(st.from_regex(rb"\A=\?base64\?[A-Za-z0-9+/=]{0,9}\?=\Z") | st.binary(max_size=12))
def test_decoding_is_the_sdks_except_for_bare_bytes(value: bytes) -> None:
    ours = decode_value(value)
    text = value.decode("latin-1")
    assume(text == text.strip(" \t"))
    assert ours == inbound.decode_header_value(text) or ours is None
    if ours is None and inbound.decode_header_value(text) is not None:
        assert not all(0x20 <= byte <= 0x7E or byte == 0x09 for byte in value)


@given(st.sampled_from(["2024-11-05", "2025-11-25", "2026-07-28", "1900-01-01", ""]), st.booleans())
def test_the_generation_differs_from_the_sdks_only_where_it_is_written_down(version: str, with_meta: bool) -> None:  # noqa: FBT001 - drawn
    body: JsonObject = HONEST if with_meta else {"method": "ping"}
    ours = generation(named_generation([(PROTOCOL_VERSION, version.encode())]), body) is Generation.MODERN
    theirs = version not in HANDSHAKE_PROTOCOL_VERSIONS
    if ours != theirs:
        known = version in {*HANDSHAKE_PROTOCOL_VERSIONS, "2026-07-28"}
        assert with_meta if known else not with_meta


# --- parameters ---

TOKENS: Drawn = st.sampled_from(["A", "a", "B-1", "", "x y", 5, None])
TYPES: Drawn = st.sampled_from(["string", "integer", "boolean", "number", "object", None]) | st.builds(an_object)
LEAVES = some_of({"type": TYPES, "x-mcp-header": TOKENS})


def grow(inner: Drawn) -> Drawn:
    named = map_of(st.sampled_from(["p", "q", "x-mcp-header"]), inner)
    several: Drawn = st.lists(inner, max_size=2)
    return some_of(
        {
            "type": TYPES,
            "properties": named | st.just(5),
            "not": inner,
            "anyOf": several,
            "$defs": named,
            "default": inner,
        }
    )


def chain(inner: Drawn) -> Drawn:
    return st.builds(an_object, properties=map_of(st.sampled_from("pqr"), inner))


SCHEMAS: Drawn = st.recursive(LEAVES, grow, max_leaves=6)
CHAINS: Drawn = st.recursive(
    st.builds(an_object, type=st.sampled_from(["string", "integer", "boolean"])), chain, max_leaves=6
)
ARGUMENT: Drawn = st.none() | st.booleans() | st.integers(-50, 50) | st.floats(-9, 9) | st.text(max_size=4)
ARGUMENTS = map_of(st.sampled_from("pqr"), ARGUMENT | map_of(st.sampled_from("pqr"), ARGUMENT))


def label(node: Json) -> None:
    """Give every leaf of a chain of properties its own token."""
    stack: list[tuple[Json, str]] = [(node, "T")]
    while stack:
        at, token = stack.pop()
        if isinstance(at, dict) and isinstance(below := at.get("properties"), dict):
            stack.extend((sub, token + name) for name, sub in below.items())
        elif isinstance(at, dict) and len(token) > 1:
            at["x-mcp-header"] = token


@given(SCHEMAS)
def test_a_schema_is_valid_where_the_sdk_says_so_and_declares_the_same(of: Json) -> None:
    found = declared(of)
    assert isinstance(found, Invalid) == (inbound.find_invalid_x_mcp_header(of) is not None)
    if not isinstance(found, Invalid):
        assert {p.path: p.header for p in found} == inbound.x_mcp_header_map(of)


@given(CHAINS, ARGUMENTS)
def test_headers_are_the_sdks(of: Json, arguments: JsonObject) -> None:
    label(of)
    theirs = inbound.mcp_param_headers(inbound.x_mcp_header_map(of), arguments)
    ours = headers_for(parameters(of), arguments)
    assert dict(ours) == {name.lower().encode(): value.encode() for name, value in theirs.items()}
    assert validate(parameters(of), arguments, ours) is None


@given(CHAINS, ARGUMENTS, st.data())
def test_calls_are_judged_as_by_the_sdk_or_stricter(of: Json, arguments: JsonObject, data: st.DataObject) -> None:
    label(of)
    found = parameters(of)
    sent = dict(headers_for(found, arguments))
    for parameter in found:
        name = b"mcp-param-" + parameter.header.lower().encode()
        match data.draw(st.sampled_from(["keep", "keep", "drop", "change"])):
            case "drop":
                sent.pop(name, None)
            case "change":
                sent[name] = data.draw(ARGUMENT.map(lambda v: encode_value(str(v))) | st.binary(max_size=4)).strip(
                    b" \t"
                )
            case _:
                pass
    ours = validate(found, arguments, list(sent.items()))
    theirs = inbound.validate_mcp_param_headers(
        of, arguments, {name.decode(): value.decode("latin-1") for name, value in sent.items()}
    )
    if (ours is None) != (theirs is None):
        assert ours is not None
        assert any(decode_value(value) is None for value in sent.values())
