"""A share of what was tried, with how sure it is."""

from __future__ import annotations

import math
from typing import Any

__all__ = ["share"]

_Z = 1.96


def share(found: int, of: int) -> dict[str, Any]:
    """Return a share with its Wilson interval at 95 %."""
    part = found / of
    middle = part + _Z * _Z / (2 * of)
    spread = _Z * math.sqrt(part * (1 - part) / of + _Z * _Z / (4 * of * of))
    low, high = ((middle + sign * spread) / (1 + _Z * _Z / of) for sign in (-1, 1))
    return {"found": found, "n": of, "low": round(low, 3), "high": round(high, 3)}
