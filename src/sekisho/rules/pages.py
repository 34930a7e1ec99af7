"""What a rule says about itself to a person: the sections of its docstring."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, cast

from sekisho.rules.registry import (
    call_rules,
    config_rules,
    definition_rules,
    namespace_rules,
    result_rules,
    rule_of,
    started_rules,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.model.rule import Rule

__all__ = ["HEADINGS", "RulePage", "rule_page", "rule_pages", "sections"]

_FAMILIES: Final = ("definition", "namespace", "config", "call", "result", "started")
HEADINGS: Final = ("What it does", "Why it matters", "Seen in the wild", "How to fix", "Known limits")
"""The headings of every rule's docstring, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage:
    """A rule with its text."""

    rule: Rule[object]
    """The rule."""

    family: str
    """The package that it lives in."""

    summary: str
    """One line about what it looks for."""

    sections: Mapping[str, str]
    """By heading: one line of sentences each."""

    @property
    def fix(self) -> str:
        """The first sentence of how to fix what it reports."""
        first, dot, _ = self.sections["How to fix"].partition(". ")
        return first + dot.strip()


@cache
def rule_pages() -> Mapping[str, RulePage]:
    """Return every rule's page, by id, families in order."""
    families = (
        ("definition", cast("tuple[Rule[object], ...]", definition_rules())),
        ("namespace", cast("tuple[Rule[object], ...]", namespace_rules())),
        ("config", cast("tuple[Rule[object], ...]", config_rules())),
        ("call", cast("tuple[Rule[object], ...]", call_rules())),
        ("result", cast("tuple[Rule[object], ...]", result_rules())),
        ("started", cast("tuple[Rule[object], ...]", started_rules())),
    )
    return {rule.id: _page(rule, family) for family, rules in families for rule in rules}


@cache
def rule_page(rule: str) -> RulePage | None:
    """Return the page of one rule of ours, by id, without loading the others; None where there is none of that name."""
    name = rule.replace("-", "_")
    for family in _FAMILIES:
        module = f"sekisho.rules.{family}.{name}"
        if name.isidentifier() and find_spec(module) is not None:
            return _page(rule_of(module), family)
    return None


def _page(rule: Rule[object], family: str) -> RulePage:
    text = import_module(f"sekisho.rules.{family}.{rule.id.replace('-', '_')}").__doc__ or ""
    return RulePage(rule=rule, family=family, summary=text.partition("\n")[0], sections=sections(text))


def sections(docstring: str) -> Mapping[str, str]:
    """Return the sections of a rule's docstring.

    Raises:
        ValueError: its headings are not `HEADINGS`.
    """
    parts = [part.partition("\n") for part in docstring.split("\n## ")[1:]]
    found = {heading: " ".join(text.split()) for heading, _, text in parts}
    if tuple(found) != HEADINGS:
        raise ValueError(f"the docstring's headings are {tuple(found)}")
    return found
