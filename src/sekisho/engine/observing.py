"""Judging what servers did when they were started to see what they offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.inspect import findings
from sekisho.model.place import Kind, Place
from sekisho.rules.registry import started_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.model.finding import Finding, Persona
    from sekisho.rules.observed import Observed

__all__ = ["survey_started"]


def survey_started(every: Iterable[Observed], *, persona: Persona) -> tuple[Finding, ...]:
    """Return what the rules report about servers that were started. Pure and total, as `engine.survey`.

    Args:
        every: what was seen of each.
        persona: who listens; what is for a later persona only is left out.
    """
    return tuple(
        finding
        for observed in every
        for finding in findings(observed, started_rules(), place=Place(observed.server, Kind.SERVER, ""))
        if finding.persona <= persona
    )
