"""`sekisho demo`: two hosts, one server and Sekisho between them, shown line by line.

The content is in `sekisho.range`, which also plays it without Sekisho and compares; this prints it.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click

from sekisho.adapters import keyfile
from sekisho.adapters.audit.reader import Reader
from sekisho.adapters.audit.verification import verify
from sekisho.adapters.keyfile import KeyFileError
from sekisho.adapters.state import private_directory
from sekisho.cli import audit, records
from sekisho.cli.layout import WIDTH, folded, sheet
from sekisho.cli.screen import note, say, speaks, trouble_is_usage, words
from sekisho.model.escape import printable
from sekisho.model.message_ids import MessageId
from sekisho.range.host import HostError
from sekisho.range.packages import PACKAGES, Unavailable, prepared
from sekisho.range.play import play, weather
from sekisho.range.script import ATTEMPTS, LEGACY_VISIT, MODERN_VISIT

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from sekisho.range.packages import Package
    from sekisho.range.play import Played, Server
    from sekisho.range.script import Script

__all__ = ["demo"]

_INDENT: Final = "   "
_SHOWN: Final = 8
"""How many records are shown."""

_SERVER_INFO: Final = "io.modelcontextprotocol/serverInfo"


@click.command()
@click.option("--real", is_flag=True, help="Add two real servers from PyPI; fetches them once if they are not here.")
@speaks
def demo(real: bool) -> None:  # noqa: FBT001 - click's option
    r"""Replay traffic through the checkpoint, without network or setup.

    Two hosts, one of 2025-11-25 and one of 2026-07-28, talk to a bundled weather
    server, each through a `sekisho run` of its own and once without, and the answers
    are compared. Then two messages that are refused, and what is on record.
    Everything happens in a temporary directory. Exit code 1 when anything did not
    end as promised.

    \b
    Examples:
      sekisho demo
      sekisho demo --real --lang ja
    """
    began = time.monotonic()
    with trouble_is_usage(), tempfile.TemporaryDirectory(prefix="sekisho-demo-") as folder:
        shown = _Demo(Path(folder))
        shown.all(real=real)
        shown.closer()
    for problem in shown.problems:
        note(MessageId.DEMO_WRONG, outcome=problem)
    if shown.problems:
        sys.exit(1)
    say(MessageId.DEMO_DONE, seconds=f"{time.monotonic() - began:.1f}")


class _Demo:
    """One run: prints each part when it was played, and keeps what went wrong."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[str] = []
        self._folder = folder
        self._state = private_directory(folder / "state")
        self._number = 0

    def all(self, *, real: bool) -> None:
        """Play and print everything."""
        say(MessageId.DEMO_TITLE)
        server = weather(_made(self._folder / "weather"))
        for script in (LEGACY_VISIT, MODERN_VISIT):
            with self._part(MessageId.DEMO_VISIT, revision=script.revision):
                self._visit(self._played(script, server))
        with self._part(MessageId.DEMO_REFUSED):
            self._attempts(self._played(ATTEMPTS, server))
        with self._part(MessageId.DEMO_RECORD):
            self._record()
        for package in PACKAGES if real else ():
            self._real(package)

    @contextmanager
    def _part(self, title: MessageId, **values: str) -> Generator[None]:
        """Print a heading; what goes wrong below it ends this part only."""
        self._number += 1
        click.echo()
        say(title, number=self._number, **values)
        try:
            yield
        except (HostError, KeyFileError, OSError) as error:
            self.problems.append(printable(str(error)))

    def _played(self, script: Script, server: Server) -> Played:
        played = play(script, server, state=self._state, environ=os.environ)
        self.problems += played.problems
        return played

    def _visit(self, played: Played) -> None:
        for exchange in played.exchanges:
            _line(_there(), f"{exchange.said.method} {exchange.said.shown}")
            if exchange.through is not None:
                _line(_back(), _summary(exchange.through))
        same = sum(exchange.same for exchange in played.asked)
        click.echo(_INDENT + words(MessageId.DEMO_SAME, same=same, total=len(played.asked)))

    def _attempts(self, played: Played) -> None:
        titles = {"duplicate-key": MessageId.DEMO_TWICE, "unknown-method": MessageId.DEMO_HIDDEN}
        stopped = [exchange for exchange in played.exchanges if exchange.said.refused]
        for exchange in stopped:
            said = exchange.said
            click.echo(_INDENT + words(titles[said.refused]))
            click.echo(_clipped(f"{_INDENT}  {said.method} {said.shown}"))
            outcome = _summary(exchange.direct or {})
            click.echo(_clipped(f"{_INDENT}  {words(MessageId.DEMO_WITHOUT, outcome=outcome)}"))
            held = words(MessageId.DEMO_STOPPED, rule=said.refused) if exchange.stopped else _summary(exchange.through)
            click.echo(_clipped(f"{_INDENT}  {words(MessageId.DEMO_WITH, outcome=held)}"))
        click.echo(_INDENT + words(MessageId.DEMO_ANSWER))
        for exchange in stopped:
            told = json.dumps(exchange.through, separators=(",", ":"))
            for line in folded(printable(told), first=f"{_INDENT}  ", rest=f"{_INDENT}    "):
                click.echo(line)

    def _record(self) -> None:
        directory = self._state / "audit"
        newest = [
            record
            for record in Reader(directory).records(newest_first=True)
            if not record.line.kind.startswith("audit-")
        ]
        refused = {records.field(record.line.fields, "rule") for record in newest if records.is_refusal(record.line)}
        expected = {said.refused for said in ATTEMPTS.said if said.refused}
        if refused != expected:
            self.problems.append(f"on record are the refusals {sorted(refused)}")
        click.echo(records.heading())
        for row in records.rows(reversed(newest[:_SHOWN])):
            click.echo(row)
        report = verify(directory, key=keyfile.load(self._state / "key"))
        if not report.ok or not report.complete:
            self.problems.append("the audit does not verify")
        audit.tell(report, directory=directory, key_path=self._state / "key")

    def _real(self, package: Package) -> None:
        folder = _made(self._folder / package.name)

        def fetching(path: Path) -> None:
            note(MessageId.DEMO_FETCHING, package=package.name, path=str(path))

        try:
            server, script, version = prepared(package, folder, fetching=fetching)
        except Unavailable as error:
            with self._part(MessageId.DEMO_REAL, package=package.name, version=package.version):
                for line in folded(
                    words(MessageId.DEMO_SKIPPED, problem=str(error)), first=_INDENT, rest=_INDENT + "  "
                ):
                    click.echo(line)
            return
        with self._part(MessageId.DEMO_REAL, package=package.name, version=version):
            self._visit(self._played(script, server))

    def closer(self) -> None:
        """Say where to go on."""
        click.echo()
        say(MessageId.DEMO_CLOSER)
        steps: Sequence[tuple[str, MessageId]] = (
            ("sekisho run -- CMD", MessageId.DEMO_CLOSER_RUN),
            ("sekisho serve -- CMD", MessageId.DEMO_CLOSER_SERVE),
            ("sekisho audit tail", MessageId.DEMO_CLOSER_TAIL),
            ("sekisho doctor", MessageId.DEMO_CLOSER_DOCTOR),
        )
        for line in sheet([(command, words(what)) for command, what in steps], indent=_INDENT):
            click.echo(line)
        click.echo()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _there() -> str:
    host, sekisho, server = words(MessageId.DEMO_HOST), words(MessageId.DEMO_SEKISHO), words(MessageId.DEMO_SERVER)
    return f"{host} --> {sekisho} --> {server}"


def _back() -> str:
    host, sekisho, server = words(MessageId.DEMO_HOST), words(MessageId.DEMO_SEKISHO), words(MessageId.DEMO_SERVER)
    return f"{host} <-- {sekisho} <-- {server}"


def _line(way: str, what: str) -> None:
    click.echo(_clipped(f"{_INDENT}{way}   {what}"))


def _clipped(line: str) -> str:
    return printable(line.rstrip(), width=WIDTH)


def _summary(answer: dict[str, object] | None) -> str:
    """Say in a few words what an answer holds."""
    answer = answer or {}
    error = answer.get("error")
    if isinstance(error, dict):
        told = cast("dict[str, object]", error)
        return f"error {told.get('code')}: {told.get('message')}"
    result = _object(answer.get("result"))
    info = _object(result.get("serverInfo") or _object(result.get("_meta")).get(_SERVER_INFO))
    if "capabilities" in result:
        return f"{info.get('name')} {info.get('version')}: {', '.join(sorted(_object(result['capabilities'])))}"
    for key, part in (("tools", "name"), ("content", "text"), ("contents", "text")):
        found = result.get(key)
        if isinstance(found, list):
            said = ", ".join(str(_object(item).get(part)) for item in cast("list[object]", found))
            return " ".join(said.split())
    return json.dumps(result, ensure_ascii=False, separators=(",", ":"))


def _object(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}
