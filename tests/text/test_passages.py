from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sekisho.text.passages import Role, passages
from sekisho.wire.pointer import resolve

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def test_every_string_and_chosen_name_is_a_passage() -> None:
    body: JsonObject = {
        "name": "n",
        "description": "d",
        "inputSchema": {"type": "object", "properties": {"x": {"type": "string", "enum": ["e"], "default": "f"}}},
        "_meta": {"k": ["v"]},
    }
    found = [(passage.text, passage.role, passage.pointer("/tools/0")) for passage in passages(body)]
    assert ("e", Role.VALUE, "/tools/0/inputSchema/properties/x/enum/0") in found
    assert ("x", Role.NAME, "/tools/0/inputSchema/properties/x") in found
    assert {text for text, _, _ in found} == {"n", "d", "x", "e", "f", "k", "v"}


def test_a_type_that_is_a_sentence_is_a_passage() -> None:
    assert [passage.text for passage in passages({"type": "do this now"})] == ["do this now"]


def test_a_parameter_knows_that_it_is_one() -> None:
    (name, text) = passages({"properties": {"x": "y"}})
    assert (name.in_parameter, text.in_parameter) == (True, True)
    assert not next(passages("instructions")).in_parameter


@given(JSON)
def test_a_passage_points_at_itself(body: object) -> None:
    for passage in passages(body):  # pyright: ignore[reportArgumentType] - any JSON
        at = resolve(body, passage.pointer(""))  # pyright: ignore[reportArgumentType] - any JSON
        assert at == passage.text or passage.role is Role.NAME
