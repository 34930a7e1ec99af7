"""Detection: what the rules report on real definitions, on attacks, on shifted attacks and on a set of our own.

python bench/detection/run.py [--write] [--smoke]

Corpora come from $SEKISHO_BENCH_DATA and are never part of the repository; without them only our own set is judged,
and that is said. A family's recall counts a finding of medium or above; `pushy` counts for preference.
Overlap and transfer are judged together with the dump that they copy; 200 random pairs of honest servers
by each of six seeds are the control. Shifts count only the rows that they change.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import corpora
import shifts

from sekisho.engine.survey import survey
from sekisho.model.finding import Severity

RESULTS = Path(__file__).parent / "results.json"
JOINT = ("name_overlap", "tool_transfer")
PAIRS = 200
SEEDS = (20261129, 1, 2, 3, 4, 5)
"""The first one was seen while the threshold for copies was chosen, the others were not."""
FIRST_SIGHT = {
    "attack: paraphrase": 8, "attack: japanese": 8, "benign: quoting": 1, "benign: hard": 7,
    "attack: second set": 25, "attack: third set": 26, "attack: fourth set": 29,
    "attack: pushy, second set": 5, "attack: pushy, third set": 1, "attack: pushy, fourth set": 3,
}  # fmt: skip
"""Of our own sets, before the lexicon was mended for what it missed; the others are as they were."""


def main() -> int:
    """Run, print, and write where asked; 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description="Measure detection.")
    parser.add_argument("--write", action="store_true", help="write results.json beside this file")
    parser.add_argument("--smoke", action="store_true", help="1,000 benign definitions and our own set only")
    options = parser.parse_args()
    figures: dict[str, Any] = {"adaptive": _adaptive()}
    if corpora.folder() is None:
        print("SKIPPED: the corpora are not here (SEKISHO_BENCH_DATA); only our own set is judged")
    else:
        figures["benign"] = _benign(1000 if options.smoke else None)
        if not options.smoke:
            figures |= {"recall": _recall(), "control": _control(), "seconds": _seconds()}
    _print(figures)
    if options.write:
        RESULTS.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return _broken(figures)


def _rules(dumps: dict[str, Any], *, least: Severity = Severity.MEDIUM) -> set[str]:
    return {finding.rule for finding in survey(dumps) if finding.severity >= least}


def _benign(limit: int | None) -> dict[str, Any]:
    rows = corpora.benign(limit)
    alarms: Counter[str] = Counter()
    hit, pushy = set[str](), set[str]()
    for row in rows:
        for finding in survey({"server": {"tools": [row["definition"]]}}):
            (hit if finding.severity >= Severity.MEDIUM else pushy).add(row["id"])
            alarms[finding.rule] += 1
    servers = corpora.servers(rows)
    found = [name for name, tools in servers.items() if _rules({"server": {"tools": tools}})]
    return {
        "definitions": len(rows), "alarms": len(hit), "servers": len(servers), "servers_with_alarm": len(found),
        "pushy": len(pushy), "by_rule": dict(alarms.most_common()),
    }  # fmt: skip


def _recall() -> dict[str, Any]:
    originals: dict[str, list[dict[str, Any]]] = defaultdict(list)
    honest = set[str]()
    for row in corpora.benign():
        if row["bench"] == "msb":
            originals[row["server"]].append(row["definition"])
            honest.add(row["text"])
    figures: dict[str, Any] = {}
    rows = corpora.attacks()
    for family in sorted({row["family"] for row in rows}):
        members = [row for row in rows if row["family"] == family]
        joined = "cisco" not in family
        joint = family.startswith(JOINT) or "name_overlap" in family
        least = Severity.LOW if "preference" in family else Severity.MEDIUM
        same = 0 if joint else sum(row["text"] in honest for row in members)

        def caught(definition: dict[str, Any], server: str, joint: bool = joint, least: Severity = least) -> bool:  # noqa: FBT001 - bound to the loop
            dumps: dict[str, Any] = {"suspect": {"tools": [definition]}}
            if joint:
                dumps = {"original": {"tools": originals[server]}, **dumps}
            return bool({f.rule for f in survey(dumps) if f.severity >= least and f.place.server == "suspect"})

        entry = _entry(sum(caught(row["definition"], row.get("server", "")) for row in members), len(members))
        entry["same_as_honest"] = same
        for shift in shifts.SHIFTS:
            changed = [(row, shifts.shifted(row["definition"], shift)) for row in members]
            changed = [
                (row, other) for row, other in changed if other["description"] != row["definition"]["description"]
            ]
            if changed and joined:
                found = sum(caught(other, row["server"]) for row, other in changed)
                entry[shift] = _entry(found, len(changed))
        figures[family] = entry
    return figures


def _entry(found: int, of: int) -> dict[str, Any]:
    low, high = _wilson(found, of)
    return {"found": found, "n": of, "low": round(low, 3), "high": round(high, 3)}


def _wilson(found: int, of: int) -> tuple[float, float]:
    z, share = 1.96, found / of
    middle, spread = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def _control() -> dict[str, Any]:
    servers = corpora.servers(corpora.benign())
    alone = {name: _rules({name: {"tools": tools}}) for name, tools in servers.items()}
    names = sorted(name for name, rules in alone.items() if not rules)
    alarms: list[int] = []
    for seed in SEEDS:
        chooser = random.Random(seed)  # noqa: S311 - the same pairs in every run
        pairs = [chooser.sample(names, 2) for _ in range(PAIRS)]
        alarms.append(sum(bool(_rules({name: {"tools": servers[name]} for name in pair})) for pair in pairs))
    return {"pairs": PAIRS, "seeds": list(SEEDS), "alarms": alarms}


def _seconds() -> float:
    tools = [row["definition"] for row in corpora.benign(10_000)]
    survey({"server": {"tools": tools[:100]}})
    runs: list[float] = []
    for _ in range(3):
        began = time.process_time()
        survey({"server": {"tools": tools}})
        runs.append(time.process_time() - began)
    return round(min(runs), 2)


def _adaptive() -> dict[str, Any]:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in corpora.adaptive():
        entry = found[f"{case['label']}: {case['way']}"]
        entry[0] += bool(
            _rules(case["dumps"], least=Severity.LOW if case["way"].startswith("pushy") else Severity.MEDIUM)
        )
        entry[1] += 1
    return {way: {"found": hits, "n": of} for way, (hits, of) in found.items()}


def _print(figures: dict[str, Any]) -> None:
    benign = figures.get("benign")
    if benign:
        print(f"benign definitions {benign['definitions']}: {benign['alarms']} alarms, {benign['pushy']} pushy or low")
        print(
            f"benign servers {benign['servers']}: {benign['servers_with_alarm']} with an alarm; by rule {benign['by_rule']}"
        )
    for family, entry in figures.get("recall", {}).items():
        shifted = " ".join(
            f"{name} {entry[name]['found']}/{entry[name]['n']}" for name in shifts.SHIFTS if name in entry
        )
        same = f" ({entry['same_as_honest']} are byte for byte honest definitions)" if entry["same_as_honest"] else ""
        print(f"{family:55} {entry['found']:3}/{entry['n']:3} [{entry['low']:.2f} {entry['high']:.2f}] {shifted}{same}")
    if "control" in figures:
        print(
            f"control: {figures['control']['alarms']} alarms in {figures['control']['pairs']} pairs of honest servers"
        )
        print(f"10,000 definitions: {figures['seconds']} s of CPU")
    for way, entry in figures["adaptive"].items():
        first = f" (at first sight {FIRST_SIGHT[way]})" if way in FIRST_SIGHT else ""
        print(f"own set, {way:30} {entry['found']}/{entry['n']}{first}")


def _broken(figures: dict[str, Any]) -> int:
    benign = figures.get("benign")
    if benign is None:
        return 0
    broken = benign["alarms"] > max(2, 0.001 * benign["definitions"]) or benign["pushy"] > 0.01 * benign["definitions"]
    if broken:
        print("too many false alarms", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
