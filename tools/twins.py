"""Check of the two READMEs: the same sections, commands, tables and links, each in its language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import markdown_lines as markdown
from markdown_lines import Kind
from tree import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_lines import Line
    from tree import Tree

__all__ = ["LONGEST", "check_readmes"]

ENGLISH: Final = "README.md"
JAPANESE: Final = "README.ja.md"
LONGEST: Final = 150
"""The most lines of a README."""

_COMMENT: Final = re.compile(r"\s{2,}#.*\Z|\A\s*#.*\Z")
_NUMBER: Final = re.compile(r"\d+(?:[.,/]\d+)*")


def check_readmes(tree: Tree) -> Iterator[Problem]:
    """Compare the READMEs part by part, and bound their length."""
    pages: dict[str, list[Line]] = {}
    for name in (ENGLISH, JAPANESE):
        lines = tree.lines(tree.root / name)
        pages[name] = markdown.read(lines)
        if not lines:
            yield Problem(name, 0, "it is missing or empty")
        if len(lines) > LONGEST:
            yield Problem(name, 0, f"it has {len(lines)} lines; the most is {LONGEST}")
    for part, of in _PARTS.items():
        ours, theirs = (of(pages[name]) for name in (ENGLISH, JAPANESE))
        if ours != theirs:
            yield Problem(JAPANESE, 0, f"its {part} are not those of {ENGLISH}: {_difference(ours, theirs)}")


def _difference(ours: list[str], theirs: list[str]) -> str:
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            return f"{other!r} where {one!r} belongs"
    return f"{len(theirs)} of them where {len(ours)} belong"


def _headings(page: list[Line]) -> list[str]:
    return ["heading" for line in page if line.kind is Kind.HEADING]


def _commands(page: list[Line]) -> list[str]:
    """Return the code without its comments, which each README has in its language."""
    code = [_COMMENT.sub("", line.text).rstrip() for line in page if line.kind is Kind.CODE]
    return [text for text in code if text.strip().startswith(("make ", "sekisho ", "pipx ", "{", '"', "}"))]


def _tables(page: list[Line]) -> list[str]:
    """Return for each row its number of cells, its code and its figures."""
    rows = [line.text for line in page if line.kind is Kind.TABLE]
    return [f"{len(markdown.cells(row))} cells {_facts(row)}" for row in rows]


def _facts(row: str) -> str:
    bare = re.sub(r"`[^`]*`|\([^)]*\)", "", row)
    return " ".join(sorted([*markdown.code_spans(row), *_NUMBER.findall(bare)]))


def _links(page: list[Line]) -> list[str]:
    found = [target for line in page for target in markdown.link_targets(line.text)]
    return [target for target in found if target not in (ENGLISH, JAPANESE)]


_PARTS: Final = {"sections": _headings, "commands": _commands, "tables": _tables, "links": _links}
