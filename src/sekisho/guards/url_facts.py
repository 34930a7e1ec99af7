"""What the guard of addresses is told; apart from the guard, which a server starts without."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["UrlFacts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlFacts:
    """What is known about the server's side."""

    schemes: frozenset[str] = frozenset({"http", "https", "ws", "wss", "data"})
    """Schemes that the call may use. Who lists `file` judges the value as a path as well."""

    hosts: frozenset[str] = frozenset()
    """Declared hosts, in lower case, `host` for the scheme's own port or `host:port`: allowed, inner or not."""

    only_listed: bool = False
    """Whether nothing but these hosts is allowed; else public ones are."""

    unresolved: bool = False
    """Whether a host that the resolver here does not know is allowed: a proxy before the server resolves names."""
