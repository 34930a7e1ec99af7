"""The forms of a report, each loaded when it is asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.layout import folded
from sekisho.cli.screen import json_text, language
from sekisho.model.escape import columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.scan.report import Report

__all__ = ["FORMS", "WITH_REGIONS", "shown", "write"]

FORMS: Final = ("table", "json", "sarif", "html")
"""What `--format` takes."""

WITH_REGIONS: Final = frozenset({"json", "sarif"})
"""Forms whose readers want lines and columns."""


def shown(report: Report, form: str) -> str:
    """Return a report in a form."""
    match form:
        case "json":
            from sekisho.scan.document import document  # noqa: PLC0415 - only what is needed

            return json_text(document(report, version=_version()))
        case "sarif":
            from sekisho.scan.sarif import sarif  # noqa: PLC0415 - as above

            return json_text(sarif(report, version=_version()))
        case "html":
            from sekisho.scan.page import page  # noqa: PLC0415 - as above

            made = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
            return page(report, language(), version=_version(), made=made)
        case _:
            from sekisho.scan.table import lines  # noqa: PLC0415 - as above

            return "\n".join(part for front, line in lines(report, language()) for part in _folded(front, line))


def _version() -> str:
    from importlib import metadata  # noqa: PLC0415 - slow to load, and a table does not name it

    return metadata.version("sekisho")


def write(text: str, form: str) -> None:
    """Print it; a page says that it is UTF-8, whatever the terminal takes."""
    if form == "html":
        click.echo(text.encode(), nl=False)
    else:
        click.echo(text)


def _folded(front: str, line: str) -> Iterator[str]:
    return folded(line, first=front, rest=" " * columns(front))
