"""Finds the rules by walking the package; loaded on first use, so that who needs no rule pays for none."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, cast

from sekisho.model.rule import Rule

if TYPE_CHECKING:
    from sekisho.rules.called import CallSubject
    from sekisho.rules.carried import Carried
    from sekisho.rules.observed import Observed
    from sekisho.settings.entry import Entry
    from sekisho.text.reading import Reading

__all__ = [
    "call_rules",
    "config_rules",
    "definition_rules",
    "namespace_rules",
    "result_rules",
    "rule_of",
    "started_rules",
]


@cache
def call_rules() -> tuple[Rule[CallSubject], ...]:
    """Return the rules about one call, after the guards have looked at it, by id."""
    return tuple(cast("Rule[CallSubject]", rule) for rule in _family("call"))


@cache
def definition_rules() -> tuple[Rule[Reading], ...]:
    """Return the rules about one definition, by id."""
    return tuple(cast("Rule[Reading]", rule) for rule in _family("definition"))


@cache
def namespace_rules() -> tuple[Rule[tuple[Reading, ...]], ...]:
    """Return the rules about the definitions of several servers together, by id."""
    return tuple(cast("Rule[tuple[Reading, ...]]", rule) for rule in _family("namespace"))


@cache
def config_rules() -> tuple[Rule[Entry], ...]:
    """Return the rules about one server in a host's settings, by id."""
    return tuple(cast("Rule[Entry]", rule) for rule in _family("config"))


@cache
def result_rules() -> tuple[Rule[Carried], ...]:
    """Return the rules about what a message holds besides definitions, by id."""
    return tuple(cast("Rule[Carried]", rule) for rule in _family("result"))


@cache
def started_rules() -> tuple[Rule[Observed], ...]:
    """Return the rules about a server that was started to see what it offers, by id."""
    return tuple(cast("Rule[Observed]", rule) for rule in _family("started"))


def _family(family: str) -> tuple[Rule[object], ...]:
    package = import_module(f"sekisho.rules.{family}")
    return tuple(rule_of(f"{package.__name__}.{found.name}") for found in iter_modules(package.__path__))


def rule_of(module: str) -> Rule[object]:
    """Return the rule that a module holds.

    Raises:
        TypeError: it holds none, or one of another name.
    """
    rule: object = import_module(module).RULE
    if not isinstance(rule, Rule) or rule.id.replace("-", "_") != module.rpartition(".")[2]:
        raise TypeError(f"{module} does not hold the rule of its name")
    return cast("Rule[object]", rule)
