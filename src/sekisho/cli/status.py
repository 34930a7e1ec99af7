"""`sekisho status`: which entries are open, and what the broker behind them is doing."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from sekisho.adapters.state import state_directory
from sekisho.cli.layout import folded, local, sheet
from sekisho.cli.screen import as_json, note, say, speaks, trouble_is_usage, words
from sekisho.cli.tallies import kept, tallied, way_out
from sekisho.gateway.broker.asking import SilentError, ask
from sekisho.model.escape import printable
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from sekisho.gateway.broker.asking import Answer, Status
    from sekisho.pin.records import Ledger

__all__ = ["status"]


@click.command()
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@speaks
def status(json_: bool) -> None:  # noqa: FBT001 - click's option
    r"""Say which entries are open, and what the broker behind them is doing.

    Also how the definitions of each server stand, and whether the servers open a
    way from private data to the outside together. Starts nothing. Exit code 1 when
    no broker runs, or when it does not answer.

    \b
    Examples:
      sekisho status
      sekisho status --json
    """
    with trouble_is_usage():
        directory = state_directory()
        ledgers = kept(directory)
    try:
        found = ask(directory)
    except SilentError as error:
        note(MessageId.DOCTOR_BROKER_SILENT, problem=str(error), path=str(directory / "broker.log"))
        sys.exit(1)
    if json_:
        pins = [asdict(tallied(ledger)) for ledger in ledgers]
        told = {"pins": pins, "way_out": way_out(ledgers)}
        as_json({"running": found is not None, **(found.body if found is not None else {}), **told})
    elif found is None:
        say(MessageId.DOCTOR_NO_BROKER)
    else:
        _tell(found)
    if ledgers and not json_:
        _tell_pins(ledgers)
    sys.exit(0 if found is not None else 1)


def _tell(found: Status) -> None:
    say(MessageId.STATUS_BROKER, pid=found.pid, version=found.version, since=_time(found.since))
    if found.draining:
        say(MessageId.STATUS_ENDING)
    writer, sealed = found.audit
    say(MessageId.STATUS_AUDIT, writer=writer, sealed=sealed)
    say(MessageId.STATUS_ENTRIES, count=len(found.entries))
    rows = [(one, words(MessageId.STATUS_ENTRY, **_values(one, "relay", "conversation"))) for one in found.entries]
    _sheet(rows)
    say(MessageId.STATUS_CONVERSATIONS, count=len(found.conversations))
    hosts = [
        (one, words(MessageId.STATUS_CONVERSATION, **_values(one, "host", "entries"))) for one in found.conversations
    ]
    _sheet(hosts)


def _tell_pins(ledgers: list[Ledger]) -> None:
    found = [tallied(ledger) for ledger in ledgers]
    say(MessageId.STATUS_PINS, count=len(found), unvetted=sum(one.unvetted for one in found))
    for line in sheet([one.row for one in found], indent="  "):
        click.echo(line)
    way = way_out(ledgers)
    if way:
        say(MessageId.STATUS_WAY_OUT)
        for line in folded(printable(way), first="  ", rest="    "):
            click.echo(line)


def _values(one: Answer, *names: str) -> dict[str, str | int]:
    return {"since": _time(one.since), **{name: one.values[name] for name in names}}


def _sheet(rows: list[tuple[Answer, str]]) -> None:
    for line in sheet([(printable(one.name, width=30), told) for one, told in rows], indent="  "):
        click.echo(line)


def _time(seconds: float) -> str:
    when = local(int(seconds * 1000))
    return f"{when:%Y-%m-%d %H:%M:%S}" if when is not None else "?"
