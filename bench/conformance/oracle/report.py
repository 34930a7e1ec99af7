"""The table, and the committed JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from oracle.rows import Result

_HEAD = ("row", "run", "suite", "scenarios", "checks", "all checks", "")
_WIDTHS = (14, 14, 15, 10, 12, 12, 4)


def head() -> str:
    """The table's first line."""
    return _line(_HEAD)


def line(result: Result) -> str:
    """One result as a line of the table, and its failures below."""
    score = result.score
    cells = (
        result.row,
        result.run,
        result.suite,
        f"{score.scenarios_passed}/{score.scenarios_total}",
        f"{score.checks_passed}/{result.expected.checks}",
        f"{score.all_passed}+ {score.all_failed}-",
        "ok" if result.met else "BELOW",
    )
    failed = [f"    failed  {each}" for each in score.failures]
    warned = [f"    warned  {each}" for each in score.warnings]
    return "\n".join([_line(cells), *failed, *warned])


def _line(cells: Sequence[str]) -> str:
    return " ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def write(path: Path, results: Iterable[Result]) -> None:
    """Merge `results` into the JSON at `path`: rows that were not run keep their figures."""
    known: dict[str, dict[str, object]] = {}
    if path.is_file():
        known = cast("dict[str, dict[str, object]]", json.loads(path.read_text("utf-8")))
    for result in results:
        entry = {"suite": result.suite, "expected": asdict(result.expected), **asdict(result.score)}
        known.setdefault(result.row, {})[result.run] = entry
    path.write_text(json.dumps(known, indent=2, sort_keys=True, default=sorted) + "\n", "utf-8")
