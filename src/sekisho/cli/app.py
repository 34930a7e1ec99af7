"""The composition root of the command line: which command is where, loaded when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from sekisho import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["cli"]

_COMMANDS: Final[Mapping[str, str]] = {
    "demo": "Replay incidents without Sekisho and with it, side by side.",
    "run": "Put the checkpoint in front of one server, on standard input and output.",
    "serve": "Put the checkpoint in front of one server, over Streamable HTTP.",
    "scan": "Say what is wrong with MCP servers: how they are set up, what they say.",
    "range": "List incidents, and replay them one by one.",
    "explain": "Say what a rule is about, what a call means, what is known of a server.",
    "why": "Say what was refused last, and by which rule.",
    "review": "Show what servers say that waits for you, and decide.",
    "release": "Approve the one definition that a ticket is about.",
    "quarantine": "Take a server out of use, or let it back in.",
    "pin": "What was approved of servers: list, compare, carry elsewhere.",
    "audit": "Read and verify what is on record.",
    "status": "Say which entries are open, and what their broker is doing.",
    "doctor": "Check this machine, and say what is missing.",
    "config": "Look at configuration files: what is wrong with them, and what holds.",
    "allow": "Allow what waits for a person.",
    "halt": "Stop everything that passes, now and until resume.",
    "resume": "End a halt.",
}

_HIDDEN: Final = ("broker",)
"""Commands that others start; nobody has to."""


class _Commands(click.Group):
    """Loads a command's module when the command is called: starting fast matters to every host."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _COMMANDS and cmd_name not in _HIDDEN:
            return None
        command: object = getattr(import_module(f"sekisho.cli.{cmd_name}"), cmd_name)
        return _with_blocks(command) if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _with_blocks(command: click.Command) -> click.Command:
    r"""Let click see which paragraphs are not to be filled: in a raw docstring its mark is a backslash and a b."""
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    for part in command.commands.values() if isinstance(command, click.Group) else ():
        _with_blocks(part)
    return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="sekisho")
def cli() -> None:
    r"""Sekisho: a checkpoint between AI agents and MCP servers.

    It reads what servers say, what agents send and what comes back. It runs on
    this machine: no account, no LLM, nothing sent out.

    \b
    Example:
      sekisho run -- npx -y @modelcontextprotocol/server-filesystem .
    """


_with_blocks(cli)
