"""Runs MCTS over many dumps in one process, with the interpreter of its own environment.

python peer_mcts.py DUMPS OUT

DUMPS holds a list of dumps; OUT gets the findings of each, as the tool's name and the severity, or
what the scan of it failed with.
It calls what `mcts scan EMPTY --snapshot FILE` calls, with that command's defaults: a process for each of 1,500 servers
would measure its start.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any


def main() -> None:
    """Scan each dump."""
    mcts: Any = import_module("mcts")  # of the peer's environment
    found: list[list[tuple[str | None, str]] | str] = []
    with tempfile.TemporaryDirectory() as folder:
        empty, file = Path(folder) / "empty", Path(folder) / "tools.json"
        empty.mkdir()
        for dump in json.loads(Path(sys.argv[1]).read_text("utf-8")):
            file.write_text(json.dumps({"tools": dump}), "utf-8")
            try:
                report = mcts.Scanner(mcts.ScanConfig(target=empty, snapshot_path=file, no_progress=True)).run()
            except Exception as error:  # noqa: BLE001 - its own faults on some dumps: counted, and no alarm
                found.append(str(error)[:80])
                continue
            kept = [finding for finding in report.findings if not finding.id.startswith("compliance-")]
            found.append([(finding.tool, getattr(finding.severity, "value", finding.severity)) for finding in kept])
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
