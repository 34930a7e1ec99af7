"""Official conformance, of the reference server alone and of Sekisho in front of it.

    python bench/conformance/run.py [--rows direct,serve-url,serve-stdio,client] [--smoke] [--write]

Limits: client scenarios that need authorization and the extensions (tasks, skills) are not run or not scored.
Exits with 1 when a row is below what is expected of it, and with 0 and a visible `skipped` without Node.js.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from oracle.report import head, line, write
from oracle.rows import ROWS, SMOKE
from oracle.suite import CURRENT, OLDER, SuiteUnavailableError, install

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oracle.rows import Result
    from oracle.suite import Suite

_RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    """Run the rows that the command line names."""
    parser = argparse.ArgumentParser(description="Runs the official MCP conformance suite.")
    parser.add_argument("--rows", help=f"comma-separated, of: {', '.join(ROWS)} (default: all)")
    parser.add_argument("--smoke", action="store_true", help=f"only {', '.join(SMOKE)} and suite {CURRENT}")
    parser.add_argument("--write", action="store_true", help=f"update {_RESULTS.name}")
    parser.add_argument("--keep", type=Path, help="keep what the runs wrote in this folder, to look into failures")
    chosen = parser.parse_args()
    rows = chosen.rows.split(",") if chosen.rows else list(SMOKE if chosen.smoke else ROWS)
    if unknown := [name for name in rows if name not in ROWS]:
        parser.error(f"no row {unknown[0]!r}; known: {', '.join(ROWS)}")
    try:
        suites = {version: install(version) for version in ((CURRENT,) if chosen.smoke else (CURRENT, OLDER))}
    except SuiteUnavailableError as problem:
        print(f"skipped: official conformance ({problem})")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        results = _run(rows, suites, chosen.keep or Path(scratch))
    if chosen.write:
        write(_RESULTS, results)
    return 0 if all(result.met for result in results) else 1


def _run(rows: list[str], suites: Mapping[str, Suite], folder: Path) -> list[Result]:
    print(head())
    results: list[Result] = []
    for name in rows:
        for result in ROWS[name].results(suites, folder.resolve() / name):
            print(line(result), flush=True)
            results.append(result)
    return results


if __name__ == "__main__":
    sys.exit(main())
