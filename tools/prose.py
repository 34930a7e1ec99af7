"""Checks of every Markdown page: one sentence a line, links that lead somewhere, nothing of one machine."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import markdown_lines as markdown
from markdown_lines import Kind
from tree import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_lines import Line
    from tree import Tree

__all__ = ["check_links", "check_places", "check_sentences"]

_TWO: Final = re.compile(r"""(?<!e\.g)(?<!i\.e)(?<!vs)[.!?]["')*_]*\s+["'(*_\[]*[A-Z]|[。!?][」』)]*[^」』)\s。]""")
_END: Final = re.compile(r"""[.!?:;。:!?]["')*_」』)]*\Z""")
_CODE: Final = re.compile(r"`[^`]*`")
_TARGET: Final = re.compile(r"\]\([^)]*\)")

# Written so that this file is no hit itself.
_PLACES: Final = (
    (re.compile(r"/(?:work)/(?:main|shared|\.library)\b"), "a path of one machine"),
    (re.compile(r"/(?:tmp)/(?:scratch|bash_jobs)\b"), "a path of one machine"),
    (re.compile(r"\b(?:pypi|pythonhosted)[.]org\b"), "the host name of a registry"),
    (re.compile(r"\b(?:registry[.]npmjs[.]org|npmjs[.]com)\b"), "the host name of a registry"),
    (re.compile(r"\b(?:ghcr|docker|quay)[.]io/"), "the host name of a registry"),
)
_TEXT: Final = (".md", ".py", ".toml", ".txt", ".json", ".yaml", ".yml", ".sh", "Makefile", "run", "LICENSE")


def check_sentences(tree: Tree) -> Iterator[Problem]:
    """A paragraph has one sentence on each line, and each sentence on one line."""
    for path in tree.files(".md"):
        page = markdown.read(tree.lines(path))
        for line, following in zip_longest(page, page[1:]):
            if line.kind in (Kind.PROSE, Kind.ITEM):
                for text in _faults(line, following):
                    yield Problem(tree.name(path), line.number, text)


def _faults(line: Line, following: Line | None) -> Iterator[str]:
    plain = _CODE.sub("`c`", _TARGET.sub("]", line.text))
    if _TWO.search(plain):
        yield "two sentences on one line: put each on its own"
    goes_on = following is not None and following.kind is Kind.PROSE
    if goes_on and not _END.search(plain):
        yield "a sentence goes on in the next line: put it on one"


def check_links(tree: Tree) -> Iterator[Problem]:
    """A relative link leads to a file, and its anchor to a heading there."""
    for path in tree.files(".md"):
        for line in markdown.read(tree.lines(path)):
            if line.kind in (Kind.CODE, Kind.MARK):
                continue
            for target in markdown.link_targets(line.text):
                text = _broken(tree, path, target)
                if text is not None:
                    yield Problem(tree.name(path), line.number, text)


def _broken(tree: Tree, page: Path, target: str) -> str | None:
    if re.match(r"[a-z][a-z0-9+.-]*:", target):
        return None
    name, _, anchor = target.partition("#")
    there = (page.parent / name).resolve() if name else page
    if not there.exists():
        return f"the link {target} leads nowhere"
    if anchor and there.suffix == ".md" and anchor not in _anchors(tree, there):
        return f"{name or 'this page'} has no heading for #{anchor}"
    return None


def _anchors(tree: Tree, path: Path) -> set[str]:
    page = markdown.read(tree.lines(path))
    return {markdown.slug(line.text) for line in page if line.kind is Kind.HEADING}


def check_places(tree: Tree) -> Iterator[Problem]:
    """No file names a place that only one machine has, or the host of a package registry."""
    for path in tree.files(*_TEXT):
        for number, line in enumerate(tree.lines(path), 1):
            for form, what in _PLACES:
                if form.search(line):
                    yield Problem(tree.name(path), number, f"{what}: leave it out")
