"""`sekisho scan`: how servers are set up and what they say about themselves, judged without starting them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.scan_forms import FORMS, WITH_REGIONS, shown, write
from sekisho.cli.screen import USAGE, note, speaks, trouble_is_usage
from sekisho.model.finding import Persona, Severity
from sekisho.model.message_ids import MessageId
from sekisho.model.scan_ids import ScanId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sekisho.scan.baseline import Entry
    from sekisho.scan.report import Report

__all__ = ["scan"]

_INTERNAL: Final = 3
_COMMAND: Final = "sekisho.scan.command"
_NEVER: Final = "never"
_SEVERITIES: Final = [level.name.lower() for level in Severity]
_PERSONAS: Final = [persona.name.lower() for persona in Persona]


class _Scan(click.Command):
    """A command whose words behind `--` are another command, not paths."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the other command aside."""
        at = args.index("--") if "--" in args else len(args)
        ctx.meta[_COMMAND] = tuple(args[at + 1 :])
        return super().parse_args(ctx, args[:at])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Name it in the usage line."""
        return [*super().collect_usage_pieces(ctx), "[-- CMD ARGS...]"]


@click.command(cls=_Scan)
@click.argument("paths", nargs=-1)
@click.option("--live", is_flag=True, help="Start the servers in a sandbox and read what they offer.")
@click.option("--fetch", is_flag=True, help="With --live: give them the network, to download what is missing.")
@click.option("--no-sandbox", is_flag=True, help="With --live: start them as you, with all your rights.")
@click.option("--tools", metavar="FILE", multiple=True, help="A dump of what one server offers; may be repeated.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMS),
    default="table",
    show_default=True,
    help="How the report is written.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*_SEVERITIES, _NEVER]),
    default="medium",
    show_default=True,
    help="Exit with 1 from this severity on.",
)
@click.option(
    "--persona",
    type=click.Choice(_PERSONAS),
    default="regular",
    show_default=True,
    help="Who listens: later ones hear more, and more false alarms.",
)
@click.option("--baseline", metavar="FILE", multiple=True, help="Findings that are known count no more; repeatable.")
@click.option("--write-baseline", metavar="FILE", help="Write every finding of now into a baseline, and end with 0.")
@speaks
def scan(  # noqa: PLR0913, PLR0917 - click's options
    paths: tuple[str, ...],
    live: bool,  # noqa: FBT001 - click's option
    fetch: bool,  # noqa: FBT001 - click's option
    no_sandbox: bool,  # noqa: FBT001 - click's option
    tools: tuple[str, ...],
    format_: str,
    fail_on: str,
    persona: str,
    baseline: tuple[str, ...],
    write_baseline: str | None,
) -> None:
    r"""Say what is wrong with MCP servers: how they are set up, what they say.

    Without arguments it reads the settings of every host that it knows on this
    machine: yours, and those of the folder that you are in. PATHS are settings,
    dumps, or folders with either.

    A dump is one server, named after its file: the answer to tools/list, a
    JSON-RPC response that holds it, or an object with any of tools, prompts,
    resources, resourceTemplates, instructions, serverInfo. Several are judged
    together. Nothing is sent out, and without --live nothing is started.

    With --live the servers of the settings, or the one of CMD, are started in a
    sandbox (bubblewrap) without network, with an empty home and planted
    secrets, and asked what they offer as a host would ask.

    Exit code 0 when there is nothing as bad as --fail-on, 1 when there is, 2
    when a file cannot be used, 3 when Sekisho itself failed.

    \b
    Examples:
      sekisho scan
      sekisho scan .cursor/mcp.json
      sekisho scan --tools github.json --tools slack.json
      sekisho scan --tools github.json --format json --fail-on high
      sekisho scan --live -- npx -y @modelcontextprotocol/server-filesystem .
    """
    command: tuple[str, ...] = click.get_current_context().meta[_COMMAND]
    live = live or bool(command)
    if not live and (fetch or no_sandbox):
        note(ScanId.SCAN_NOT_LIVE)
        sys.exit(USAGE)
    asked = _Asked(
        command=command,
        live=live,
        fetch=fetch,
        sandbox=not no_sandbox,
        paths=paths,
        tools=tools,
        form=format_,
        fail_on=None if fail_on == _NEVER else Severity[fail_on.upper()],
        persona=Persona[persona.upper()],
        baselines=baseline,
    )
    try:
        report = _scanned(asked)
        text = shown(report, format_)
    except Exception as error:  # noqa: BLE001 - whatever fails, the exit code says that there is no report
        note(ScanId.SCAN_FAILED, kind=type(error).__name__)
        sys.exit(_INTERNAL)
    if write_baseline is not None:
        _keep(report, write_baseline)
        return
    write(text, format_)
    sys.exit(1 if report.failed else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the caller wrote."""

    paths: tuple[str, ...]
    tools: tuple[str, ...]
    form: str
    fail_on: Severity | None
    persona: Persona
    baselines: tuple[str, ...]
    command: tuple[str, ...]
    live: bool
    fetch: bool
    sandbox: bool


def _scanned(asked: _Asked) -> Report:
    from sekisho.scan.dumps import SourceError  # noqa: PLC0415 - starting fast
    from sekisho.scan.judge import judge  # noqa: PLC0415 - as above
    from sekisho.scan.sources import named_sources, this_machine  # noqa: PLC0415 - as above

    try:
        # First: a baseline that can't be read is said before anything takes time.
        known = [_known(file) for file in asked.baselines]
        named = bool(asked.paths or asked.tools or asked.command)
        sources = named_sources(asked.paths, asked.tools) if named else this_machine()
    except SourceError as error:
        note(error.message, **error.values)
        sys.exit(USAGE)
    if asked.live:
        from sekisho.cli.scan_live import started  # noqa: PLC0415 - nothing else starts anything

        with trouble_is_usage():
            sources = started(sources, asked.command, fetch=asked.fetch, sandbox=asked.sandbox)
    report = judge(sources, persona=asked.persona, fail_on=asked.fail_on, regions=asked.form in WITH_REGIONS)
    return _aside(report, known) if known else report


def _known(file: str) -> Mapping[str, Entry]:
    from sekisho.scan.baseline import baseline  # noqa: PLC0415 - starting fast

    return baseline(file)


def _aside(report: Report, every: Iterable[Mapping[str, Entry]]) -> Report:
    from sekisho.scan.baseline import applied  # noqa: PLC0415 - starting fast

    today = datetime.now(UTC).astimezone().date()
    for known in every:
        report = applied(report, known, today)
    return report


def _keep(report: Report, file: str) -> None:
    from sekisho.scan.baseline import written  # noqa: PLC0415 - starting fast

    try:
        Path(file).write_text(written(report), "utf-8")
    except OSError as error:
        note(MessageId.STATE_UNWRITABLE, path=file, problem=error.strerror or str(error))
        sys.exit(USAGE)
    note(ScanId.SCAN_WROTE, path=file, count=len(report.spots) + len(report.known))
