"""What a scan found, where, and what it did not look at: the one value that every output is written from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sekisho.flow.roles import Role
    from sekisho.model.finding import Confidence, Finding, Persona, Severity
    from sekisho.model.scan_ids import ScanId
    from sekisho.scan.collect import Looked
    from sekisho.settings.node import Region

__all__ = ["Cause", "Known", "Report", "Server", "Spot", "Unseen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server that was looked at."""

    name: str
    """What it is called here."""

    source: str
    """The file that its definitions or settings come from, as it was named."""

    definitions: Mapping[str, int] | None
    """How many there are of each kind; None where only its settings were read."""

    roles: frozenset[Role] = frozenset()
    """What its tools do with information."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Something that was not looked at."""

    what: str
    """Which server, file or part; empty where it is said of everything."""

    why: ScanId
    """Why not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A finding, and where a person or an editor finds it."""

    finding: Finding
    """What a rule reported."""

    file: str
    """The file, as it was named; for a server that was started its name."""

    pointer: str
    """An RFC 6901 pointer into that file."""

    region: Region | None = None
    """Where that is in lines and columns; None where nobody asked, or it is no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A finding that a baseline names: it is told, and counts for nothing."""

    spot: Spot
    """The finding."""

    reason: str = ""
    """Why it is accepted; empty where it was only there before."""

    expires: date | None = None
    """When it counts again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """All findings of one rule."""

    rule: str
    """The rule's id."""

    severity: Severity
    """How bad it is if it is right."""

    confidence: Confidence
    """How likely it is right."""

    spots: tuple[Spot, ...]
    """Where, in the order of what was read; never none."""

    @property
    def servers(self) -> tuple[str, ...]:
        """The servers that it is about, each once, in the order of what was read."""
        return tuple(dict.fromkeys(spot.finding.place.server or spot.file for spot in self.spots))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a scan."""

    servers: tuple[Server, ...]
    """What was read."""

    spots: tuple[Spot, ...]
    """What was found."""

    unseen: tuple[Unseen, ...]
    """What was not looked at."""

    persona: Persona
    """For whom."""

    fail_on: Severity | None
    """From which severity on the scan fails; None never fails."""

    known: tuple[Known, ...] = ()
    """What was found and is known from a baseline."""

    notes: tuple[Unseen, ...] = ()
    """What else is worth saying, about baselines."""

    places: tuple[Looked, ...] = ()
    """Where settings of hosts were looked for, and what was there."""

    @property
    def definitions(self) -> int:
        """How many definitions were read."""
        return sum(sum(server.definitions.values()) for server in self.servers if server.definitions is not None)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The findings by rule: the worst first, then the surer, then the more frequent."""
        return _causes(self.spots)

    @property
    def every_cause(self) -> tuple[Cause, ...]:
        """As `causes`, with what is known."""
        return _causes((*self.spots, *(known.spot for known in self.known)))

    @property
    def failed(self) -> bool:
        """Whether anything is as bad as what the scan fails on."""
        return self.fail_on is not None and any(spot.finding.severity >= self.fail_on for spot in self.spots)

    @property
    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(spot.finding.severity for spot in self.spots)


def _causes(every: tuple[Spot, ...]) -> tuple[Cause, ...]:
    found: dict[str, list[Spot]] = {}
    for spot in every:
        found.setdefault(spot.finding.rule, []).append(spot)
    causes = (
        Cause(
            rule=rule,
            severity=max(spot.finding.severity for spot in spots),
            confidence=max(spot.finding.confidence for spot in spots),
            spots=tuple(spots),
        )
        for rule, spots in found.items()
    )
    return tuple(sorted(causes, key=lambda c: (-c.severity, -c.confidence, -len(c.spots), c.rule)))
