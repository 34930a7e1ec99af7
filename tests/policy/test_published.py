"""The published schema and the reading say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sekisho.policy.checking import check
from sekisho.policy.published import json_schema
from sekisho.policy.settings import SETTINGS
from sekisho.policy.toml import Document

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = json_schema(SETTINGS)
VALIDATOR = Draft202012Validator(cast("Mapping[str, object]", SCHEMA))

# A `$` of Python stands before a last line feed too, that of ECMAScript does not: so none ends with one here.
TEXTS = st.sampled_from(["", "a", "http", "sse", "A=b", "a\0", "https://a.example", "a b", "ä", "X-Team", "sekisho"])
ANY = st.one_of(TEXTS, st.integers(-1, 300), st.booleans(), st.just(65536), st.just([]), st.just({}), st.just(1.5))
LISTS = st.lists(TEXTS | ANY, max_size=3)
PAIRS = st.dictionaries(TEXTS, TEXTS | ANY, max_size=2)
SERVERS = st.fixed_dictionaries(
    {},
    optional={
        "command": LISTS | ANY,
        "cwd": ANY,
        "env": PAIRS | ANY,
        "pass_env": LISTS,
        "url": ANY,
        "headers": PAIRS,
        "transport": ANY,
        "trust": ANY,
        "other": ANY,
    },
)
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "version": ANY,
        "servers": ANY | st.dictionaries(TEXTS, SERVERS | ANY, max_size=2),
        "limits": ANY
        | st.fixed_dictionaries({}, optional={"message_bytes": ANY, "message_depth": ANY, "message_members": ANY}),
        "mode": ANY,
        "x": ANY,
    },
)


def valid(values: object) -> bool:
    return VALIDATOR.is_valid(cast("Mapping[str, bool]", values))  # pyright: ignore[reportUnknownMemberType]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(cast("Mapping[str, object]", SCHEMA))


@given(DOCUMENTS)
def test_what_one_refuses_the_other_refuses(values: dict[str, object]) -> None:
    found = check(Document(file="f", values=values, places={}), SETTINGS)
    assert valid(values) == (not found)
