"""What an incident is: the servers, what an agent that obeys everything does, and how one sees what came of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sekisho.model.range_ids import RangeId
    from sekisho.range.packages import Package
    from sekisho.range.table import Table

__all__ = ["Call", "Harm", "Incident", "Layer", "Server", "bundled"]


class Layer(StrEnum):
    """What of Sekisho is to stop an incident."""

    WIRE = "wire"
    """One strict parse."""

    PIN = "pin"
    """What a server says about itself is read, and approved once."""

    NAME = "name"
    """Names of several servers."""

    ARGV = "argv"
    """Arguments that become commands."""

    PATH = "path"
    """Arguments that become paths."""

    SQL = "sql"
    """Arguments that become queries."""

    URL = "url"
    """Arguments that become addresses."""

    FLOW = "flow"
    """What flows from one place to another."""

    NONE = "none"
    """Nothing: it is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """How a server is started."""

    command: Sequence[str]
    """Program and arguments."""

    cwd: Path
    """Its working directory."""


def bundled(name: str, folder: Path, *roots: Path) -> Server:
    """Return a small server of `range/servers`.

    Args:
        name: its module.
        folder: its working directory, with the data that it works on.
        roots: folders that its launch line names.
    """
    command = (sys.executable, "-I", "-m", f"sekisho.range.servers.{name}", *map(str, roots))
    return Server(command=command, cwd=folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a tool."""

    server: str
    """The alias of its server."""

    tool: str
    """The tool's own name."""

    arguments: Mapping[str, object] = field(default_factory=dict[str, object])
    """Its arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """What came of an attack."""

    cell: RangeId
    """How it is told."""

    values: Mapping[str, int] = field(default_factory=dict[str, int])
    """The values of its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident. Its module's docstring tells the story."""

    id: str
    """Its name: the module's, with hyphens."""

    title: RangeId
    """A few words."""

    page: int
    """The page of the study deck that tells it; 0 for none."""

    row: str
    """The row of the threat table."""

    layer: Layer
    """What is to stop it."""

    sources: Sequence[str]
    """Where it was published: CVE, advisory, article."""

    prepare: Callable[[Path], Mapping[str, Server]]
    """Fills an empty folder, and returns the servers that work on it, by alias."""

    honest: Sequence[Call]
    """What a user asks for: all of it has to be answered alike with Sekisho and without. The first changes nothing."""

    attack: Callable[[Table, Path], None]
    """What an agent does that obeys whatever it reads, and what the world does meanwhile in the folder."""

    harm: Callable[[Table, Path], Harm | None]
    """Looks at what was heard, and at the folder; None when nothing came of it."""

    place: int = 0
    """Its number in the demo; 0 for one that is not in it."""

    well: RangeId | None = None
    """What is told when it came to nothing without a refusal; None where nothing but a refusal stops it."""

    package: Package | None = None
    """The real release that it is about; None for a small server of ours."""
