"""`sekisho range`: the incidents, listed and played one by one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sekisho.cli.demo import attempt
from sekisho.cli.layout import folded, sheet
from sekisho.cli.played import as_plain, reasons, through, without
from sekisho.cli.screen import USAGE, as_json, note, speaks, trouble_is_usage, words
from sekisho.cli.steps import show_story
from sekisho.model.range_ids import RangeId
from sekisho.range.incidents import incidents, story

if TYPE_CHECKING:
    from sekisho.range.incident import Incident
    from sekisho.range.play import Played

__all__ = ["range"]


@click.group("range")
def range() -> None:  # noqa: A001 - the command's name
    r"""List incidents, and replay them without Sekisho and with it.

    \b
    Examples:
      sekisho range list
      sekisho range run path-traversal
    """


@range.command("list")
@click.option("--json", "json_", is_flag=True, help="As one JSON array.")
@speaks
def list_(*, json_: bool) -> None:
    r"""List the incidents, those of the demo first.

    \b
    Example:
      sekisho range list
    """
    if json_:
        as_json([_plain(each) for each in incidents()])
        return
    for line in sheet([(each.id, _line(each)) for each in incidents()]):
        click.echo(line)


@range.command("run")
@click.argument("name", required=False)
@click.option("--all", "every", is_flag=True, help="Play all of them.")
@click.option("--real", is_flag=True, help="With --all: also real releases from PyPI and npm; fetches them once.")
@click.option("--json", "json_", is_flag=True, help="As one JSON array.")
@speaks
def run(name: str | None, *, every: bool, real: bool, json_: bool) -> None:
    r"""Play one incident, or all.

    Exit code 1 when anything did not end as promised. A real release that can't be
    had is skipped, and said.

    \b
    Examples:
      sekisho range run rug-pull
      sekisho range run --all --json
    """
    chosen = [each for each in incidents() if every or each.id == name]
    if not chosen:
        note(RangeId.RANGE_NONE if name is None else RangeId.RANGE_UNKNOWN, **({} if name is None else {"name": name}))
        sys.exit(USAGE)
    problems: list[str] = []
    told: list[object] = []
    with trouble_is_usage():
        for incident in chosen:
            needs_real = every and incident.package is not None and not real
            found = words(RangeId.RANGE_NEEDS_REAL) if needs_real else attempt(incident)
            if isinstance(found, str):
                told.append({**_plain(incident), "skipped": found})
                problems += [] if incident.package is not None else [f"{incident.id}: {found}"]
            else:
                told.append(as_plain(found))
                problems += found.problems
            if not json_:
                _show(incident, found)
    if json_:
        as_json(told)
    for problem in problems:
        note(RangeId.DEMO_WRONG, outcome=problem)
    sys.exit(1 if problems else 0)


def _show(incident: Incident, found: Played | str) -> None:
    click.echo(f"{incident.id}  {words(incident.title)}")
    if isinstance(found, str):
        for line in folded(found, first="  ", rest="  "):
            click.echo(line)
        return
    show_story(found)
    click.echo("")
    rows = ((RangeId.DEMO_WITHOUT, without(found)), (RangeId.DEMO_WITH, through(found)))
    for line in sheet([(words(id_), said) for id_, said in rows], indent="  "):
        click.echo(line)
    click.echo(f"\n{words(RangeId.RANGE_SAID)}")
    for reason in list(reasons(found)) or [words(RangeId.RANGE_SAID_NOTHING)]:
        for line in folded(reason, first="  ", rest="    "):
            click.echo(line)
    passed = sum(each.passed for each in found.honest)
    click.echo(f"\n{words(RangeId.RANGE_HONEST, passed=passed, total=len(found.honest))}\n")


def _plain(incident: Incident) -> dict[str, object]:
    return {
        "id": incident.id,
        "title": words(incident.title),
        "story": story(incident),
        "row": incident.row,
        "page": incident.page,
        "layer": str(incident.layer),
        "sources": list(incident.sources),
        "release": None if incident.package is None else incident.package.shown,
    }


def _line(incident: Incident) -> str:
    place = f" (demo {incident.place})" if incident.place else ""
    release = "" if incident.package is None else f", {incident.package.shown}"
    return f"{words(incident.title)}{place}{release}"
