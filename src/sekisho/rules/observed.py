"""What a rule about a started server looks at: what it did with the secrets that were planted for it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Observed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One server, from its start to the last answer about what it offers. No tool was called."""

    server: str
    """What it is called."""

    read: tuple[str, ...]
    """The planted secrets that it read or took away, as files below its home."""

    told: tuple[str, ...]
    """The planted secrets that stand in what it said."""
