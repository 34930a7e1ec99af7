"""What can be decided about something that passes, from lenient to strict."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Verdict"]


class Verdict(IntEnum):
    """A decision. Several combine as their maximum, so a further opinion can only tighten."""

    ALLOW = 0
    """Forward it."""

    MARK = 1
    """Forward it, visibly marked as data with a finding."""

    ASK = 2
    """A human decides; where nobody can be asked it is refused."""

    DENY = 3
    """Refuse it."""
