"""`sekisho explain`: a rule's page in the terminal."""

from __future__ import annotations

import sys
from typing import Final

import click

from sekisho.cli.layout import folded, sheet
from sekisho.cli.screen import USAGE, language, note, speaks, words
from sekisho.model.message_ids import Lang
from sekisho.model.scan_ids import ScanId

__all__ = ["explain"]

_HEADINGS: Final = (
    (ScanId.EXPLAIN_WHAT, "What it does"),
    (ScanId.EXPLAIN_WHY, "Why it matters"),
    (ScanId.EXPLAIN_SEEN, "Seen in the wild"),
    (ScanId.EXPLAIN_FIX, "How to fix"),
    (ScanId.EXPLAIN_LIMITS, "Known limits"),
)


@click.command()
@click.argument("rule", required=False)
@speaks
def explain(rule: str | None) -> None:
    r"""Say what a rule looks for, why, and what it misses; without a rule, list them.

    \b
    Examples:
      sekisho explain
      sekisho explain reads-secrets
    """
    from sekisho.rules.pages import rule_pages  # noqa: PLC0415 - starting fast
    from sekisho.scan.words import confidence, fix, severity, title  # noqa: PLC0415 - as above

    pages, lang = rule_pages(), language()
    if rule is None:
        for line in sheet([(known, title(known, lang)) for known in pages]):
            click.echo(line)
        return
    page = pages.get(rule)
    if page is None:
        note(ScanId.EXPLAIN_UNKNOWN, rule=rule)
        sys.exit(USAGE)
    click.echo(f"{rule}  {severity(page.rule.severity, lang)}, {confidence(page.rule.confidence, lang)}")
    for line in folded(title(rule, lang)):
        click.echo(line)
    for id_, heading in _HEADINGS:
        click.echo(f"\n{words(id_)}")
        said = fix(rule, lang) if id_ is ScanId.EXPLAIN_FIX and lang is not Lang.EN else page.sections[heading]
        for line in folded(said, first="  ", rest="  "):
            click.echo(line)
    cited = page.rule.references
    cites = ", ".join([*cited.owasp, *(f"CWE-{number}" for number in cited.cwe), *cited.atlas])
    click.echo(f"\n{words(ScanId.EXPLAIN_REFERENCES)}\n  {cites}")
