"""Checks the documents and what the tree promises; each problem with its file, line and what to do.

python tools/check_docs.py [NAME...]     # without names, every check
python tools/check_docs.py --list
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from tree import ROOT, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tree import Problem

    Check: TypeAlias = Callable[[Tree], Iterable[Problem]]

__all__ = ["CHECKS", "check"]

CHECKS: Final[Mapping[str, str]] = {
    "commands": "commands",
    "docstrings": "sources",
    "links": "prose",
    "mirror": "mirror",
    "names": "sources",
    "places": "prose",
    "readmes": "twins",
    "records": "records",
    "rules": "error_words",
    "sentences": "prose",
    "settings": "cli_pages",
    "sizes": "sources",
    "sleeps": "sources",
}
"""Each check with the module that has it, loaded when it is wanted; what it checks is in its docstring."""


def check(name: str) -> Check:
    """Return a check by its name."""
    return cast("Check", getattr(import_module(CHECKS[name]), f"check_{name}"))


def main() -> int:
    """Run the checks that are named; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description="Check the documents and what the tree promises.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(CHECKS)}")
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository (default: this one)")
    parser.add_argument("--list", action="store_true", help="say what is checked")
    options = parser.parse_args()
    names: list[str] = options.names or list(CHECKS)
    if unknown := [name for name in names if name not in CHECKS]:
        parser.error(f"there is no check {unknown[0]}; there are: {', '.join(CHECKS)}")
    if options.list:
        for name in names:
            print(f"{name:<12}{(check(name).__doc__ or '').splitlines()[0]}")
        return 0
    tree = Tree(options.root.resolve())
    problems = [(name, problem) for name in names for problem in check(name)(tree)]
    for name, problem in problems:
        print(f"{problem} [{name}]", file=sys.stderr)
    print(f"{len(names)} checks, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
