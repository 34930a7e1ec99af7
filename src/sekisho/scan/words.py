"""The words of a report in a person's language: titles of rules, what to do, names of severities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.model.messages import MessageId, text
from sekisho.rules.pages import rule_pages

if TYPE_CHECKING:
    from sekisho.model.finding import Severity
    from sekisho.model.messages import Lang
    from sekisho.model.rule import References

__all__ = ["cites", "fix", "severity", "title"]


def title(rule: str, lang: Lang) -> str:
    """Return what a rule is called."""
    page = rule_pages().get(rule)
    return page.rule.title if page is not None else text(MessageId.SCAN_RULE_FAILED, lang)


def fix(rule: str, lang: Lang) -> str:
    """Return what its author does about a finding of the rule, in one sentence."""
    page = rule_pages().get(rule)
    return page.fix if page is not None else text(MessageId.SCAN_RULE_FAILED_FIX, lang)


def cites(rule: str) -> References | None:
    """Return what a rule cites; None for a rule that failed."""
    page = rule_pages().get(rule)
    return page.rule.references if page is not None else None


def severity(level: Severity, lang: Lang) -> str:
    """Return a severity's name."""
    return text(MessageId(f"scan-{level.name.lower()}"), lang)
