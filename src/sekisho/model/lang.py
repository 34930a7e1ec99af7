"""The languages that Sekisho speaks to people."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Lang"]


class Lang(StrEnum):
    """A language of the catalogue."""

    EN = "en"
    JA = "ja"
