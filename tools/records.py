"""Check of docs/reference/audit.md: every kind and event of a record that the source writes has its row."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

import markdown_lines as markdown
from tree import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree import Tree

__all__ = ["check_records"]

PATH: Final = "docs/reference/audit.md"


def check_records(tree: Tree) -> Iterator[Problem]:
    """Compare the words that the engine and the gateway record with those in the first cells of the page's tables."""
    page = tree.lines(tree.root / PATH)
    rows = [markdown.cells(line)[0] for line in page if line.startswith("|")]
    described = {span for cell in rows for span in markdown.code_spans(cell)}
    for path in tree.files(".py", below="src/sekisho"):
        module = ast.parse("\n".join(tree.lines(path)))
        for node in ast.walk(module):
            for word in _recorded(node):
                if word not in described:
                    yield Problem(tree.name(path), 0, f"the record word {word!r} has no row in {PATH}")


def _recorded(node: ast.AST) -> Iterator[str]:
    """Yield the kind in `Record("kind", …)`, and the event in `{"event": "word"}`."""
    match node:
        case ast.Call(func=ast.Name(id="Record"), args=[ast.Constant(value=str(kind)), *_]):
            yield kind
        case ast.Dict(keys=[ast.Constant(value="event"), *_], values=[ast.Constant(value=str(event)), *_]):
            yield event
        case _:
            return
