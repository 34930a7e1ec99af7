"""Reading Markdown: which line is prose, code, a table, a heading.

`read` classifies the lines of a page; the checks in `prose`, `twins` and `commands` work on that.
No parser of a library: the pages keep to a small part of Markdown, and what is outside of it is a problem for the
reader too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Kind", "Line", "cells", "code_spans", "link_targets", "read", "slug"]

_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})")
_ITEM: Final = re.compile(r"\s*(?:[-*+]|\d+\.)\s+")
_SPAN: Final = re.compile(r"`([^`]+)`")
_LINK: Final = re.compile(r"\[[^\]]*\]\(([^()\s]+)\)")


class Kind(Enum):
    """What a line of a page is."""

    BLANK = auto()
    """Nothing."""

    PROSE = auto()
    """A sentence of a paragraph."""

    ITEM = auto()
    """The first line of a list item."""

    CODE = auto()
    """A line of a code block."""

    TABLE = auto()
    """A row of a table."""

    HEADING = auto()
    """A heading."""

    MARK = auto()
    """A fence, a comment, an HTML tag, a rule."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page."""

    number: int
    """From 1."""

    kind: Kind
    """What it is."""

    text: str
    """Without indent, list mark and heading mark."""

    after_blank: bool
    """Whether a blank line, or something that is no prose, is before it."""


def read(lines: Iterable[str]) -> list[Line]:
    """Classify the lines of a page."""
    found: list[Line] = []
    fence = ""
    in_comment = in_list = False
    for number, raw in enumerate(lines, 1):
        before = found[-1].kind if found else Kind.BLANK
        fresh = before not in (Kind.PROSE, Kind.ITEM)
        opened = _FENCE.match(raw)
        if fence:
            closing = opened is not None and raw.strip() == fence
            found.append(Line(number, Kind.MARK if closing else Kind.CODE, raw, fresh))
            fence = "" if closing else fence
            continue
        if opened is not None:
            fence = opened[1]
            found.append(Line(number, Kind.MARK, raw, fresh))
            continue
        if in_comment or raw.lstrip().startswith("<!--"):
            in_comment = "-->" not in raw
            found.append(Line(number, Kind.MARK, raw, fresh))
            continue
        kind, text = _classified(raw, in_list=in_list, before=before)
        in_list = kind is Kind.ITEM or (in_list and (kind is Kind.BLANK or raw.startswith(" ")))
        found.append(Line(number, kind, text, fresh))
    return found


def _classified(raw: str, *, in_list: bool, before: Kind) -> tuple[Kind, str]:
    text = raw.strip()
    if not text:
        return Kind.BLANK, ""
    if raw.startswith("    ") and not in_list and before in (Kind.BLANK, Kind.CODE):
        return Kind.CODE, raw
    if text.startswith("#"):
        return Kind.HEADING, text.lstrip("#").strip()
    if text.startswith("|"):
        return Kind.TABLE, text
    if text.startswith("<") or set(text) == {"-"}:
        return Kind.MARK, text
    item = _ITEM.match(raw)
    return (Kind.ITEM, raw[item.end() :].strip()) if item else (Kind.PROSE, text)


def cells(row: str) -> list[str]:
    """Return the cells of a table's row; an escaped bar is part of its cell."""
    parts = re.split(r"(?<!\\)\|", row.strip().strip("|"))
    return [part.strip() for part in parts]


def code_spans(text: str) -> list[str]:
    """Return what is between backticks."""
    return _SPAN.findall(text)


def link_targets(text: str) -> list[str]:
    """Return the targets of the links in a line, those in code left out."""
    return _LINK.findall(_SPAN.sub("", text))


def slug(heading: str) -> str:
    """Return the anchor of a heading, as code hosts and Zensical make it."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", plain).strip().replace(" ", "-")
