"""The written policy as plain data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

__all__ = ["EXTENSIONS_NOT_OFFERED", "Policy"]

EXTENSIONS_NOT_OFFERED: Final = frozenset({"io.modelcontextprotocol/ui", "io.modelcontextprotocol/tasks"})
"""Protocol extensions that would pass content around the checkpoint.

Apps run in the host beside us; a task's result arrives outside of the call that it belongs to.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What may be used at all."""

    withheld_capabilities: frozenset[str] = frozenset({"tasks"})
    """Top-level capabilities that are offered to neither side."""

    withheld_extensions: frozenset[str] = EXTENSIONS_NOT_OFFERED
    """Keys of `capabilities.extensions` that are offered to neither side."""

    asks_sampling: bool = False
    """Whether a person is asked before a server's request reaches the host's model."""

    def without(self, capabilities: frozenset[str]) -> Policy:
        """Return the same with further capabilities withheld."""
        return replace(self, withheld_capabilities=self.withheld_capabilities | capabilities)
