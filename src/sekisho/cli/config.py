"""`sekisho config`: whether configuration files are right, and what holds."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sekisho.adapters.configuration import open_source
from sekisho.adapters.places import here, is_there, places_of
from sekisho.adapters.projects import ProjectsError
from sekisho.adapters.state import StateDirectoryError
from sekisho.cli.configuration import Loaded, addressed, load
from sekisho.cli.display import listed, shown
from sekisho.cli.layout import folded
from sekisho.cli.screen import USAGE, as_json, complain, located, say, speaks, told
from sekisho.model.message_ids import MessageId
from sekisho.policy.layers import Layer, Rank, merge
from sekisho.policy.problem import ConfigurationError
from sekisho.policy.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.policy.problem import Problem

__all__ = ["config"]


@click.group()
def config() -> None:
    r"""Look at configuration files: what is wrong with them, and what holds.

    \b
    Example:
      sekisho config check
    """


@config.command()
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@speaks
def check(file: str | None, *, json_: bool) -> None:
    r"""Say everything that is wrong with the configuration, and start nothing.

    With FILE only that file is read, as one of your own; without, all files that
    hold here. Exit code 0: nothing is wrong. 1: something is. 2: it can't be told.

    \b
    Examples:
      sekisho config check
      sekisho config check sekisho.toml
    """
    problems: tuple[Problem, ...] = ()
    found: Loaded | None = None
    try:
        found = _alone(file) if file is not None else _loaded(None)
    except ConfigurationError as error:
        problems = error.problems
    notes = () if found is None else found.effective.notes
    if json_:
        as_json({"ok": not problems, "problems": _as_json(problems), "notes": _as_json(notes)})
    else:
        _print((*problems, *notes))
        if found is not None:
            say(
                MessageId.CONFIG_CHECKED, servers=len(found.configuration.servers), settings=len(found.effective.values)
            )
    sys.exit(1 if problems else 0)


@config.command()
@click.option("--config", "named", metavar="F", help="A file in place of your own.")
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@speaks
def show(named: str | None, *, json_: bool) -> None:
    r"""Show what holds here, and which file and line each setting comes from.

    Not shown are arguments, values of variables and headers, and of an address
    anything but where it leads: they may be secret.

    \b
    Examples:
      sekisho config show
      sekisho config show --config sekisho.toml --json
    """
    try:
        found = _loaded(named)
    except ConfigurationError as error:
        for problem in error.problems:
            complain(located(problem))
        sys.exit(USAGE)
    notes = found.effective.notes
    places = places_of(named, os.environ, here())
    if json_:
        files = [{"file": str(path), "there": is_there(path)} for path in places.files]
        as_json({"files": files, "settings": listed(found.effective), "notes": _as_json(notes)})
        return
    for line in shown(found.effective):
        click.echo(line)
    if not found.effective.values:
        say(MessageId.CONFIG_NOTHING)
    _print(notes)


def _loaded(named: str | None) -> Loaded:
    """Read what holds here; ends with 2 where it can't be told whether a project is trusted."""
    try:
        return load(places_of(named, os.environ, here()))
    except (ProjectsError, StateDirectoryError) as error:
        complain(str(error))
        sys.exit(USAGE)


def _alone(file: str) -> Loaded:
    effective = merge([Layer(rank=Rank.USER, document=open_source(Path(file)).document)])
    return addressed(Loaded(configuration=read(effective), effective=effective))


def _print(problems: Iterable[Problem]) -> None:
    for problem in problems:
        what, step = located(problem).split("\n")
        for line in (*folded(what, rest="    "), *folded(step.strip(), first="  ", rest="  ")):
            click.echo(line)


def _as_json(problems: Iterable[Problem]) -> list[dict[str, object]]:
    return [
        {
            "file": problem.file,
            "line": None if problem.place is None else problem.place.line,
            "column": None if problem.place is None else problem.place.column,
            "key": problem.key,
            "id": problem.message.value,
            "what": told(problem)[0],
            "next": told(problem)[1],
        }
        for problem in problems
    ]
