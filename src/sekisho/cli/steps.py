"""The messages of an incident: what the agent sent, what came back, without Sekisho and with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.layout import folded
from sekisho.cli.screen import words
from sekisho.model.escape import printable
from sekisho.model.range_ids import RangeId
from sekisho.range.incidents import story

if TYPE_CHECKING:
    from sekisho.range.play import Played, Side
    from sekisho.range.table import Exchange

__all__ = ["show_steps", "show_story"]

_SHOWN: Final = 300
"""The most columns of one message."""


def show_story(played: Played) -> None:
    """Print what happened and where it was published."""
    click.echo(f"\n{words(RangeId.RANGE_STORY)}")
    for part in story(played.incident).splitlines():
        for line in folded(part, first="  ", rest="  "):
            click.echo(line)
    if played.incident.sources:
        click.echo(f"\n{words(RangeId.RANGE_SOURCES)}")
        for source in played.incident.sources:
            for line in folded(source, first="  ", rest="  "):
                click.echo(line)


def show_steps(played: Played) -> None:
    """Print the story, and each message of the attack with its answer, for both plays."""
    show_story(played)
    for heading, side in ((RangeId.DEMO_WITHOUT, played.without), (RangeId.DEMO_WITH, played.through)):
        click.echo(f"\n{words(heading)}")
        _tools(side)
        for exchange in side.attack:
            _step(exchange)


def _tools(side: Side) -> None:
    names = printable(", ".join(side.tools), width=_SHOWN)
    for line in folded(names, first="  tools: ", rest="         "):
        click.echo(line)


def _step(exchange: Exchange) -> None:
    call = exchange.call
    if call is None:
        sent = exchange.line.decode()
    else:
        sent = f"{call.tool} {json.dumps({**call.arguments}, ensure_ascii=False)}"
    for line in folded(printable(sent, width=_SHOWN), first="  --> ", rest="      "):
        click.echo(line)
    came = exchange.text or json.dumps(exchange.answer, ensure_ascii=False)
    for part in came.splitlines():
        for line in folded(printable(part, width=_SHOWN), first="  <-- ", rest="      "):
            click.echo(line)
