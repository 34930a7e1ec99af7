"""Judging what hosts' settings say: entries in, located findings out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sekisho.engine.inspect import findings
from sekisho.model.finding import Persona
from sekisho.rules.registry import config_rules
from sekisho.text.credentials import masked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.model.finding import Finding
    from sekisho.settings.entry import Entry, Source
    from sekisho.settings.node import Region

__all__ = ["Located", "survey_entries"]

_READ: Final = 4_096
_SHOWN: Final = 400
"""Characters of an excerpt; secrets are cut out before it is cut, since half of one would not be known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A finding about an entry, with its place in the file."""

    finding: Finding
    """The rule, its weight, the server, and a pointer into the file."""

    source: Source
    """The file, its host and scope."""

    region: Region
    """Where in the file."""

    entry: Entry
    """The server; without alias when it is about the whole file."""


def survey_entries(entries: Iterable[Entry], *, persona: Persona = Persona.REGULAR) -> tuple[Located, ...]:
    """Return what the rules report about servers as hosts' settings have them.

    Pure and total: a rule that raises reports `rule-failed`.

    Args:
        entries: `Settings.judged` of every file.
        persona: who listens; what is for a later persona only is left out.
    """
    return tuple(
        Located(
            # A launch line that one rule reports may hold a key that another one reports.
            finding=replace(finding, excerpt=masked(finding.excerpt[:_READ])[:_SHOWN]),
            source=entry.source,
            region=entry.region(finding.pointer),
            entry=entry,
        )
        for entry in entries
        for finding in findings(entry, config_rules(), place=entry.place)
        if finding.persona <= persona
    )
