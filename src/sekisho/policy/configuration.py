"""A configuration as typed settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Configuration", "ServerEntry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerEntry:
    """One server, as it was written; what may be a secret is not shown."""

    alias: str
    """What the user calls it."""

    command: tuple[str, ...] = field(default=(), repr=False)
    """Program and arguments; empty for a remote server."""

    cwd: str | None = None
    """The program's working directory; None is that of the process."""

    env: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """Variables with their values."""

    pass_env: tuple[str, ...] = ()
    """Names of variables that are passed on from our environment."""

    url: str | None = field(default=None, repr=False)
    """The address of a remote server."""

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Headers for it."""

    trust: Literal["first-use", "review"] = "first-use"
    """What approves its definitions at first sight."""

    transport: Literal["http", "sse"] = "http"
    """How it is spoken to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What is in force."""

    servers: tuple[ServerEntry, ...] = ()
    """In the order of the file."""

    limits: Limits = field(default_factory=Limits)
    """What one message may cost."""
