"""What a hub is made with."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from sekisho.model.alias import ALIAS, RESERVED
from sekisho.policy.calls import NO_TERMS
from sekisho.policy.document import Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.seal import Sealer
    from sekisho.pin.records import Ledger
    from sekisho.policy.calls import CallTerms

__all__ = ["HubPatience", "HubSetup", "Known", "distinct"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HubPatience:
    """How long things may take, in seconds, and how many may wait."""

    contact: float = 2.0
    """How long the first answers wait for a server that does not answer."""

    retry: float = 5.0
    """How long a server that cannot be reached is left alone."""

    waiting: int = 1024
    """Requests of the host that wait for a server, a list or a level."""

    open: int = 16_384
    """Requests of the host without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was approved of a server before this hub was made."""

    ledger: Ledger
    """All of it."""

    tools: frozenset[str] | None = None
    """The only tools that exist for a host, by the server's own names; None for all."""

    calls: Mapping[str, CallTerms] = field(default_factory=lambda: NO_TERMS)
    """What a person wrote about calls, by tool."""

    withheld: frozenset[str] = frozenset()
    """Capabilities of the host that the server is not told of."""

    notes_code: bool = False
    """Whether the server is started also where its code was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSetup:
    """What a hub is made with."""

    aliases: tuple[str, ...]
    """What the user calls the servers, in configuration order."""

    version: str
    """Our own version, for the host."""

    sealer: Sealer
    """Seals cursors."""

    salt: bytes
    """Random bytes, for tickets and cursors."""

    epoch: float
    """The time of day minus the monotonic time of the events, in seconds."""

    server: str = RESERVED
    """What is recorded as the server of our own answers."""

    halted: bool = False
    """Whether everything is halted already; the sessions know."""

    known: Mapping[str, Known] = field(default_factory=lambda: MappingProxyType({}))
    """What was approved of servers before, by alias."""

    policy: Policy = field(default_factory=Policy)
    """What may be used at all; the sessions go by the same."""

    patience: HubPatience = field(default_factory=HubPatience)
    """Deadlines and counts."""

    def __post_init__(self) -> None:
        """Refuse aliases under which things could not be told apart."""
        distinct(self.aliases)


def distinct(aliases: tuple[str, ...]) -> tuple[str, ...]:
    """Return aliases under which things can be told apart.

    Raises:
        ValueError: they are not, or there is none of the form.
    """
    known = set(aliases)
    if len(known) != len(aliases) or RESERVED in known or not all(map(ALIAS.fullmatch, known)):
        raise ValueError("aliases are distinct, of the form [a-z][a-z0-9-]{0,23}, and never sekisho")
    return aliases
