"""Generated pages: what they should say, compared with what they say, or written.

A generator is a function from the repository's root to its `Page`s; `main` is the command line of each of them.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Generator: TypeAlias = Callable[[Path], Iterable["Page"]]

__all__ = ["Page", "between", "fenced", "main", "one_each", "table"]

_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Page:
    """One generated file."""

    path: str
    """Where it belongs, relative to the root."""

    text: str
    """All of it."""


def main(generators: Sequence[Generator], arguments: Sequence[str] | None = None) -> int:
    """Write every page, or with `--check` compare them; 1 when one differs or can't be made."""
    parser = argparse.ArgumentParser(description="Write the generated documents anew.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail where something differs")
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository (default: this one)")
    options = parser.parse_args(arguments)
    root: Path = options.root
    different = [page for make in generators for page in make(root) if _differs(root, page)]
    for page in different:
        if options.check:
            print(f"{page.path} is not current: run make generated", file=sys.stderr)
            sys.stderr.writelines(_changes(root / page.path, page.text))
        else:
            path = root / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.text, "utf-8")
            print(f"wrote {page.path}")
    return 1 if options.check and different else 0


def _differs(root: Path, page: Page) -> bool:
    path = root / page.path
    return not path.is_file() or path.read_text("utf-8") != page.text


def _changes(path: Path, text: str) -> list[str]:
    now = path.read_text("utf-8").splitlines() if path.is_file() else []
    changes = difflib.unified_diff(now, text.splitlines(), "as it is", "as it should be", lineterm="", n=0)
    return [f"    {line}\n" for line in list(changes)[:_SHOWN]]


def between(text: str, mark: str, fresh: str) -> str:
    """Return `text` with what is between `<!-- mark:begin -->` and `<!-- mark:end -->` replaced.

    Raises:
        ValueError: the marks are not there, once and in this order.
    """
    form = re.compile(rf"(<!-- {mark}:begin -->\n).*?(<!-- {mark}:end -->)", re.DOTALL)
    changed, count = form.subn(lambda found: f"{found[1]}{fresh}{found[2]}", text)
    if count != 1:
        raise ValueError(f"the marks {mark}:begin and {mark}:end have to be there once, in this order")
    return changed


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    escaped = [[cell.replace("|", r"\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in escaped)


def fenced(lines: str, language: str = "text") -> str:
    """Return a code block."""
    return f"```{language}\n{lines.strip(chr(10))}\n```\n"


def one_each(prose: str) -> str:
    """Return prose with each sentence on a line of its own, as every page here has it."""
    return re.sub(r"(?<=[.!?]) (?=[A-Z`(])", "\n", " ".join(prose.split()))
