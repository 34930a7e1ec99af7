from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.wire.pointer import PointerError, build, child, parse, resolve
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json

# RFC 6901, section 5.
DOCUMENT: dict[str, Json] = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@rows(
    ("pointer", "value"),
    [
        ("", DOCUMENT),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/e^f", 3),
        ("/g|h", 4),
        ("/i\\j", 5),
        ('/k"l', 6),
        ("/ ", 7),
        ("/m~0n", 8),
    ],
)
def test_the_examples_of_the_rfc_resolve(pointer: str, value: object) -> None:
    assert resolve(DOCUMENT, pointer) == value


@rows(
    ("pointer", "reason"),
    [
        ("foo", "no-slash"),
        ("#/foo", "no-slash"),
        ("/~", "bad-escape"),
        ("/~2", "bad-escape"),
        ("/a~", "bad-escape"),
        ("/bar", "no-member"),
        ("/foo/2", "no-index"),
        ("/foo/-", "no-index"),
        ("/foo/01", "no-index"),
        ("/foo/-1", "no-index"),
        ("/foo/+1", "no-index"),
        ("/foo/1.0", "no-index"),
        ("/foo/", "no-index"),
        ("/foo/\uff10", "no-index"),
        ("/foo/" + "9" * 5000, "no-index"),
        ("/foo/0/x", "not-a-container"),
        ("//x", "not-a-container"),
    ],
)
def test_everything_else_is_a_typed_error(pointer: str, reason: str) -> None:
    with pytest.raises(PointerError) as caught:
        resolve(DOCUMENT, pointer)
    assert caught.value.reason == reason


def test_escapes_are_undone_in_the_right_order() -> None:
    assert parse("/~01") == ("~1",)
    assert build(["~1"]) == "/~01"


def test_a_child_is_one_token_further() -> None:
    assert child("/params", "a/b") == "/params/a~1b"
    assert child("", 3) == "/3"


@given(st.lists(st.text()))
def test_parse_undoes_build(tokens: list[str]) -> None:
    assert list(parse(build(tokens))) == tokens


@given(JSON, st.data())
def test_every_place_in_a_document_is_reached_by_its_pointer(document: Json, data: st.DataObject) -> None:
    tokens: list[str | int] = []
    value = document
    while isinstance(value, list | dict) and value:
        if isinstance(value, list):
            index = data.draw(st.integers(0, len(value) - 1))
            tokens.append(index)
            value = value[index]
        else:
            name = data.draw(st.sampled_from(sorted(value)))
            tokens.append(name)
            value = value[name]
    assert resolve(document, build(tokens)) is value


@given(JSON, st.text(alphabet="/~01a-") | st.text())
def test_no_pointer_raises_anything_else(document: Json, pointer: str) -> None:
    try:
        resolve(document, pointer)
    except PointerError as error:
        assert error.reason in {"no-slash", "bad-escape", "no-member", "no-index", "not-a-container"}  # noqa: PT017 - not raising is fine too
