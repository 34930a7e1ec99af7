"""Detection: what the rules report on real definitions, on attacks, on shifted attacks and on a set of our own.

python bench/detection/run.py [--write] [--smoke] [--no-peers]

Corpora come from $SEKISHO_BENCH_DATA and are never part of the repository; without them only our own set is judged,
and that is said. A family's recall counts a finding of medium or above; `pushy` counts for preference.
Overlap and transfer are judged together with the dump that they copy; 200 random pairs of honest servers
by each of six seeds are the control. Shifts count only the rows that they change.
Other scanners are installed beside it and asked about the same definitions (`peers.py`), not in the smoke run.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import corpora
import shifts
from beside import compared
from shares import share

from sekisho.engine.survey import survey
from sekisho.model.finding import Severity

RESULTS = Path(__file__).parent / "results.json"
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
    parser.add_argument("--no-peers", action="store_true", help="leave the other scanners out")
    options = parser.parse_args()
    figures: dict[str, Any] = {"adaptive": _adaptive()}
    if corpora.folder() is None:
        print("SKIPPED: the corpora are not here (SEKISHO_BENCH_DATA); only our own set is judged")
    else:
        figures["benign"] = _benign(1000 if options.smoke else None)
        if not options.smoke:
            figures |= {"recall": _recall(), "control": _control(), "seconds": _seconds()}
    _print(figures)
    if not options.smoke and not options.no_peers and "benign" in figures:
        figures["peers"] = _peers()
    elif "benign" in figures and RESULTS.is_file():
        # What others found does not change with our rules: it stays from the run that asked them.
        figures["peers"] = json.loads(RESULTS.read_text("utf-8")).get("peers", {})
    if options.write:
        RESULTS.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return _broken(figures)


def _rules(dumps: dict[str, Any], *, least: Severity = Severity.MEDIUM) -> set[str]:
    return {finding.rule for finding in survey(dumps) if finding.severity >= least}


def _benign(limit: int | None) -> dict[str, Any]:
    rows = corpora.benign(limit)
    began = time.process_time()
    alarms: Counter[str] = Counter()
    hit, pushy = set[str](), set[str]()
    for row in rows:
        for finding in survey({"server": {"tools": [row["definition"]]}}):
            (hit if finding.severity >= Severity.MEDIUM else pushy).add(row["id"])
            alarms[finding.rule] += 1
    servers = corpora.servers(rows)
    spent = time.process_time() - began
    found = [name for name, tools in servers.items() if _rules({"server": {"tools": tools}})]
    return {
        "definitions": len(rows), "alarms": len(hit), "servers": len(servers), "servers_with_alarm": len(found),
        "pushy": len(pushy), "by_rule": dict(alarms.most_common()), "cpu_s": round(spent, 1),
    }  # fmt: skip


def _recall() -> dict[str, Any]:
    originals = corpora.originals()
    honest = {row["text"] for row in corpora.benign() if row["bench"] == "msb"}
    figures: dict[str, Any] = {}
    rows = corpora.attacks()
    for family in sorted({row["family"] for row in rows}):
        members = [row for row in rows if row["family"] == family]
        joined = "cisco" not in family
        joint = corpora.is_copy(family)
        least = Severity.LOW if "preference" in family else Severity.MEDIUM
        same = 0 if joint else sum(row["text"] in honest for row in members)

        def caught(definition: dict[str, Any], server: str, joint: bool = joint, least: Severity = least) -> bool:  # noqa: FBT001 - bound to the loop
            dumps: dict[str, Any] = {"suspect": {"tools": [definition]}}
            if joint:
                dumps = {"original": {"tools": originals[server]}, **dumps}
            return bool({f.rule for f in survey(dumps) if f.severity >= least and f.place.server == "suspect"})

        entry = share(sum(caught(row["definition"], row.get("server", "")) for row in members), len(members))
        entry["same_as_honest"] = same
        for shift in shifts.SHIFTS:
            changed = [(row, shifts.shifted(row["definition"], shift)) for row in members]
            changed = [
                (row, other) for row, other in changed if other["description"] != row["definition"]["description"]
            ]
            if changed and joined:
                found = sum(caught(other, row["server"]) for row, other in changed)
                entry[shift] = share(found, len(changed))
        figures[family] = entry
    return figures


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
    first = {way: {"first": FIRST_SIGHT[way]} for way in found if way in FIRST_SIGHT}
    return {way: {"found": hits, "n": of} | first.get(way, {}) for way, (hits, of) in found.items()}


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
        first = f" (at first sight {entry['first']})" if "first" in entry else ""
        print(f"own set, {way:30} {entry['found']}/{entry['n']}{first}")


def _peers() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, figures in compared():
        found[name] = figures
        said = f"{name} {figures['version']}, {figures['asks']}"
        if "skipped" in figures:
            print(f"SKIPPED: {said}: {figures['skipped']}")
            continue
        print(
            f"{said}: {figures['alarms']} alarms in {figures['definitions']} benign definitions, "
            f"{figures['servers_with_alarm']} of {figures['servers']} servers, {figures['cpu_s']} s of CPU"
        )
        for family, entry in figures["recall"].items():
            print(f"  {family:53} {entry['found']:3}/{entry['n']:3} [{entry['low']:.2f} {entry['high']:.2f}]")
    return found


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
