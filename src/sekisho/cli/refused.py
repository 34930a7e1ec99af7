"""A refusal on record, for the commands that tell it, release it, or let it pass for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from sekisho.adapters.audit.reader import Filter, Reader
from sekisho.cli import records
from sekisho.cli.house import audit_directory
from sekisho.policy.leniency import can_be_excepted, can_be_released
from sekisho.rules.pages import rule_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sekisho.adapters.audit.reader import Record
    from sekisho.rules.pages import RulePage

__all__ = ["RefusedCall", "call_of", "call_page", "with_ticket"]

_CALL: Final = "tools/call"
_FAMILIES: Final = frozenset({"call", "result"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedCall:
    """What is on record of a request that was refused for what its arguments say, or what its result says."""

    server: str
    """The server's identity."""

    method: str
    """Its method."""

    name: str
    """The tool, prompt or resource; a model wrote it."""

    rules: Sequence[str]
    """All rules that object to it."""

    binding: str
    """Names the request and these rules."""

    principal: str
    """Who made it."""

    ticket: str
    """Its ticket."""

    answered: bool
    """Whether the server was asked, and its result is what was refused."""

    @property
    def can_be_released(self) -> bool:
        """Whether a person may let it pass."""
        return can_be_released(self.rules)

    @property
    def exception(self) -> str:
        """The rule that a person may except at its tool, where that would be enough; empty where there is none."""
        if self.method != _CALL or len(self.rules) != 1:
            return ""
        page = call_page(self.rules[0])
        return page.rule.id if page is not None and can_be_excepted(page.rule.id, page.rule.severity) else ""


def call_page(rule: str) -> RulePage | None:
    """Return the page of a rule about calls or results; None for any other."""
    page = rule_page(rule)
    return page if page is not None and page.family in _FAMILIES else None


def with_ticket(directory: Path, ticket: str) -> Record | None:
    """Return the refusal that has a ticket, None when none has."""
    reader = Reader(audit_directory(directory))
    return next(iter(reader.records(Filter(verdict="deny", ticket=ticket), newest_first=True)), None)


def call_of(record: Record) -> RefusedCall | None:
    """Return the request that a record refuses for its arguments; None for a refusal of another kind."""
    line = record.line
    binding, rules = line.fields.get("binding"), line.fields.get("rules")
    if line.kind != "refusal" or not isinstance(binding, str) or not isinstance(rules, list):
        return None
    return RefusedCall(
        server=line.server,
        method=records.field(line.fields, "method"),
        name=records.field(line.fields, "name"),
        rules=[str(rule) for rule in cast("list[object]", rules)],
        binding=binding,
        principal=line.principal,
        ticket=records.field(line.fields, "ticket"),
        answered="held" in line.fields,
    )
