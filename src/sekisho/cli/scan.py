"""`sekisho scan`: how servers are set up and what they say about themselves, judged without starting them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.scan_forms import FORMS, WITH_REGIONS, shown, write
from sekisho.cli.screen import USAGE, note, speaks
from sekisho.model.finding import Persona, Severity
from sekisho.model.message_ids import MessageId
from sekisho.model.scan_ids import ScanId

if TYPE_CHECKING:
    from sekisho.scan.report import Report

__all__ = ["scan"]

_INTERNAL: Final = 3
_NEVER: Final = "never"
_SEVERITIES: Final = [level.name.lower() for level in Severity]
_PERSONAS: Final = [persona.name.lower() for persona in Persona]


@click.command()
@click.argument("paths", nargs=-1)
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
def scan(
    paths: tuple[str, ...],
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
    together. Nothing is started, and nothing is sent.

    Exit code 0 when there is nothing as bad as --fail-on, 1 when there is, 2
    when a file cannot be used, 3 when Sekisho itself failed.

    \b
    Examples:
      sekisho scan
      sekisho scan .cursor/mcp.json
      sekisho scan --tools github.json --tools slack.json
      sekisho scan --tools github.json --format json --fail-on high
    """
    asked = _Asked(
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


def _scanned(asked: _Asked) -> Report:
    from sekisho.scan.baseline import applied  # noqa: PLC0415 - starting fast
    from sekisho.scan.baseline import baseline as known_of  # noqa: PLC0415 - as above
    from sekisho.scan.dumps import SourceError  # noqa: PLC0415 - as above
    from sekisho.scan.judge import judge  # noqa: PLC0415 - as above
    from sekisho.scan.sources import named_sources, this_machine  # noqa: PLC0415 - as above

    try:
        # First: a baseline that can't be read is said before anything takes time.
        baselines = [known_of(file) for file in asked.baselines]
        sources = named_sources(asked.paths, asked.tools) if asked.paths or asked.tools else this_machine()
    except SourceError as error:
        note(error.message, **error.values)
        sys.exit(USAGE)
    report = judge(sources, persona=asked.persona, fail_on=asked.fail_on, regions=asked.form in WITH_REGIONS)
    for known in baselines:
        report = applied(report, known, datetime.now(UTC).astimezone().date())
    return report


def _keep(report: Report, file: str) -> None:
    from sekisho.scan.baseline import written  # noqa: PLC0415 - starting fast

    try:
        Path(file).write_text(written(report), "utf-8")
    except OSError as error:
        note(MessageId.STATE_UNWRITABLE, path=file, problem=error.strerror or str(error))
        sys.exit(USAGE)
    note(ScanId.SCAN_WROTE, path=file, count=len(report.spots) + len(report.known))
