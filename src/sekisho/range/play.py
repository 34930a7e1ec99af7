"""Playing an incident twice against the same servers, without Sekisho and with it, and seeing what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.adapters import keyfile
from sekisho.adapters.audit.reader import Reader
from sekisho.adapters.audit.verification import verify
from sekisho.adapters.state import private_directory
from sekisho.adapters.store import Store
from sekisho.pin.diff import changes
from sekisho.range.incident import Layer
from sekisho.range.table import Table, direct, through
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sekisho.pin.records import Pin
    from sekisho.range.incident import Harm, Incident
    from sekisho.range.table import Exchange, Refusal, Way

__all__ = ["Honest", "Played", "Side", "Waits", "play"]

_NOT_YET: Final = frozenset({Layer.FLOW, Layer.NONE})
"""Layers that nobody promises anything of today."""

_TIMED: Final = 20
"""How often one call is timed: a median of those that a user makes would be that of a start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two plays."""

    honest: Sequence[Exchange]
    """The honest calls."""

    attack: Sequence[Exchange]
    """What the agent did that obeys."""

    harm: Harm | None
    """What came of it."""

    questions: int
    """How often a person was asked."""

    seconds: Sequence[float]
    """How long the first honest call took, asked again and again."""

    tools: Sequence[str]
    """The names of the tools that were there in the end."""

    @property
    def refused(self) -> Sequence[tuple[Exchange, Refusal]]:
        """Return what of the attack was refused."""
        return [(each, refusal) for each in self.attack if (refusal := each.refusal) is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Honest:
    """One honest call, both times."""

    without: Exchange
    """Without Sekisho."""

    through: Exchange
    """With it."""

    @property
    def passed(self) -> bool:
        """Whether it was answered, and alike."""
        return not self.through.failed and self.through.text == self.without.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """A definition that waits for a person."""

    name: str
    """Whose it is."""

    pointer: str
    """What of it is new."""

    says: str
    """The new text; an attacker wrote it."""

    rules: Sequence[str]
    """The rules that object to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """An incident that was played."""

    incident: Incident
    """Which."""

    without: Side
    """The play without Sekisho."""

    through: Side
    """The play with it."""

    waits: Sequence[Waits]
    """What waits for a person after it."""

    events: int
    """How many events are on record."""

    verified: bool
    """Whether the record is whole."""

    @property
    def honest(self) -> Sequence[Honest]:
        """Return the honest calls."""
        pairs = zip(self.without.honest, self.through.honest, strict=True)
        return [Honest(without=one, through=other) for one, other in pairs]

    @property
    def problems(self) -> Sequence[str]:
        """Return what did not end as promised, empty when all is well."""
        found: list[str] = []
        name = self.incident.id
        if self.without.harm is None:
            found.append(f"{name}: nothing came of it without Sekisho")
        if self.through.harm is not None and self.incident.layer not in _NOT_YET:
            found.append(f"{name}: it was not stopped")
        found += [f"{name}: an honest call was not answered alike" for each in self.honest if not each.passed]
        if not self.verified:
            found.append(f"{name}: the audit does not verify")
        return found


def play(incident: Incident, *, folder: Path, environ: Mapping[str, str]) -> Played:
    """Play an incident.

    Args:
        incident: which.
        folder: an empty one; everything happens in it.
        environ: the environment of hosts, servers and Sekisho.

    Raises:
        HostError: a host got no answer.
        OSError: a command could not be started.
        Unavailable: the real release is not to be had.
    """
    state = private_directory(folder / "state")
    told = {**environ, "SEKISHO_STATE": str(state), "XDG_CONFIG_HOME": str(folder), "PYTHONUNBUFFERED": "1"}
    without, world = _made(folder / "without")
    one = _side(incident, without, direct(incident.prepare(without)), told)
    with_us, world = _made(folder / "with")
    other = _side(incident, with_us, through(incident.prepare(with_us), world), told)
    report = verify(state / "audit", key=keyfile.load(state / "key"))
    return Played(
        incident=incident,
        without=one,
        through=other,
        waits=_waiting(state),
        events=sum(1 for _ in Reader(state / "audit").records()),
        verified=report.ok and report.complete,
    )


def _made(folder: Path) -> tuple[Path, Path]:
    """Return an empty folder for servers, and the one around it."""
    work = folder / "world"
    work.mkdir(parents=True)
    return work, folder


def _side(incident: Incident, folder: Path, ways: Sequence[Way], environ: Mapping[str, str]) -> Side:
    with Table(ways, environ) as table:
        for call in incident.honest:
            table.call(call)
        honest, table.exchanges = table.exchanges, []
        seconds = [table.call(incident.honest[0]).seconds for _ in range(_TIMED)]
        table.exchanges = []
        incident.attack(table, folder)
        harm, tools = incident.harm(table, folder), table.names()
    return Side(
        honest=honest,
        attack=table.exchanges,
        harm=harm,
        questions=table.questions,
        seconds=seconds,
        tools=tools,
    )


def _waiting(state: Path) -> list[Waits]:
    with Store(state) as store:
        pins = [pin for server in store.ledgers.servers() for pin in store.ledgers.load(server).ledger.pins.values()]
    return [waits for pin in pins for waits in _told(pin)]


def _told(pin: Pin) -> Iterator[Waits]:
    """Yield the first change of a definition that waits; the description of one that did not change."""
    if pin.waiting is None:
        return
    rules = [reason.detail for reason in pin.waiting.reasons if reason.why == "finding"]
    first = next(iter(changes(pin.approved.body, pin.waiting.body)), None) if pin.approved is not None else None
    if first is not None:
        says = str(first.after).removeprefix(str(first.before)).strip()
        yield Waits(name=pin.key.name, pointer=first.pointer, says=says, rules=rules)
    else:
        says = str(obj(pin.waiting.body).get("description"))
        yield Waits(name=pin.key.name, pointer="/description", says=says, rules=rules)
