"""`sekisho allow`: decisions that only a person may take."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sekisho.adapters.configuration import open_source
from sekisho.adapters.places import NAME
from sekisho.adapters.projects import Projects
from sekisho.adapters.state import state_directory
from sekisho.cli.display import shown
from sekisho.cli.exceptions import list_, tool
from sekisho.cli.halt import put_on_record
from sekisho.cli.person import insist, typed
from sekisho.cli.screen import note, say, speaks, trouble_is_usage
from sekisho.model.message_ids import MessageId
from sekisho.policy.layers import Layer, Rank, merge

if TYPE_CHECKING:
    from sekisho.adapters.configuration import Source

__all__ = ["allow"]

_WORD: Final = "allow"


class _Allow(click.Group):
    """Takes `allow SERVER.TOOL …` for `allow tool SERVER.TOOL …`: nothing else that is allowed has a dot."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and "." in args[0]:
            args = ["tool", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_Allow)
def allow() -> None:
    r"""Allow what waits for a person.

    \b
    Examples:
      sekisho allow project .
      sekisho allow tool git.git_log --rule word-option --expires 30d --reason why
    """


allow.add_command(tool)
allow.add_command(list_)


@allow.command()
@click.argument("path", metavar="PATH")
@click.option("--withdraw", is_flag=True, help="Trust it no more. Anybody may do that.")
@speaks
def project(path: str, *, withdraw: bool) -> None:
    r"""Trust the sekisho.toml of a project, as it is now.

    PATH is the file or its folder. Until you trust it, such a file can only make
    things stricter. It counts again as unknown when one byte of it changes, or
    when it is moved.

    What it sets is shown first. It takes a terminal and a typed word, and the
    same limit holds as for resume: see its help.

    \b
    Example:
      sekisho allow project ~/src/shop
    """
    with trouble_is_usage():
        file = Path(path) / NAME if Path(path).is_dir() else Path(path)
        directory = state_directory()
        projects = Projects(directory)
        if withdraw:
            _withdraw(projects, file, directory)
            return
        source = open_source(file)
        effective = merge([Layer(rank=Rank.TRUSTED, document=source.document)])
        if projects.trusts(source.path, source.digest):
            say(MessageId.ALLOW_PROJECT_ALREADY, file=str(source.path))
            return
        insist(directory, "project", MessageId.ALLOW_NEEDS_PERSON)
        say(MessageId.ALLOW_PROJECT_SHOWS, file=str(source.path))
        for line in shown(effective, everything=True):
            click.echo(line)
        _ask(projects, source, directory)


def _ask(projects: Projects, source: Source, directory: Path) -> None:
    say(MessageId.ALLOW_PROJECT_ASK, word=_WORD)
    if not typed(_WORD):
        note(MessageId.ALLOW_NOT_TYPED, word=_WORD)
        sys.exit(1)
    # On record before it happens, as every decision of a person.
    put_on_record(directory, "project-allowed", digest=source.digest)
    projects.trust(source.path, source.digest)
    say(MessageId.ALLOW_PROJECT_DONE, file=str(source.path))


def _withdraw(projects: Projects, file: Path, directory: Path) -> None:
    path = file.absolute().resolve()
    if not projects.forget(path):
        say(MessageId.ALLOW_PROJECT_UNKNOWN, file=str(path))
        return
    put_on_record(directory, "project-withdrawn")
    say(MessageId.ALLOW_PROJECT_WITHDRAWN, file=str(path))
