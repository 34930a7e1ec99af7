from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check = Callable[[str, Mapping[str, str]], list[str]]


def test_a_rule_without_an_entry_is_found(check: Check) -> None:
    found = check("rules", {"src/sekisho/engine/a.py": 'RULE = "brand-new"\n'})
    wanted = "src/sekisho/engine/a.py: brand-new is no known rule: explain it in the catalogue"
    assert any(line.startswith(wanted) for line in found)


def test_an_entry_that_is_not_in_use_is_found(check: Check) -> None:
    found = check("rules", {"src/sekisho/engine/a.py": ""})
    assert "tools/error_words.py: late-answer is not in use any more: take it out" in found
