from __future__ import annotations

import pytest

from sekisho.range.script import ATTEMPTS, LEGACY_VISIT
from sekisho.wire.jsonrpc import WireError, parse
from sekisho.wire.strict import Limits


def test_what_an_honest_host_says_is_strict_json() -> None:
    for said in LEGACY_VISIT:
        body = parse(said.line, Limits()).body
        assert body["method"] == said.method  # type: ignore[index]
        assert ("id" in body) is said.answered
        assert not said.refused


def test_the_attempts_are_what_strict_reading_and_the_method_table_refuse() -> None:
    twice, hidden = ATTEMPTS
    with pytest.raises(WireError) as refused:
        parse(twice.line, Limits())
    assert refused.value.reason == twice.refused
    assert parse(hidden.line, Limits()).body["method"] == "admin/reset"
