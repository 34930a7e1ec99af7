from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.engine.capabilities import narrowed
from sekisho.policy.document import Policy

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import JsonObject

UI = "io.modelcontextprotocol/ui"
TASKS = "io.modelcontextprotocol/tasks"


@pytest.mark.parametrize(
    ("declared", "left"),
    [
        ({"tasks": {}, "roots": {}}, {"roots": {}}),
        ({"extensions": {UI: {}, TASKS: {}, "x/y": {"z": 1}}}, {"extensions": {"x/y": {"z": 1}}}),
        ({"tasks": {}, "extensions": {UI: {}}}, {"extensions": {}}),
    ],
)
def test_what_the_policy_withholds_is_left_out(declared: JsonObject, left: JsonObject) -> None:
    before = dict(declared)
    assert narrowed(declared, Policy()) == left
    assert declared == before


@pytest.mark.parametrize(
    "declared", [{}, {"roots": {}}, {"extensions": {"x/y": {}}}, {"extensions": [UI]}, {"extensions": None}]
)
def test_what_needs_no_change_is_the_same_object(declared: JsonObject) -> None:
    assert narrowed(declared, Policy()) is declared


def test_a_policy_may_withhold_more_or_nothing() -> None:
    declared: JsonObject = {"sampling": {}, "tasks": {}, "extensions": {UI: {}}}
    nothing = Policy(withheld_capabilities=frozenset(), withheld_extensions=frozenset())
    assert narrowed(declared, nothing) is declared
    assert narrowed(declared, Policy(withheld_capabilities=frozenset({"sampling"}))) == {
        "tasks": {},
        "extensions": {},
    }
