"""`sekisho explain`: a rule's page, what a call could mean, what was inferred of a server."""

from __future__ import annotations

import sys
from typing import Final

import click

from sekisho.cli.inferred import server
from sekisho.cli.layout import folded, folded_lines, sheet
from sekisho.cli.meanings import call
from sekisho.cli.screen import USAGE, language, note, speaks, words
from sekisho.cli.why import explanation
from sekisho.model.lang import Lang
from sekisho.model.scan_ids import ScanId

__all__ = ["explain"]

_HEADINGS: Final = (
    (ScanId.EXPLAIN_WHAT, "What it does"),
    (ScanId.EXPLAIN_WHY, "Why it matters"),
    (ScanId.EXPLAIN_SEEN, "Seen in the wild"),
    (ScanId.EXPLAIN_FIX, "How to fix"),
    (ScanId.EXPLAIN_LIMITS, "Known limits"),
)


class _Explain(click.Group):
    """Takes `explain RULE` for `explain rule RULE`: no rule is called as a command of it is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = next((word for word in args if not word.startswith("-")), None)
        if not {"-h", "--help"}.intersection(args[:1]) and first not in self.commands:
            args = ["rule", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Explain)
def explain() -> None:
    r"""Say what a rule is about, what a call could mean, or what is known of a server.

    Without anything it lists the rules.

    \b
    Examples:
      sekisho explain
      sekisho explain rule reads-secrets
      sekisho explain server github
    """


@explain.command("rule")
@click.argument("rule", required=False)
@speaks
def of_rule(rule: str | None) -> None:
    r"""Say what a rule looks for, why, and what it misses; without a rule, list them.

    `rule` may be left out.

    \b
    Examples:
      sekisho explain rule reads-secrets
      sekisho explain rule sql-write --lang ja
    """
    from sekisho.rules.pages import rule_pages  # noqa: PLC0415 - starting fast
    from sekisho.scan.words import confidence, fix, severity, title  # noqa: PLC0415 - as above

    pages, lang = rule_pages(), language()
    if rule is None:
        for line in sheet([(known, title(known, lang)) for known in pages]):
            click.echo(line)
        return
    page = pages.get(rule)
    means, step = explanation(rule)
    if page is None and means != explanation("")[0]:
        for line in folded_lines(f"{rule}\n{means}\n{step}"):
            click.echo(line)
        return
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


explain.add_command(call)
explain.add_command(server)
