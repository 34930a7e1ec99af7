"""`sekisho scan`: how servers are set up and what they say about themselves, judged without starting them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.layout import folded
from sekisho.cli.screen import USAGE, as_json, language, note, speaks
from sekisho.model.escape import columns
from sekisho.model.finding import Persona, Severity
from sekisho.model.scan_ids import ScanId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sekisho.scan.report import Report

__all__ = ["scan"]

_INTERNAL: Final = 3
_NEVER: Final = "never"
_WITH_REGIONS: Final = frozenset({"json", "sarif"})
_SEVERITIES: Final = [level.name.lower() for level in Severity]
_PERSONAS: Final = [persona.name.lower() for persona in Persona]


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--tools", metavar="FILE", multiple=True, help="A dump of what one server offers; may be repeated.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "sarif", "html"]),
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
@speaks
def scan(paths: tuple[str, ...], tools: tuple[str, ...], format_: str, fail_on: str, persona: str) -> None:
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
    threshold = None if fail_on == _NEVER else Severity[fail_on.upper()]
    try:
        report, write = _scanned(paths, tools, Persona[persona.upper()], threshold, format_)
    except Exception as error:  # noqa: BLE001 - whatever fails, the exit code says that there is no report
        note(ScanId.SCAN_FAILED, kind=type(error).__name__)
        sys.exit(_INTERNAL)
    write()
    sys.exit(1 if report.failed else 0)


def _scanned(
    paths: tuple[str, ...], tools: tuple[str, ...], persona: Persona, fail_on: Severity | None, form: str
) -> tuple[Report, Callable[[], object]]:
    """Return a report, and what writes it: what fails in writing is the terminal's."""
    from sekisho.scan.dumps import SourceError  # noqa: PLC0415 - starting fast
    from sekisho.scan.judge import judge  # noqa: PLC0415 - as above
    from sekisho.scan.sources import named_sources, this_machine  # noqa: PLC0415 - as above

    try:
        sources = named_sources(paths, tools) if paths or tools else this_machine()
        report = judge(sources, persona=persona, fail_on=fail_on, regions=form in _WITH_REGIONS)
    except SourceError as error:
        note(error.message, **error.values)
        sys.exit(USAGE)
    match form:
        case "json":
            from sekisho.scan.document import document  # noqa: PLC0415 - only what is needed

            made = document(report, version=metadata.version("sekisho"))
            return report, lambda: as_json(made)
        case "sarif":
            from sekisho.scan.sarif import sarif  # noqa: PLC0415 - as above

            log = sarif(report, version=metadata.version("sekisho"))
            return report, lambda: as_json(log)
        case "html":
            from sekisho.scan.page import page  # noqa: PLC0415 - as above

            made = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
            shown = page(report, language(), version=metadata.version("sekisho"), made=made)
            # Whatever the terminal's encoding is: the page says that it is UTF-8.
            return report, lambda: click.echo(shown.encode(), nl=False)
        case _:
            from sekisho.scan.table import lines  # noqa: PLC0415 - as above

            shown = [part for front, line in lines(report, language()) for part in _folded(front, line)]
            return report, lambda: click.echo("\n".join(shown))


def _folded(front: str, line: str) -> Iterator[str]:
    return folded(line, first=front, rest=" " * columns(front))
