"""`sekisho why`: what was refused last, by which rule, and what to do about it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from sekisho.adapters.audit.reader import Filter, Reader
from sekisho.adapters.state import state_directory
from sekisho.cli import records
from sekisho.cli.house import audit_directory
from sekisho.cli.layout import local, sheet
from sekisho.cli.refused import call_of, call_page
from sekisho.cli.screen import as_json, language, note, speaks, trouble_is_usage, words
from sekisho.model.call_ids import CallId
from sekisho.model.escape import printable
from sekisho.model.message_ids import MessageId
from sekisho.scan.words import fix, severity, title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.adapters.audit.reader import Record
    from sekisho.cli.refused import RefusedCall
    from sekisho.model.messages import AnyMessage

__all__ = ["explanation", "show_rules", "why"]

_SAID: Final = 14
"""The widest name of a server, a method or a ticket in the first line, in columns."""


@click.command()
@click.argument("ticket", required=False)
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@speaks
def why(ticket: str | None, json_: bool) -> None:  # noqa: FBT001 - click's option
    r"""Say what was refused last, or what a ticket is about, and what to do.

    Exit code 1 when there is no such thing on record.

    \b
    Examples:
      sekisho why
      sekisho why 7F3K2A
    """
    with trouble_is_usage():
        reader = Reader(audit_directory(state_directory()))
        wanted = Filter(verdict="deny", ticket=ticket.upper() if ticket is not None else None)
        newest = reader.records(wanted, newest_first=True)
        found = next((record for record in newest if records.is_refusal(record.line)), None)
        if found is None:
            if ticket is None:
                note(MessageId.WHY_NONE)
            else:
                note(MessageId.WHY_NO_TICKET, ticket=ticket)
            sys.exit(1)
        if json_:
            means, step = explanation(records.field(found.line.fields, "rule"))
            as_json({**found.as_json(), "means": means, "next": step, **_plain(found)})
        else:
            _tell(found)


def _plain(record: Record) -> dict[str, object]:
    """Return what a person may do about a refused call, as JSON values; nothing for other refusals."""
    call = call_of(record)
    if call is None:
        return {}
    pages = [page for page in map(call_page, call.rules) if page is not None]
    return {
        "titles": {page.rule.id: title(page.rule.id, language()) for page in pages},
        "fixes": {page.rule.id: fix(page.rule.id, language()) for page in pages},
        "can_be_released": call.can_be_released,
        "exception": call.exception or None,
    }


def explanation(rule: str) -> tuple[str, str]:
    """Return what a rule's refusal means and what a person can do, in the language of this call."""
    try:
        id_ = MessageId(f"refused-{rule}")
    except ValueError:
        id_ = MessageId.REFUSED_BY_RULE
    means, _, step = words(id_).partition("\n")
    return means, step


def _tell(record: Record) -> None:
    line = record.line
    fields = line.fields
    when = local(line.t)
    rule, pointer = records.field(fields, "rule"), records.field(fields, "pointer")
    method, name = records.field(fields, "method"), records.field(fields, "name")
    click.echo(
        _head(
            f"{when:%Y-%m-%d %H:%M:%S}" if when is not None else "?",
            printable(records.server_name(line.server), width=_SAID),
            printable(method, width=_SAID),
            printable(records.field(fields, "ticket"), width=_SAID),
        )
    )
    means, step = explanation(rule)
    call = call_of(record)
    if call is not None:
        _tell_call(record, call, name)
        return
    rows = (
        (MessageId.WHY_NAME, printable(name)),
        (MessageId.WHY_RULE, printable(rule)),
        (MessageId.WHY_PLACE, printable(pointer)),
        (MessageId.WHY_MEANS, means),
        (MessageId.WHY_NEXT, step),
        (MessageId.WHY_MORE, f"sekisho audit show {records.short_id(record)}"),
    )
    for shown in sheet([(words(id_), value) for id_, value in rows if value]):
        click.echo(shown)


def _tell_call(record: Record, call: RefusedCall, name: str) -> None:
    """Tell a refusal for what the arguments say: each rule, and the ways out that a person has."""
    rows: list[tuple[AnyMessage, str]] = [(MessageId.WHY_NAME, printable(name))]
    for rule in call.rules:
        rows += _of_rule(rule)
    where = printable(records.field(record.line.fields, "pointer"))
    rows += [
        (MessageId.WHY_PLACE, where),
        (CallId.WHY_VALUE, words(CallId.WHY_VALUE_KEPT)),
        (CallId.WHY_RIGHT, words(CallId.WHY_RIGHT_NOTHING)),
    ]
    if call.can_be_released:
        rows.append((CallId.WHY_WRONG, words(CallId.WHY_WRONG_RELEASE, ticket=call.ticket)))
    else:
        rows.append((CallId.WHY_WRONG, words(CallId.WHY_NEVER)))
    if call.exception:
        tool = f"{records.server_name(call.server)}.{call.name}"
        rows.append(
            (CallId.WHY_ALWAYS, f"sekisho allow {printable(tool)} --rule {call.exception} --expires 30d --reason ...")
        )
    rows.append((MessageId.WHY_MORE, f"sekisho audit show {records.short_id(record)}"))
    for shown in sheet([(words(id_), value) for id_, value in rows if value]):
        click.echo(shown)


def show_rules(rules: Iterable[str]) -> None:
    """Print what each rule about calls is about."""
    rows = [row for rule in rules for row in _of_rule(rule)]
    for shown in sheet([(words(id_), value) for id_, value in rows], indent="  "):
        click.echo(shown)


def _of_rule(rule: str) -> list[tuple[AnyMessage, str]]:
    """Return what a rule is about: its name, how bad it is and what it cites, its title, and what to do."""
    page, lang = call_page(rule), language()
    if page is None:
        return [(MessageId.WHY_RULE, printable(rule))]
    cited = page.rule.references
    cites = "  ".join([*(f"CWE-{number}" for number in cited.cwe), *cited.owasp])
    about = f"{rule}  {severity(page.rule.severity, lang).lower()}  {cites}"
    return [(MessageId.WHY_RULE, about), (CallId.WHY_TITLE, title(rule, lang)), (CallId.WHY_FIX, fix(rule, lang))]


def _head(when: str, server: str, method: str, ticket: str) -> str:
    about = " · ".join(part for part in (server, method) if part)
    parts = [when, words(MessageId.WHY_REFUSED), about]
    if ticket:
        parts.append(words(MessageId.WHY_TICKET, ticket=ticket))
    return "  ".join(parts)
