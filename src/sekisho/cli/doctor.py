"""`sekisho doctor`: check this machine, and say what is missing."""

from __future__ import annotations

import platform
import sys
from functools import wraps
from typing import TYPE_CHECKING, Final, TypeVar

import click

from sekisho import __version__
from sekisho.cli.checks import Health, examine
from sekisho.cli.layout import folded, sheet
from sekisho.cli.screen import as_json, say, speaks, words
from sekisho.cli.target import Options
from sekisho.model.escape import columns, printable
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.cli.checks import Check

__all__ = ["doctor"]

_R = TypeVar("_R")

_WORDS: Final = {
    Health.OK: MessageId.DOCTOR_OK,
    Health.LOOK: MessageId.DOCTOR_LOOK,
    Health.FAIL: MessageId.DOCTOR_FAIL,
}


def _target(command: Callable[..., _R]) -> Callable[..., _R]:
    """Add the options that may name a server; the command gets them as one `Options`, or None."""

    @click.option("--url", metavar="URL", help="Look at this remote server too.")
    @click.option("--header", multiple=True, metavar="H", help="A header for it, 'Name: value'.")
    @click.option("--env", multiple=True, metavar="NAME[=V]", help="A variable for the server. May be repeated.")
    @click.option("--cwd", metavar="D", help="The server's working directory.")
    @click.argument("command", nargs=-1, metavar="[-- CMD ARGS...]", type=click.UNPROCESSED)
    @wraps(command)
    def taking(
        *args: object,
        url: str | None,
        header: tuple[str, ...],
        env: tuple[str, ...],
        cwd: str | None,
        command: tuple[str, ...],
        **more: object,
    ) -> _R:
        if url is not None and command:
            raise click.UsageError("Name one server: either -- CMD ARGS..., or --url URL.")
        if not (url or command) and (header or env or cwd):
            raise click.UsageError("--header, --env and --cwd belong to a server: name it too.")
        named = Options(url=url, command=command, env=env, header=header, cwd=cwd) if url or command else None
        return wrapped(*args, options=named, **more)

    wrapped = command
    return taking


@click.command()
@click.option("--json", "json_", is_flag=True, help="As one JSON object.")
@_target
@speaks
def doctor(options: Options | None, json_: bool) -> None:  # noqa: FBT001 - click's option
    r"""Check this machine, and say what is missing.

    Looks at the state directory, the key and the audit, and tries out whether a
    server's runaway processes die with it. With a command it says which program
    would be started and with which variables, and starts nothing of it; with a URL
    it asks that server what it speaks.
    Exit code 0: nothing failed. 1: something did.

    \b
    Examples:
      sekisho doctor
      sekisho doctor -- npx -y @modelcontextprotocol/server-filesystem .
    """
    checks: list[Check] = []
    if not json_:
        system = f"{platform.system()} {platform.machine()}"
        python = platform.python_version()
        say(MessageId.DOCTOR_TITLE, version=__version__, python=python, system=system)
        click.echo()
    for check in examine(options):
        checks.append(check)
        if not json_:
            _tell(check)
    passed = sum(check.health is not Health.FAIL for check in checks)
    if json_:
        as_json({"ok": passed == len(checks), "checks": [_as_json(check) for check in checks]})
    else:
        click.echo()
        say(MessageId.DOCTOR_DONE, passed=passed, total=len(checks))
    sys.exit(0 if passed == len(checks) else 1)


def _tell(check: Check) -> None:
    wide = 2 + max(columns(words(id_)) for id_ in _WORDS.values())
    word = words(_WORDS[check.health])
    indent = " " * wide
    for line in folded(printable(check.said), first=word + " " * (wide - columns(word)), rest=indent):
        click.echo(line)
    if check.step:
        for line in folded(check.step, first=indent, rest=indent):
            click.echo(line)
    for line in sheet(check.more, indent=f"{indent}  "):
        click.echo(line)


def _as_json(check: Check) -> dict[str, object]:
    return {
        "id": check.id,
        "health": check.health.value,
        "said": check.said,
        "next": check.step,
        "more": dict(check.more),
    }
