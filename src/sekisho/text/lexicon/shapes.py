"""What needs no language: markup, addresses, encodings."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.text.lexicon.concepts import Concept as C

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["WORDS"]

WORDS: Final[Mapping[int, str]] = MappingProxyType(
    {
        C.MARKUP: r"(?:java|vb)script|data:(?:text/html|application/xhtml|image/svg)|<(?:script|iframe)|\bon(?:load|error|click|mouseover|focus)\b",
        C.FOLDED: r"[A-Za-z0-9+/]{24,}|[A-Za-z0-9_-]{40,}|(?:[0-9A-Fa-f]{2}[ :,]?){12,}|(?:%[0-9A-Fa-f]{2}[\w.~-]*){3}|(?:&#?\w{2,8};.?){3}|"
        r"(?:\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}){4}|(?:\b[A-Za-z][ .\-_]{1,3}){6}|[a-z][013457@$]+[a-z].*[a-z][013457@$]+[a-z]",
    }
)
