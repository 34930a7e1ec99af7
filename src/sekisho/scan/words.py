"""The words of a report in a person's language: titles of rules, what to do, names of severities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.model.japanese_rules import RULES
from sekisho.model.messages import Lang, text
from sekisho.model.scan_ids import ScanId
from sekisho.rules.pages import rule_page

if TYPE_CHECKING:
    from sekisho.model.finding import Confidence, Severity
    from sekisho.model.rule import References

__all__ = ["cites", "confidence", "fix", "severity", "title"]


def title(rule: str, lang: Lang) -> str:
    """Return what a rule is called."""
    return _words(rule, lang)[0]


def fix(rule: str, lang: Lang) -> str:
    """Return what its author does about a finding of the rule, in one sentence."""
    return _words(rule, lang)[1]


def _words(rule: str, lang: Lang) -> tuple[str, str]:
    page = rule_page(rule)
    if page is None:
        return text(ScanId.SCAN_RULE_FAILED, lang), text(ScanId.SCAN_RULE_FAILED_FIX, lang)
    english = (page.rule.title, page.fix)
    match lang:
        case Lang.EN:
            return english
        case Lang.JA:
            return RULES.get(rule, english)


def cites(rule: str) -> References | None:
    """Return what a rule cites; None for a rule that failed."""
    page = rule_page(rule)
    return page.rule.references if page is not None else None


def confidence(level: Confidence, lang: Lang) -> str:
    """Return how sure a finding is."""
    return text(ScanId(f"scan-confidence-{level.name.lower()}"), lang)


def severity(level: Severity, lang: Lang) -> str:
    """Return a severity's name."""
    return text(ScanId(f"scan-{level.name.lower()}"), lang)
