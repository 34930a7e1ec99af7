"""`sekisho demo`: the incidents of `sekisho.range`, each played without Sekisho and with it, in a table.

Nothing in the table is written down beforehand: a cell tells what was found in files, databases and answers.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.layout import WIDTH, fitted
from sekisho.cli.played import reasons, through, without
from sekisho.cli.screen import USAGE, note, say, speaks, trouble_is_usage, words
from sekisho.cli.steps import show_steps
from sekisho.model.escape import printable
from sekisho.model.range_ids import RangeId
from sekisho.range.host import HostError
from sekisho.range.incidents import incidents
from sekisho.range.packages import Unavailable, fetch
from sekisho.range.play import play

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.range.incident import Incident
    from sekisho.range.play import Played

__all__ = ["attempt", "demo"]

_TITLE: Final = 31
_PAGE: Final = 6
_WITHOUT: Final = 19
"""Columns of the table."""

_LABEL: Final = 14
"""Columns of the labels below it."""


@click.command()
@click.argument("number", metavar="[N]", required=False, type=int)
@click.option("--step", is_flag=True, help="Show the messages of case N, without Sekisho and with it.")
@click.option("--real", is_flag=True, help="Add real releases from PyPI and npm; fetches them once.")
@speaks
def demo(number: int | None, *, step: bool, real: bool) -> None:
    r"""Replay incidents without Sekisho and with it, side by side.

    Each case starts small servers with a published flaw, has an agent obey
    whatever it reads, and looks what came of it. No network, no account, no model;
    everything happens in a temporary directory. Exit code 1 when anything did not
    end as promised.

    \b
    Examples:
      sekisho demo
      sekisho demo 6 --step
      sekisho demo --real --lang ja
    """
    chosen = [each for each in incidents() if each.place or (real and each.package is not None)]
    if step and number is None:
        note(RangeId.DEMO_STEP_ALONE)
        sys.exit(USAGE)
    if number is not None:
        chosen = [each for each in chosen if each.place == number]
        if not chosen:
            note(RangeId.DEMO_UNKNOWN, number=number, last=max(each.place for each in incidents()))
            sys.exit(USAGE)
    began = time.monotonic()
    with trouble_is_usage():
        problems = _steps(chosen[0]) if step else _table(chosen, began)
    for problem in problems:
        note(RangeId.DEMO_WRONG, outcome=problem)
    sys.exit(1 if problems else 0)


def _table(chosen: Sequence[Incident], began: float) -> list[str]:
    say(RangeId.DEMO_TITLE, cases=len(chosen))
    say(RangeId.DEMO_AGENT)
    click.echo("")
    heads = fitted("", _TITLE + _PAGE) + fitted(words(RangeId.DEMO_WITHOUT), _WITHOUT) + words(RangeId.DEMO_WITH)
    click.echo(heads)
    played: list[Played] = []
    problems: list[str] = []
    for place, incident in enumerate(chosen, start=1):
        found = attempt(incident)
        if isinstance(found, str):
            click.echo(f"{incident.place or place} {words(incident.title)}")
            click.echo(_clipped(f"    {found}"))
            # A release that is not to be had is no broken promise; a small server of ours that does not answer is one.
            problems += [] if incident.package is not None else [f"{incident.id}: {found}"]
            continue
        _case(incident.place or place, found)
        played.append(found)
        problems += found.problems
    if played:
        _below(played, time.monotonic() - began)
    return problems


def attempt(incident: Incident) -> Played | str:
    """Play an incident in a folder of its own; return why it could not be played, in one line."""

    def fetching(path: Path) -> None:
        assert incident.package is not None  # noqa: S101 - else nothing is fetched
        note(RangeId.RANGE_FETCHING, package=incident.package.shown, path=str(path))

    try:
        if incident.package is not None:
            fetch(incident.package, fetching)
        with tempfile.TemporaryDirectory(prefix="sekisho-range-") as folder:
            return play(incident, folder=Path(folder), environ=os.environ)
    except (Unavailable, HostError, OSError) as error:
        return words(RangeId.RANGE_SKIPPED, problem=str(error))


def _case(number: int, played: Played) -> None:
    incident = played.incident
    title = fitted(f"{number} {words(incident.title)}", _TITLE)
    page = fitted(f"p.{incident.page}" if incident.page else "", _PAGE)
    click.echo(_clipped(title + page + fitted(without(played), _WITHOUT) + through(played)))
    for reason in reasons(played):
        click.echo(_clipped(f"    {reason}"))


def _below(played: Sequence[Played], seconds: float) -> None:
    honest = [each for one in played for each in one.honest]
    passed, questions = sum(each.passed for each in honest), sum(one.through.questions for one in played)
    whole = all(one.verified for one in played)
    record = RangeId.DEMO_RECORD_WHOLE if whole else RangeId.DEMO_RECORD_BROKEN
    click.echo("")
    said = words(
        RangeId.DEMO_HONEST_PASSED, passed=passed, total=len(honest), questions=questions, added=_added(played)
    )
    rows = (
        (RangeId.DEMO_HONEST, said),
        (RangeId.DEMO_RECORD, words(record, events=sum(one.events for one in played))),
        (RangeId.DEMO_CLOSER, words(RangeId.DEMO_CLOSER_STEP, seconds=f"{seconds:.0f}")),
        (RangeId.DEMO_MACHINE, words(RangeId.DEMO_MACHINE_SCAN)),
    )
    for label, value in rows:
        click.echo(_clipped(fitted(words(label), _LABEL) + value))


def _added(played: Sequence[Played]) -> str:
    """Return what Sekisho adds to an honest call, in milliseconds: the median of the cases' differences of medians."""
    added = [statistics.median(one.through.seconds) - statistics.median(one.without.seconds) for one in played]
    return f"{max(0.0, statistics.median(added)) * 1000:.2f}"


def _clipped(line: str) -> str:
    return printable(line.rstrip(), width=WIDTH)


def _steps(incident: Incident) -> list[str]:
    found = attempt(incident)
    if isinstance(found, str):
        return [f"{incident.id}: {found}"]
    _case(incident.place, found)
    show_steps(found)
    return list(found.problems)
