from __future__ import annotations

import json
import math
import sys
from typing import TYPE_CHECKING, NoReturn

import jiter
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.wire.strict import Limits, WireError, loads, salvage_answered_id, serialise
from tablekit import rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from sekisho.wire.strict import Json

LIMITS = Limits()
SMALL = Limits(bytes=200, depth=4, members=6)


def reason(data: bytes, limits: Limits = LIMITS) -> str | None:
    try:
        loads(data, limits)
    except WireError as error:
        return error.reason
    return None


def same(left: object, right: object) -> bool:
    """Compare with types and the order of keys: 1, 1.0 and True are three values, 0.0 and -0.0 two."""
    return repr(left) == repr(right)


# -- a reference that is slow and strict -----------------------------------------------------------


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(name)


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError("too large")
    return value


def _int(text: str) -> int:
    value = int(text)
    if not -(2**63) <= value < 2**64:
        raise ValueError("too large")
    return value


def reference(data: bytes) -> object:
    text = data.decode("utf-8")
    value: object = json.loads(
        text, object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_float, parse_int=_int
    )
    json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


# -- tables ----------------------------------------------------------------------------------------


ACCEPTED: list[tuple[bytes, Json]] = [
    (b"null", None),
    (b"true", True),
    (b"-0", 0),
    (b"-0.0", -0.0),
    (b"0.1", 0.1),
    (b"1e2", 100.0),
    (b"1E+2", 100.0),
    (b"5e-324", 5e-324),
    (b"1e-999", 0.0),
    (b"1.7976931348623157e308", 1.7976931348623157e308),
    (b"9223372036854775807", 2**63 - 1),
    (b"-9223372036854775808", -(2**63)),
    (b"18446744073709551615", 2**64 - 1),
    (b"18446744073709551616.0", 18446744073709551616.0),
    (b"1.00000000000000000000000000000", 1.0),
    (b"[1234567890123456789, 2]", [1234567890123456789, 2]),
    (b'"9999999999999999999999"', "9999999999999999999999"),
    (b' \t\r\n{ "a" : [ ] } \n', {"a": []}),
    (b'{"a":{"a":1},"b":{"a":2}}', {"a": {"a": 1}, "b": {"a": 2}}),
    (b'{"":0,"a":1,"A":2}', {"": 0, "a": 1, "A": 2}),
    (rb'"\u0041\n\"\\\/"', 'A\n"\\/'),
    (rb'"\u0000"', "\0"),
    (rb'"\ud83d\ude00"', "😀"),
    ('"😀\u2028\ufeff"'.encode(), "😀\u2028\ufeff"),
    ('{"é":1,"e\u0301":2}'.encode(), {"é": 1, "e\u0301": 2}),
]


@pytest.mark.parametrize(("data", "value"), ACCEPTED, ids=[repr(data) for data, _ in ACCEPTED])
def test_what_has_one_reading_is_read(data: bytes, value: Json) -> None:
    assert same(loads(data, LIMITS), value)
    assert same(reference(data), value)


BROKEN: list[bytes] = [
    *rb"""{ [1,] {"a":1,} {}{} 01 +1 .5 1. 1e 0x10 NaN nan Infinity -Infinity 1e999 -1e999 tru True 'a' "a""".split(),
    *rb"""1.7976931348623159e308 {a:1} {1:"a"} /**/1 "\x41" "\u12" "\ud800" "\udc00" {"\ud800":1}""".split(),
    *rb"""[1"a"] "\ud800\u0041" "\udc00\ud800" """.split(),
    *(b"", b" ", b"[1] 2", b"[1 2]", b"// x\n1", b"1" * 400, b"1\x00", b"\x0b1", b"\xc2\xa01", b'"\t"', b'"\x00"'),
    *(b"\xff", b'"\x7f\xff"', b'"\xc0\xaf"', b'"\xed\xa0\x80"', b'"\xf5\x80\x80\x80"'),
    *(b"\xef\xbb\xbf{}", "{}".encode("utf-16"), "{}".encode("utf-32")),
]
"""Not JSON, not in UTF-8, or outside of what a double can hold."""


@pytest.mark.parametrize("data", BROKEN, ids=repr)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    assert reason(data) == "malformed-json"


@rows(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        rb'{"a":1,"\u0061":2}',
        b'{"a":1, "b":2, "a":3}',
        b'[[{"x":{"a":1,"a":null}}]]',
        b'{"":1,"":2}',
        '{"é":1,"\\u00e9":2}'.encode(),
        b'{"a":1e999,"a":2}'.replace(b"e999", b"e9"),
    ],
)
def test_a_key_twice_is_refused_however_it_is_spelled(data: bytes) -> None:
    assert reason(data) == "duplicate-key"


@pytest.mark.parametrize(
    "number", [2**64, -(2**63) - 1, 10**19 * 2, 10**25, -(10**25), 10**300], ids=lambda number: f"{number:.3e}"
)
@pytest.mark.parametrize("around", [b"%b", b"[%b]", b'{"a":[0,{"b":%b}]}'])
def test_an_integer_that_would_lose_digits_is_refused(number: int, around: bytes) -> None:
    assert reason(around % str(number).encode()) == "integer-range"


def test_the_place_of_a_fault_is_named_and_nothing_of_the_text() -> None:
    with pytest.raises(WireError, match=r"^malformed-json: not valid JSON \(line 2, column 5\)$") as raised:
        loads(b'{\n"a":secret}', LIMITS)
    assert raised.value.id is None


# -- limits ----------------------------------------------------------------------------------------


def test_the_longest_message_is_as_long_as_the_limit() -> None:
    assert reason(b'"' + b"a" * 198 + b'"', SMALL) is None
    assert reason(b'"' + b"a" * 199 + b'"', SMALL) == "too-large"


@pytest.mark.parametrize("opened", ["[", '{"a":'])
def test_the_deepest_nesting_is_as_deep_as_the_limit(opened: str) -> None:
    closed = "]" if opened == "[" else "}"

    def nested(depth: int) -> bytes:
        return (opened * depth + "0" + closed * depth).encode()

    assert reason(nested(4), SMALL) is None
    assert reason(nested(5), SMALL) == "too-deep"
    assert reason(nested(128)) is None
    assert reason(nested(129)) == "too-deep"
    assert reason(nested(1024)) == "too-deep"
    assert reason(nested(100_000)) == "too-deep"
    for text in (b"[{" * 40_000, b".." * 40_000):
        assert [reason(b'["%b",%b]' % (text, nested(depth))) for depth in (127, 128)] == [None, "too-deep"]


def test_brackets_in_text_are_no_nesting() -> None:
    assert reason(b'"[[[[[[[[{{{{"', SMALL) is None
    assert reason(b'{"[[[[":["[[["]}', SMALL) is None


def test_no_limit_goes_beyond_what_the_parsers_and_the_writer_can_do() -> None:
    for around in (b"%b", b" %b"):
        assert reason(around % (b"[" * 200 + b"]" * 200), Limits(depth=10_000)) is None
        for depth_ in (201, 254, 255, 1024, 1025):
            assert reason(around % (b"[" * depth_ + b"]" * depth_), Limits(depth=10_000)) == "too-deep"


def test_what_only_one_of_the_parsers_reads_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(data: bytes, **_: object) -> NoReturn:
        raise ValueError(f"cannot read {len(data)} bytes")

    monkeypatch.setattr(jiter, "from_json", parsed)
    assert reason(b" 1") == "malformed-json"


@rows(
    ("data", "over"),
    [
        (b"[1,2,3,4,5,6]", False),
        (b"[1,2,3,4,5,6,7]", True),
        (b'{"a":1,"b":2,"c":[1,2,3]}', False),
        (b'{"a":1,"b":2,"c":[1,2,3,4]}', True),
        (b"[[],[],[],[],[],[]]", False),
        (b"[[],[],[],[],[],[],[]]", True),
        (b"[ [ ] , { } , [[ 1 ]], 2 ]", False),
        (b"[ [ ] , { } , [[ 1, 2 ]], 2 ]", True),
        (b'["","","","","",""]', False),
        (b'["","","","","","",""]', True),
        (b'["a,b,c,d,e,f,g,[,{"]', False),
        (rb'["\"","\\",",\\\",","\\\\","[[[[","{}"]', False),
        (rb'["\"","\\",",\\\",","\\\\","[[[[","{}",[]]', True),
        (b'{"a":"b","c":"d","e":"f","g":"h","i":"j","k":"l"}', False),
        (b'{"a":"b","c":"d","e":"f","g":"h","i":"j","k":"l","m":"n"}', True),
        (b'"' + b"," * 190 + b'"', False),
        (b'["' + b'","' * 30 + b'"]', True),
    ],
)
def test_the_most_members_are_as_many_as_the_limit(data: bytes, over: bool) -> None:  # noqa: FBT001 - a table
    assert reason(data, SMALL) == ("too-many-members" if over else None)


def members(value: Json) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(members, value.values()))
    return len(value) + sum(map(members, value)) if isinstance(value, list) else 0


def depth(value: Json) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


# -- properties ------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
numbers = st.one_of(st.integers(-(2**63), 2**64 - 1), st.floats(allow_nan=False, allow_infinity=False))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)
fragments = st.sampled_from(
    [*'{}[]:,"\\ 0123456789-+.eE', '"a"', '"a":', "null", "true", "1e999", r"\u0061", r"\ud800", "é", "\n", '{"a":1,']
)


@given(values)
def test_parsing_is_the_inverse_of_serialising(value: Json) -> None:
    assert same(loads(serialise(value), LIMITS), value)


@given(values, st.sampled_from([None, 1]), st.booleans(), st.booleans())
def test_any_spelling_of_a_value_is_that_value_and_is_sent_on_in_one(
    value: Json,
    indent: int | None,
    ascii_: bool,  # noqa: FBT001 - drawn
    spaced: bool,  # noqa: FBT001 - drawn
) -> None:
    separators = (" , ", " : ") if spaced else None
    data = json.dumps(value, indent=indent, ensure_ascii=ascii_, separators=separators).encode()
    assert same(loads(data, LIMITS), value)
    assert serialise(loads(data, LIMITS)) == serialise(value)


@given(st.one_of(st.lists(fragments, max_size=20).map("".join).map(str.encode), st.binary(max_size=20)))
def test_what_is_accepted_has_exactly_the_reading_of_the_reference(data: bytes) -> None:
    try:
        expected = reference(data)
    except (ValueError, RecursionError):
        assert reason(data) is not None
        return
    assert same(loads(data, LIMITS), expected)


@given(values.map(serialise), st.integers(0, 60), st.integers(0, 255))
def test_a_changed_byte_gives_the_reading_of_the_reference_or_none(data: bytes, at: int, byte: int) -> None:
    changed = data[:at] + bytes([byte]) + data[at + 1 :]
    try:
        expected = reference(changed)
    except ValueError:
        assert reason(changed) is not None
        return
    assert same(loads(changed, LIMITS), expected)


@given(values)
def test_the_limits_are_exact_whatever_the_value(value: Json) -> None:
    for data in (serialise(value), json.dumps(value, indent=1).encode()):
        exact = Limits(depth=max(depth(value), 1), members=members(value))
        assert same(loads(data, exact), value)
        if members(value):
            assert reason(data, Limits(members=members(value) - 1)) == "too-many-members"
        if depth(value) > 1:
            assert reason(data, Limits(depth=depth(value) - 1)) == "too-deep"


# -- work ------------------------------------------------------------------------------------------


def work(call: Callable[[], object]) -> int:
    """Count calls into C and Python, which bound what our own loops do."""
    counted = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(None)
    return counted


def _refused(data: bytes) -> Callable[[], object]:
    return lambda: reason(data)


HEAVY: dict[str, Callable[[int], bytes]] = {
    "empty lists": lambda size: b"[" + b"[]," * (size // 3) + b"0]",
    "spaced lists": lambda size: b"[" + b" [ 1 ]," * (size // 7) + b"0]",
    "long integers": lambda size: b"[" + b"1234567890123456789012," * (size // 23) + b"0]",
    "quotes": lambda size: b'["' + b'\\"' * (size // 2) + b'"]',
    "open string": lambda size: b'"' + b'\\"' * (size // 2) + b"\\",
    "backslashes": lambda size: b'"' + b"\\\\" * (size // 2) + b'"',
    "commas in text": lambda size: b'["' + b"," * size + b'"]',
    "open brackets": lambda size: b"[" * size,
    "one long number": lambda size: b"1" * size,
    "one long fraction": lambda size: b"0." + b"1" * size,
    "duplicate keys": lambda size: b"{" + b'"a":1,' * (size // 6) + b'"a":1}',
}


@pytest.mark.parametrize("made", HEAVY.values(), ids=HEAVY)
def test_work_grows_with_the_size_and_no_faster(made: Callable[[int], bytes]) -> None:
    small, large = work(_refused(made(50_000))), work(_refused(made(200_000)))
    assert large <= 4 * small + 100


@pytest.mark.parametrize("made", HEAVY.values(), ids=HEAVY)
def test_a_megabyte_of_anything_is_read_or_refused(made: Callable[[int], bytes]) -> None:
    reason(made(1_000_000))


def test_too_many_members_are_refused_before_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(data: bytes) -> NoReturn:
        raise AssertionError(f"{len(data)} bytes were parsed")

    monkeypatch.setattr(orjson, "loads", parsed)
    assert reason(b"[" + b"[]," * 1_000_001 + b"[]]") == "too-many-members"


# -- salvage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "id_"),
    [
        (b'{"jsonrpc":"2.0","id":7,"result":{"x":NaN}}', 7),
        (b'{"id":"7","result":{"a":1,"a":2}}', "7"),
        (b'{"id":7,"error":{"code":1e999}}', 7),
        (rb'{"id":7,"result":"\ud800"}', 7),
        (b'{"id":7,"result":18446744073709551616}', 7),
        (b'{"id":7,"method":"ping","result":NaN}', None),
        (b'{"id":true,"result":NaN}', None),
        (b'{"id":1.0,"result":NaN}', None),
        (b'{"id":null,"result":NaN}', None),
        (b'{"result":NaN}', None),
        (b'[{"id":7,"result":NaN}]', None),
        (b"7", None),
        (b'{"id":7', None),
        (b"\xff", None),
        (b"", None),
        (b'{"id":7,"result":' + b"[" * 100_000, None),
        (b'{"id":' + b"1" * 5000 + b"}", None),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_the_id_of_a_refused_answer_is_found(data: bytes, id_: int | str | None) -> None:
    found = salvage_answered_id(data)
    assert found == id_
    assert type(found) is type(id_)


@given(st.binary(max_size=40))
def test_salvage_never_raises(data: bytes) -> None:
    salvage_answered_id(data)
