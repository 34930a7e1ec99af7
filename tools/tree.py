"""What the checks look at: the repository's files, and what is wrong with them.

A `Tree` finds and reads files below a root, so that a test can bring its own; a check takes a tree and yields
`Problem`s.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ROOT", "Problem", "Tree"]

ROOT: Final = Path(__file__).resolve().parent.parent
"""The repository that this file belongs to."""

_SKIPPED: Final = frozenset({"__pycache__", "build", "dist", "mutants", "node_modules", "site"})
_SEEN: Final = frozenset({".ci", ".github"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    path: str
    """The file, relative to the root."""

    line: int
    """The line from 1; 0 when it is about the whole file."""

    text: str
    """What is wrong and what to do, without a full stop."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}" if self.line else f"{self.path}: {self.text}"


@dataclass(frozen=True, slots=True)
class Tree:
    """The files below one root."""

    root: Path
    """The repository, or a test's sample of one."""

    def files(self, *suffixes: str, below: str = "") -> list[Path]:
        """Return the files in a folder whose names end in one of `suffixes`, sorted; all of them without any."""
        return [path for path in _walk(self.root / below) if not suffixes or path.name.endswith(suffixes)]

    def name(self, path: Path) -> str:
        """Return a path as problems show it."""
        return path.relative_to(self.root).as_posix()

    def lines(self, path: Path) -> list[str]:
        """Return the lines of a file; none when there is no such file."""
        return _read(path).splitlines()


@cache
def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_symlink():
            continue
        if path.is_dir():
            hidden = path.name.startswith(".") and path.name not in _SEEN
            if path.name not in _SKIPPED and not hidden and not path.name.endswith(".egg-info"):
                yield from _walk(path)
        elif not path.name.startswith(".coverage"):
            yield path
