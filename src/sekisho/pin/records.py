"""The records: what is kept of each definition, and of a server as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.model.place import Kind
    from sekisho.pin.grade import Grade, Reason
    from sekisho.wire.strict import Json, JsonObject
    from sekisho.wire.versions import Generation

__all__ = ["Key", "Ledger", "Listed", "Offer", "Opening", "Origin", "Package", "Pin", "State", "Text", "Waiting"]


class State(StrEnum):
    """Where a pin stands."""

    NEW = "new"
    """Nobody approved it yet: hidden."""

    APPROVED = "approved"
    """What the server shows is approved, or provably says the same."""

    CHANGED = "changed"
    """The server shows something else, without an instruction: the approved text is shown instead."""

    HELD = "held"
    """The server shows something that may steer or break: hidden until a human has looked."""

    REMOVED = "removed"
    """A complete listing did not hold it. Nothing about it is forgotten."""


class Origin(StrEnum):
    """Who approved a text."""

    FIRST_USE = "first-use"
    """Nobody looked: it was there when the server was used first. Pinned is not vetted."""

    HUMAN = "human"
    """A person."""

    CATALOGUE = "catalogue"
    """The catalogue of known servers, by the digest of the package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What is known about the code behind a server; empty is unknown. Of a remote server nothing can be pinned."""

    version: str = ""
    """The package's version, from its metadata on the disk; never what the server says."""

    digest: str = ""
    """The fingerprint of the code, as `code` names it."""


class Key(NamedTuple):
    """Names a pin within its server. A tuple: each listing looks up thousands of them."""

    kind: Kind
    """What it is."""

    name: str
    """As in `Place`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A definition that was approved."""

    body: Json
    """All of it, as it came."""

    fingerprint: str
    """Its name."""

    by: Origin
    """Who approved it."""

    package: Package = field(default_factory=Package)
    """The code behind it, then."""

    known: frozenset[str] = frozenset()
    """The objections that were there when it was approved, as `grade.objections` names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A definition that waits for a human."""

    body: Json
    """All of it, as it came."""

    fingerprint: str
    """Its name: an approval names it, so that nothing else can be approved instead."""

    grade: Grade
    """How much it matters against the approved text; always held where there is none."""

    reasons: tuple[Reason, ...]
    """Why."""

    known: frozenset[str] = frozenset()
    """The objections to it."""

    refused: bool = False
    """A human looked at it and refused it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """The record of one definition."""

    key: Key
    """Which one."""

    state: State
    """Where it stands."""

    approved: Text | None = None
    """The text that everything is graded against."""

    waiting: Waiting | None = None
    """What the server showed last, where that is something else."""

    seen: frozenset[str] = frozenset()
    """The capability sets under which the server showed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The one time in which first use covers what a server lists."""

    capabilities: str
    """What the host declared, as `canonical.capability_set` names it."""

    kind: Kind
    """Which list."""

    session: str
    """The connection whose first use this was; in any other one it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What was shown of a list when it was last read to its end. It approves nothing."""

    capabilities: str
    """What the host declared, as `canonical.capability_set` names it."""

    kind: Kind
    """Which list."""

    names: tuple[str, ...]
    """As in `Key`, in the server's order."""

    version: str
    """Which version of ours judged it: the rules of another one may object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a server said last that it can do. It approves nothing."""

    capabilities: str
    """What the host declared, as `canonical.capability_set` names it."""

    generation: Generation
    """In which generation it was asked."""

    offered: JsonObject
    """Its own `capabilities`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything that is kept about the definitions of one server."""

    server: str
    """Its identity, as in `Place`."""

    pins: Mapping[Key, Pin] = field(default_factory=lambda: MappingProxyType({}))
    """By name."""

    openings: tuple[Opening, ...] = ()
    """The first uses that were."""

    lists: tuple[Listed, ...] = ()
    """What was shown last."""

    offers: tuple[Offer, ...] = ()
    """What the server offered last."""

    quarantine: str | None = None
    """Why a human took the whole server out; None while nobody has."""
