"""Scan: a planted home with the settings of seventeen hosts: what is found, what else is said, what it costs.

python bench/scan/run.py [--write]

The home is that of the tests (`tests/homekit.py`). Each run is a process of its own, so the CPU is all of it: the
interpreter, the imports, finding, reading, judging; the median of nine is printed.
With the corpora in $SEKISHO_BENCH_DATA, `sekisho scan --tools` also judges a dump of 10,000 real definitions: the least
CPU of nine runs, since a busy machine only adds to it, with byte code compiled as an installation has it.
With the lists of package names in $SEKISHO_BENCH_NAMES (one name a line, `npm.txt`, `pypi.txt`), every real name with
"mcp" in it is also asked for what it looks like; without them that row is left out, and that is said.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "results.json"
RUNS = 9
DEFINITIONS = 10_000
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench" / "detection")]

import corpora  # noqa: E402 - of the detection bench

from homekit import HOSTS, PLANTED, plant  # noqa: E402 - the tests' own home
from sekisho.settings.known_packages import known_names, resembled  # noqa: E402

SCAN = """
import json, sys, time
from pathlib import Path
from sekisho.engine.entries import survey_entries
from sekisho.scan.collect import collect
from sekisho.scan.hosts import Platform
from sekisho.scan.templates import Ground
folder = Path(sys.argv[1])
found = collect(Ground(home=folder / "home", folders=(folder / "project",), platform=Platform.LINUX, root=folder / "r"))
entries = [entry for settings in found.settings for entry in settings.judged]
reported = sorted({(one.source.host, one.entry.alias, one.finding.rule) for one in survey_entries(entries)})
servers = sum(1 for entry in entries if entry.alias)
print(json.dumps({"reported": reported, "servers": servers, "files": len(found.settings), "cpu": time.process_time()}))
"""


def scan(folder: Path) -> dict[str, Any]:
    """Scan the planted home in a process of its own."""
    done = subprocess.run([sys.executable, "-c", SCAN, str(folder)], capture_output=True, check=True)
    return json.loads(done.stdout)


def measure() -> dict[str, Any]:
    """Return what was found, what else was said, and the CPU."""
    with tempfile.TemporaryDirectory() as folder:
        plant(Path(folder))
        runs = [scan(Path(folder)) for _ in range(RUNS)]
    reported = {tuple(row) for row in runs[0]["reported"]}
    return {
        "hosts": len(HOSTS),
        "files": runs[0]["files"],
        "servers": runs[0]["servers"],
        "planted": len(PLANTED),
        "found": len(PLANTED & reported),
        "others": sorted(reported - PLANTED),
        "cpu_ms": round(1000 * statistics.median(run["cpu"] for run in runs)),
    }


def definitions() -> dict[str, Any] | None:
    """Return what a scan of a large dump costs; None without the corpora."""
    tools = [row["definition"] for row in corpora.benign(DEFINITIONS)]
    if not tools:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.json"
        file.write_text(json.dumps({"tools": tools}), "utf-8")
        env = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        words = [sys.executable, "-m", "sekisho", "scan", "--fail-on", "never", "--tools", str(file)]
        figures = {form: min(_cpu([*words, "--format", form], env) for _ in range(RUNS)) for form in ("table", "json")}
    return {"n": len(tools), **{f"{form}_cpu_ms": cpu for form, cpu in figures.items()}}


def _cpu(words: list[str], env: dict[str, str]) -> int:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, env=env, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round(1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))


def names() -> dict[str, Any] | None:
    """Return which real packages look like known ones; None without the lists."""
    folder = os.environ.get("SEKISHO_BENCH_NAMES")
    if folder is None:
        return None
    asked, alike = 0, []
    for ecosystem in ("npm", "pypi"):
        for name in (Path(folder) / f"{ecosystem}.txt").read_text("utf-8").split():
            if "mcp" in name or "modelcontextprotocol" in name:
                asked += 1
                other = resembled(name.lower(), ecosystem)
                if other is not None and name not in known_names(ecosystem):
                    alike.append(f"{name} ≈ {other}")
    return {"asked": asked, "alike": sorted(alike)}


def main() -> int:
    """Measure, print, and fail where a fault is missed or something else is said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write results.json")
    options = parser.parse_args()
    results: dict[str, Any] = {"home": measure()}
    large = definitions()
    if large is None:
        print("SKIPPED: a dump of real definitions ($SEKISHO_BENCH_DATA has none)")
    else:
        results["definitions"] = large
    real = names()
    if real is None:
        print("SKIPPED: names of real packages ($SEKISHO_BENCH_NAMES is not set)")
    else:
        results["names"] = real
    print(json.dumps(results, indent=2, ensure_ascii=False))
    if options.write:
        RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    home = results["home"]
    return 0 if home["found"] == home["planted"] and not home["others"] else 1


if __name__ == "__main__":
    sys.exit(main())
