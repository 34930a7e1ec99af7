"""Texts in base64: the whole content of a resource (`blob`), or any text that is base64 from end to end."""

from __future__ import annotations

import base64

__all__ = ["said_in", "written"]


def said_in(value: str) -> str | None:
    """Return the text that a value holds in base64; None where it holds none."""
    try:
        return base64.b64decode(value, validate=True).decode()
    except ValueError:
        return None


def written(text: str) -> str:
    """Return a text in base64."""
    return base64.b64encode(text.encode()).decode()
