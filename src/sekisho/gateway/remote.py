"""A remote server: where it is, how it is reached, and what the user sends along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sekisho.gateway.endpoint import Endpoint
    from sekisho.gateway.pool import Pool

__all__ = ["Remote"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """One remote server."""

    endpoint: Endpoint
    """Its URL."""

    pool: Pool
    """The connections to it."""

    headers: tuple[tuple[bytes, bytes], ...]
    """Headers that the user declared, such as an API key; they go to this server only."""

    transport: Literal["http", "sse"] = "http"
    """Streamable HTTP, or the HTTP+SSE of 2024-11-05. Never guessed: a fallback is a door for downgrades."""
