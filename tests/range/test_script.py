from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sekisho.range.script import ATTEMPTS, LEGACY_VISIT, MODERN_VISIT, legacy
from sekisho.wire.jsonrpc import WireError, parse
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from sekisho.range.script import Said

HONEST = [*LEGACY_VISIT.said, *MODERN_VISIT.said, *legacy(("tool", {"a": "日本"})).said]


def check(said: Said) -> None:
    message = parse(said.line, Limits())
    assert message.body["method"] == said.method  # type: ignore[union-attr]
    assert ("id" in message.body) is said.answered
    assert not said.refused


def test_what_an_honest_host_says_is_strict_json() -> None:
    for said in HONEST:
        check(said)


def test_a_host_that_lists_and_calls_numbers_its_requests() -> None:
    said = legacy(("a", {}), ("b", {"c": 1})).said
    assert [json.loads(one.line).get("id") for one in said] == [1, None, 2, 3, 4]
    assert [one.shown for one in said][-2:] == ["a {}", 'b {"c":1}']


def test_the_attempts_are_what_strict_reading_and_the_method_table_refuse() -> None:
    twice, hidden = (said for said in ATTEMPTS.said if said.refused)
    with pytest.raises(WireError) as refused:
        parse(twice.line, Limits())
    assert refused.value.reason == twice.refused
    assert parse(hidden.line, Limits()).body["method"] == "admin/reset"
