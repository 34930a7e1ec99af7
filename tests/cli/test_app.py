from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from clikit import narrow
from sekisho.cli.app import cli
from tablekit import rows

if TYPE_CHECKING:
    from clikit import Desk

COMMANDS = (
    "demo",
    "run",
    "serve",
    "scan",
    "explain",
    "why",
    "audit",
    "doctor",
    "halt",
    "resume",
)
BELOW = tuple(f"audit {name}" for name in ("tail", "show", "verify", "export"))
PROSE = (
    "demo",
    "scan",
    "explain rule",
    "explain call",
    "explain server",
    "why",
    "doctor",
    "halt",
    "resume",
    "audit tail",
    "audit show",
    "audit verify",
)


@pytest.mark.parametrize("command", ["", *COMMANDS, *BELOW])
def test_every_help_fits_and_has_an_example_on_lines_of_its_own(desk: Desk, command: str) -> None:
    done = desk.call(*command.split(), "--help")
    assert done.exit_code == 0
    assert narrow(done.output)
    assert "\\b" not in done.output
    heading = "  Example:\n" if "  Example:\n" in done.output else "  Examples:\n"
    example = done.output.partition(heading)[2].splitlines()[0]
    assert example.startswith(f"    sekisho {command}".rstrip())


@pytest.mark.parametrize("command", PROSE)
def test_every_command_that_prints_prose_takes_a_language(desk: Desk, command: str) -> None:
    assert "--lang [en|ja]" in desk.call(*command.split(), "--help").output


def test_the_overview_names_every_command(desk: Desk) -> None:
    said = desk.call("--help").output.partition("Commands:")[2]
    assert all(f"\n  {command} " in said for command in COMMANDS)


@rows("name", COMMANDS)
def test_every_command_that_is_named_can_be_loaded(name: str) -> None:
    assert isinstance(cli, click.Group)
    assert cli.get_command(click.Context(cli), name) is not None


@pytest.mark.parametrize("words", [["nosuch"], ["audit", "nosuch"], ["why", "--nosuch"], ["__init__"], ["screen"]])
def test_an_unknown_command_is_a_mistake_of_the_caller(desk: Desk, words: list[str]) -> None:
    done = desk.call(*words)
    assert done.exit_code == 2
    assert "No such" in done.output


def test_the_version_is_told(desk: Desk) -> None:
    assert desk.call("--version").output.startswith("sekisho, version ")
