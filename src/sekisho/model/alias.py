"""What a user may call a server."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["ALIAS", "RESERVED"]

ALIAS: Final = re.compile(r"[a-z][a-z0-9-]{0,23}")
"""A short, plain name: hosts put it before every tool, and a model reads it."""

RESERVED: Final = "sekisho"
"""The one alias that is ours, so no server's tool can pass for one of ours."""
