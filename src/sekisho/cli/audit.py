"""`sekisho audit`: read, verify and export what is on record."""

from __future__ import annotations

import itertools
import re
import signal
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Final, TypeVar

import click

from sekisho.adapters import keyfile
from sekisho.adapters.audit import chain
from sekisho.adapters.audit.reader import Filter, Reader
from sekisho.adapters.audit.verification import verify
from sekisho.adapters.state import state_directory
from sekisho.cli import records
from sekisho.cli.house import audit_directory
from sekisho.cli.layout import folded, sheet
from sekisho.cli.screen import USAGE, as_json, note, say, speaks, trouble_is_usage
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from sekisho.adapters.audit.reader import Record
    from sekisho.adapters.audit.verification import Report
    from sekisho.adapters.audit.walk import Remark

__all__ = ["audit"]

_R = TypeVar("_R")

_AGO: Final = re.compile(r"([0-9]{1,6})([smhdw])")
_UNIT: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_POLL: Final = 0.25
_PATIENT: Final = 1.0
"""Seconds after which a verification shows how far it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which records the caller asked for."""

    filter: Filter
    """What the reader compares."""

    server: str | None
    """A part of the server's identity."""

    own: bool
    """Whether the audit's own lines (files opened and closed) are shown too."""

    def wants(self, record: Record) -> bool:
        """Tell whether a record that the filter lets through is shown."""
        if not self.own and record.line.kind in {chain.OPENED, chain.CLOSED}:
            return False
        return self.server is None or self.server in record.line.server


class _Since(click.ParamType[int]):
    """A point in time: `30m` ago, a clock time of today, or a date with or without a time."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return milliseconds since 1970."""
        said = str(value)
        now = datetime.now().astimezone()
        ago = _AGO.fullmatch(said)
        try:
            if ago is not None:
                moment = now - timedelta(**{_UNIT[ago[2]]: int(ago[1])})
            elif ":" in said and "-" not in said:
                moment = datetime.fromisoformat(f"{now:%Y-%m-%d}T{said}").astimezone()
            else:
                moment = datetime.fromisoformat(said).astimezone()
        except (ValueError, OverflowError):
            self.fail("write 30m, 2h, 7d, 14:30 or 2026-11-22T14:30.", param, ctx)
        return int(moment.timestamp() * 1000)


def filters(command: Callable[..., _R]) -> Callable[..., _R]:
    """Add the options that choose records; the command gets them as one `Wanted`."""

    @click.option("--kind", metavar="K", help="Of this kind: request, answer, refusal, lifecycle ...")
    @click.option("--server", metavar="TEXT", help="Of the servers whose name holds this text.")
    @click.option("--verdict", type=click.Choice(["allow", "mark", "ask", "deny"]), help="So decided.")
    @click.option("--rule", metavar="ID", help="Decided by this rule.")
    @click.option("--ticket", metavar="T", help="With this ticket.")
    @click.option("--since", type=_Since(), metavar="TIME", help="Not older: 30m, 2h, 7d, 14:30, 2026-11-22.")
    @wraps(command)
    def taking(
        *args: object,
        kind: str | None,
        server: str | None,
        verdict: str | None,
        rule: str | None,
        ticket: str | None,
        since: int | None,
        **more: object,
    ) -> _R:
        ticket = ticket.upper() if ticket is not None else None
        chosen = Filter(kind=kind, verdict=verdict, rule=rule, ticket=ticket, since=since)
        return command(*args, wanted=Wanted(filter=chosen, server=server, own=kind in chain.OWN_KINDS), **more)

    return taking


@click.group()
def audit() -> None:
    r"""Read and verify what is on record.

    Every decision is one line, chained to the line before. Contents are not
    stored: of an argument or a result only a keyed digest and its size are kept.

    \b
    Examples:
      sekisho audit tail --verdict deny --since 2h
      sekisho audit verify
    """


@audit.command()
@click.option(
    "-n", "count", metavar="N", default=20, show_default=True, type=click.IntRange(0, 100_000), help="So many records."
)
@click.option("--follow", "-f", is_flag=True, help="Wait for more. Stop with Ctrl-C.")
@click.option("--json", "json_", is_flag=True, help="One JSON object a line.")
@filters
@speaks
def tail(wanted: Wanted, count: int, follow: bool, json_: bool) -> None:  # noqa: FBT001 - click's options
    r"""Show the newest records, oldest first.

    \b
    Examples:
      sekisho audit tail
      sekisho audit tail -n 100 --server github --verdict deny
      sekisho audit tail --follow --json
    """
    with trouble_is_usage(), _readable():
        directory = audit_directory(state_directory())
        reader = Reader(directory)
        seen = reader.position()
        newest = reader.records(wanted.filter, newest_first=True)
        # What is written while we read belongs to what follows.
        shown = (record for record in newest if wanted.wants(record) and _is_past(record, directory, seen))
        found = deque(itertools.islice(shown, count))
        found.reverse()
        records_ = itertools.chain(found, _following(reader, seen, wanted)) if follow else iter(found)
        if json_:
            for record in records_:
                as_json(record.as_json(), indent=None)
        else:
            _table(records_, waiting=follow, empty=not found)


def _is_past(record: Record, directory: Path, seen: dict[Path, int]) -> bool:
    return record.offset < seen.get(directory / record.file, 0)


def _table(found: Iterator[Record], *, waiting: bool, empty: bool) -> None:
    if empty:
        say(MessageId.AUDIT_EMPTY)
    if waiting:
        note(MessageId.AUDIT_WAITING)
    if waiting or not empty:
        click.echo(records.heading())
    for line in records.rows(found):
        click.echo(line)


def _following(reader: Reader, seen: dict[Path, int], wanted: Wanted) -> Iterator[Record]:
    """Return new records until somebody stops us."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: stop.set())
    while not stop.wait(_POLL):
        yield from (record for record in reader.poll(seen, wanted.filter) if wanted.wants(record))


@audit.command()
@click.argument("which", metavar="EVENT|TICKET")
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@speaks
def show(which: str, json_: bool) -> None:  # noqa: FBT001 - click's option
    r"""Show all of one record: an event of `audit tail`, or a ticket.

    \b
    Examples:
      sekisho audit show 4f2a1b:17
      sekisho audit show 7F3K2A
    """
    with trouble_is_usage(), _readable():
        found = _find(Reader(audit_directory(state_directory())), which)
        if not found:
            note(MessageId.AUDIT_NO_EVENT, event=which)
            sys.exit(1)
        if len(found) > 1:
            note(MessageId.AUDIT_SEVERAL, event=which)
            for record in found:
                click.echo(f"  {record.id}", err=True)
            sys.exit(USAGE)
        if json_:
            as_json(found[0].as_json())
        else:
            for line in sheet(records.details(found[0])):
                click.echo(line)


def _find(reader: Reader, which: str) -> list[Record]:
    """Return the record of an id, the newest one of a ticket, or all that a short id could mean."""
    if ":" not in which:
        return list(reader.records(Filter(ticket=which.upper()), newest_first=True, limit=1))
    exact = reader.find(which)
    if exact is not None:
        return [exact]
    number = which.rpartition(":")[2]
    writers = {path.name.partition(".")[0] for path in reader.position()}
    full = (f"{writer}:{number}" for writer in sorted(writers) if records.matches_id(f"{writer}:{number}", which))
    return [record for id_ in full if (record := reader.find(id_)) is not None]


@audit.command(name="verify")
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@speaks
def verify_command(json_: bool) -> None:  # noqa: FBT001 - click's option
    r"""Verify that no record was edited, dropped or reordered.

    Exit code 0: intact. 1: broken, or the seals can't be checked. 2: usage.
    What nobody can find: changes by somebody who holds the key file, and changes
    behind the last sealed record of a process that was killed.

    \b
    Example:
      sekisho audit verify && echo intact
    """
    with trouble_is_usage(), _readable():
        state = state_directory()
        directory = audit_directory(state)
        key = _key(state / "key")
        report = verify(directory, key=key, progress=_Progress() if sys.stderr.isatty() else None)
        intact = report.ok and (report.sealed or not report.writers)
        if json_:
            as_json(_as_json(report, intact=intact))
        else:
            tell(report, directory=directory, key_path=state / "key")
        sys.exit(0 if intact else 1)


def tell(report: Report, *, directory: Path, key_path: Path) -> None:
    """Print what a verification found."""
    if not report.writers and report.ok:
        say(MessageId.AUDIT_NOTHING)
        return
    if report.ok:
        say(MessageId.AUDIT_INTACT, events=report.records, writers=len(report.writers))
    else:
        say(MessageId.AUDIT_BROKEN, count=len(report.problems) + report.more, path=str(directory))
    for remark in report.problems:
        _remark(remark)
    if not report.sealed:
        say(MessageId.AUDIT_NO_KEY, path=str(key_path))
    unsealed = sum(writer.unsealed for writer in report.writers)
    if unsealed and report.sealed:
        say(MessageId.AUDIT_UNSEALED, count=unsealed)
    if report.notes:
        say(MessageId.AUDIT_NOTES)
    for remark in report.notes:
        _remark(remark)


def _remark(remark: Remark) -> None:
    place = f"{remark.file}:{remark.line}" if remark.line else remark.file
    for line in folded(f"{place}  {remark.text}", first="  ", rest="    "):
        click.echo(line)


def _as_json(report: Report, *, intact: bool) -> dict[str, object]:
    def remarks(found: tuple[Remark, ...]) -> list[dict[str, object]]:
        return [{"word": one.word, "file": one.file, "line": one.line, "text": one.text} for one in found]

    return {
        "intact": intact,
        "complete": report.complete,
        "sealed": report.sealed,
        "records": report.records,
        "writers": [
            {
                "writer": one.writer,
                "files": one.files,
                "records": one.records,
                "sealed_seq": one.sealed_seq,
                "last_seq": one.last_seq,
                "live": one.live,
                "closed": one.closed,
            }
            for one in report.writers
        ],
        "problems": remarks(report.problems),
        "notes": remarks(report.notes),
        "more": report.more,
    }


@audit.command()
@filters
def export(wanted: Wanted) -> None:
    r"""Write records as JSON lines to standard output, oldest first.

    Each line is the record's own line with its id put in front, so whoever takes
    the id out again has the bytes that are chained. Not to a terminal: names in
    it may hold characters that a terminal obeys.

    \b
    Example:
      sekisho audit export --since 7d > audit.jsonl
    """
    with trouble_is_usage(), _readable():
        if sys.stdout.isatty():
            note(MessageId.AUDIT_EXPORT_FILE)
            sys.exit(USAGE)
        wanted_ = Wanted(filter=wanted.filter, server=wanted.server, own=True)
        out = sys.stdout.buffer
        for record in Reader(audit_directory(state_directory())).records(wanted_.filter):
            if wanted_.wants(record):
                out.write(b'{"id":"' + record.id.encode() + b'",' + record.raw.removeprefix(b"{"))
        out.flush()


def _key(path: Path) -> bytes | None:
    try:
        return keyfile.load(path)
    except keyfile.KeyFileMissingError:
        return None


@contextmanager
def _readable() -> Generator[None]:
    """Turn an audit that can't be read into a text and exit code 2. A reader of ours that went away is click's."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        note(MessageId.AUDIT_UNREADABLE, path=str(error.filename or ""), problem=str(error.strerror))
        sys.exit(USAGE)


class _Progress:
    """Shows how far a long verification is, on a terminal."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Show the share of the bytes that were read."""
        if total and time.monotonic() - self._since > _PATIENT:
            end = "\n" if done >= total else ""
            click.echo(f"\r{100 * done // total:3d} %", nl=False, err=True)
            click.echo(end, nl=False, err=True)
