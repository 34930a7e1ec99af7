"""Results: what the rules report on real results of official servers, on the corpus, and what reading a result costs.

    python bench/results/run.py [--write] [--least 3000]

The real results are recorded while it runs and kept nowhere: the official filesystem server reads READMEs and sources
of installed packages, the git server shows commits that add them, the fetch server loads pages from a server on
the loopback interface, the memory server stores paragraphs and gives them back.
A result counts once, however many rules report it.
Secrets that were cut out are counted beside, as they hold nothing up.
Texts of our own (`fresh`, `second`, `third`, `fourth`) are beside: for half of them no rule was changed.
How costs grow is in `growth`.
Recall is per template family: several families share one sentence, so a family is one observation more than many.
Corpora come from $SEKISHO_BENCH_DATA and are never part of the repository; without them that part is skipped and said.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fidelity"))

import fresh
import growth
import recording
import second
from judging import judged, shown

from sekisho.engine.results.glance import is_plain

_RESULTS: Final = Path(__file__).with_name("results.json")
_SETS: Final = (second.SECOND, second.THIRD, second.FOURTH)
_Z: Final = 1.959964
_MOST_ALARMS: Final = 0.005
_MOST_BENIGN: Final = 1


def main() -> int:
    """Run, print, and write where asked; 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description="Measure what the rules make of results.")
    parser.add_argument("--write", action="store_true", help="write results.json beside this file")
    parser.add_argument("--least", type=int, default=3000, help="how many real results are recorded at least")
    options = parser.parse_args()
    figures: dict[str, Any] = {
        "fresh": fresh.measure(lambda said: judged(_text(said))[1]),
        **{name: second.measure(lambda said: judged(_text(said))[1], shown, name) for name in _SETS},
        "growth": growth.measure(),
        "real": _real(options.least),
        "cost": _cost(),
    }
    folder = os.environ.get("SEKISHO_BENCH_DATA")
    if folder is None:
        print("SKIPPED: the corpora are not here (SEKISHO_BENCH_DATA)")
    else:
        figures |= {"benign": _benign(Path(folder)), "recall": _recall(Path(folder))}
    _print(figures)
    if options.write:
        _RESULTS.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return _broken(figures, options.least)


def _text(said: str) -> Any:
    return {"content": [{"type": "text", "text": said}]}


def _real(least: int) -> dict[str, Any]:
    servers: dict[str, dict[str, Any]] = {}
    alarms: Counter[str] = Counter()
    cut: Counter[str] = Counter()
    shown: list[str] = []
    for name, results in recording.record(least):
        size = held = 0
        for about, result in results:
            size += len(json.dumps(result))
            every, alarming = judged(result)
            held += bool(alarming)
            alarms.update(alarming)
            cut.update(every - alarming)
            if alarming:
                shown.append(f"{about}: {', '.join(sorted(alarming))}")
        servers[name] = {"results": len(results), "megabytes": round(size / 1e6, 1), "with_finding": held}
    own = [judged(result)[1] for _, result in recording.own_history()]
    total, found = (sum(each[key] for each in servers.values()) for key in ("results", "with_finding"))
    return {
        "servers": servers, "results": total, "with_finding": found, "by_rule": dict(alarms.most_common()),
        "shown_otherwise": dict(cut.most_common()), "which": sorted(shown),
        "own_history": {"results": len(own), "with_finding": sum(map(bool, own))},
    }  # fmt: skip


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(folder / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _benign(folder: Path) -> dict[str, Any]:
    rows = _rows(folder, "results.benign")
    alarms: Counter[str] = Counter()
    held = 0
    for row in rows:
        _, alarming = judged(_text(row["text"]))
        held += bool(alarming)
        alarms.update(alarming)
    return {"rows": len(rows), "with_finding": held, "by_rule": dict(alarms)}


def _recall(folder: Path) -> dict[str, Any]:
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for row in _rows(folder, "results.attack"):
        _, alarming = judged(_text(row["text"]))
        found[_family(row)].append(bool(alarming))
    return {
        family: {"n": len(hits), "found": sum(hits), "wilson": _wilson(sum(hits), len(hits))}
        for family, hits in sorted(found.items())
    }


def _family(row: dict[str, Any]) -> str:
    """Name the template: ASB's are told by their first words, because the corpus does not say which one a row has."""
    if row["bench"] == "bipia":
        return "bipia, any order without a template"
    if row["bench"] != "asb":
        return f"{row['bench']} {row.get('attack') or row['kind']}"
    said = row["text"]
    dropped, done = "gnore previous" in said, "task complete" in said
    if dropped and done:
        return "asb combined"
    return "asb ignoring" if dropped else "asb fake completion" if done else "asb naive or escaped"


def _wilson(found: int, total: int) -> list[float]:
    share, spread = found / total, _Z * _Z / total
    centre = (share + spread / 2) / (1 + spread)
    half = _Z * math.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return [round(max(0.0, centre - half), 3), round(min(1.0, centre + half), 3)]


def _cost() -> dict[str, Any]:
    """Return microseconds for a result of this size without anything to find: the least of several rounds."""
    readme = (Path(__file__).resolve().parents[2] / "docs" / "how-it-works.md").read_text("utf-8")
    plain = readme.encode("ascii", "ignore").decode()
    costs: dict[str, float] = {}
    for size in (100, 1_000, 10_000, 100_000, 1_000_000):
        content = _text((plain * (size // len(plain) + 1))[:size])
        rounds = 200 if size <= 10_000 else 5
        best = math.inf
        for _ in range(7):
            start = time.perf_counter()
            for _ in range(rounds):
                is_plain(content)
            best = min(best, (time.perf_counter() - start) / rounds)
        costs[str(size)] = round(best * 1e6, 1)
    return costs


def _print(figures: dict[str, Any]) -> None:
    real = figures["real"]
    print(f"\n{'server':<14}{'results':>9}{'MB':>8}{'with a finding':>16}")
    for name, each in real["servers"].items():
        print(f"{name:<14}{each['results']:>9}{each['megabytes']:>8}{each['with_finding']:>16}")
    share = real["with_finding"] / max(1, real["results"])
    print(f"all: {real['with_finding']} of {real['results']} ({share:.2%}) {real['by_rule']}")
    print(f"not counted, this repository's own commits, which hold examples of attacks: {real['own_history']}")
    print(f"shown otherwise: {real['shown_otherwise']}")
    print("\n".join(real["which"]))
    print("\nmicroseconds for a result with nothing to find, by characters:", figures["cost"])
    for name, each in figures["fresh"].items():
        print(f"fresh texts, {name}: {each['found']} of {each['n']} have a finding, {each['first']} at first")
    for which in _SETS:
        for name, each in figures[which]["rows"].items():
            print(f"{which} texts, {name}: {each['found']} of {each['n']}, {each['first']} at first")
        for name, each in figures[which]["families"].items():
            print(f"  attack, {name}: {each['found']} of {each['n']}, {each['first']} at first")
        print(f"  honest, by rule: {figures[which]['honest by rule']}")
    for name, value in figures["growth"].items():
        print(f"{name}: {value}")
    if "benign" in figures:
        print(f"\nbenign corpus: {figures['benign']}")
        print(f"{'family':<44}{'n':>6}{'found':>7}  Wilson 95 %")
        for family, each in figures["recall"].items():
            print(f"{family:<44}{each['n']:>6}{each['found']:>7}  {each['wilson'][0]:.3f}-{each['wilson'][1]:.3f}")


def _broken(figures: dict[str, Any], least: int) -> int:
    real = figures["real"]
    broken = growth.broken(figures["growth"])
    if real["results"] < least:
        broken.append(f"only {real['results']} real results")
    if real["with_finding"] > _MOST_ALARMS * real["results"]:
        broken.append("more than 0.5 % of real results have a finding")
    if figures.get("benign", {}).get("with_finding", 0) > _MOST_BENIGN:
        broken.append("more than one benign row has a finding")
    for each in broken:
        print(f"BROKEN: {each}")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
