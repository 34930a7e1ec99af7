from __future__ import annotations

import sys
from types import ModuleType

import pytest

from sekisho.rules.registry import config_rules, definition_rules, namespace_rules, rule_of


def test_rules_are_found_by_walking_and_named_by_their_file() -> None:
    ids = [rule.id for rule in (*definition_rules(), *namespace_rules(), *config_rules())]
    assert "hides-from-user" in ids
    assert "near-copy" in ids
    assert "unpinned-launch" in ids
    assert len(set(ids)) == len(ids)


def test_a_module_without_the_rule_of_its_name_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("sekisho.rules.stray")
    module.RULE = definition_rules()[0]  # pyright: ignore[reportAttributeAccessIssue] - a made-up module
    monkeypatch.setitem(sys.modules, "sekisho.rules.stray", module)
    with pytest.raises(TypeError, match="stray"):
        rule_of("sekisho.rules.stray")
