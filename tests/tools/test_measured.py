from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Generate = Callable[..., subprocess.CompletedProcess[str]]

README = "# A\n\n<!-- measured:begin -->\nold\n<!-- measured:end -->\n"
RUN = {"scenarios_passed": 29, "scenarios_total": 30}
CONFORMANCE = {"serve-url": {"2025-11-25": RUN}, "direct": {"2025-11-25": {**RUN, "scenarios_passed": 30}}}
LATENCY = {
    "date": "2026-11-22",
    "cores": 2,
    "rounds": 5,
    "start_ms": {"bare interpreter": 11.2, "run": 160.4},
    "figures": [
        {"target": "sekisho-run-cmd", "era": "2025-11-25", "size": 100, "added_p50_us": 83.4},
        {"target": "fastmcp-stdio", "era": "2025-11-25", "size": 100, "added_p50_us": 1104.0},
        {"target": "sekisho-run-cmd", "era": "2025-11-25", "size": 1000, "added_p50_us": 99.0},
    ],
}

SERVERS = {
    "servers": 8,
    "configuration": {
        "answers": {"compared": 387, "identical": 386},
        "start": {
            "slowest_alone_ms": 484,
            "all_at_once_without_us_ms": 1654,
            "all_behind_us_ms": 1729,
            "own_pss_mb": 36.8,
        },
        "kills": {"kills": 32, "sent": 900, "unanswered": 0, "executed_twice": 1, "answered_but_not_executed": 2},
    },
}
BY_ENTRIES = {
    "answers": {"compared": 9, "identical": 8},
    "start": {"own_pss_mb": 32.2, "relay_pss_mb": 7.6},
    "kills": {"kills": 40, "sent": 700, "unanswered": 3, "executed_twice": 0, "answered_but_not_executed": 0},
}

CROWD = {"call_us": 92.1, "direct_us": 11.3, "first_cpu_ms": 101.6, "again_cpu_ms": 5.7}
CROWDS = {
    "tools": {"1": CROWD, "10000": {**CROWD, "call_us": 106.0}},
    "servers": {"1": CROWD, "64": {**CROWD, "call_us": 117.3}},
    "slow": {"servers": 8, "seconds_each": 1.0, "one_ms": 1465, "all_ms": 1526},
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("README.md", "README.ja.md"):
        (tmp_path / name).write_text(README, "utf-8")
    return tmp_path


def put(tree: Path, bench: str, results: object) -> None:
    folder = tree / "bench" / bench
    folder.mkdir(parents=True)
    (folder / "results.json").write_text(json.dumps(results), "utf-8")


def test_the_figures_of_the_benches_are_written_into_both_readmes(generate: Generate, tree: Path) -> None:
    put(tree, "conformance", CONFORMANCE)
    put(tree, "latency", LATENCY)
    put(tree, "servers", {**SERVERS, "entries": BY_ENTRIES})
    (tree / "bench/latency/crowds.json").write_text(json.dumps(CROWDS), "utf-8")
    assert generate("measured.py", "--root", tree).returncode == 0
    for name in ("README.md", "README.ja.md"):
        text = (tree / name).read_text("utf-8")
        assert "| 30/30 | 29/30 | `make bench-conformance` |" in text
        assert "| FastMCP 1.1 ms | 83 µs | `make bench-latency` |" in text
        assert "| `python -c pass` 11 ms | 160 ms | `make bench-latency` |" in text
        assert "| 387/387 | 386/387 | `make bench-servers` |" in text
        assert "| slowest alone 0.5 s; all at once 1.7 s | 1.7 s | `make bench-servers` |" in text
        assert "| - | 37 MB | `make bench-servers` |" in text
        assert "| - | 0, 1, 2 | `make bench-servers` |" in text
        assert "| 9/9 | 8/9 | `make bench-servers` |" in text
        assert "| - | 32 MB and 8 MB each | `make bench-servers` |" in text
        assert "| - | 3, 0, 0 | `make bench-servers` |" in text
        assert "| 11 µs | 92 µs, 106 µs | `make bench-latency` |" in text
        assert "| 11 µs | 92 µs, 117 µs | `make bench-latency` |" in text
        assert "| - | 102 ms; 6 ms | `make bench-latency` |" in text
        assert "| one alone 1.5 s | 1.5 s | `make bench-latency` |" in text
        assert "old" not in text
    assert generate("measured.py", "--check", "--root", tree).returncode == 0


def test_what_an_entry_costs_is_a_figure(generate: Generate, tree: Path) -> None:
    folder = tree / "bench" / "latency"
    folder.mkdir(parents=True)
    measured = {
        "p50_us": {"direct": 11.4, "run": 102.3, "entry": 109.8},
        "start_ms": {"bare interpreter": 15.2, "entry": 44.8},
        "memory_mb": {"relay": 5.9, "broker": 39.2, "entries": 8},
    }
    (folder / "entries.json").write_text(json.dumps(measured), "utf-8")
    assert generate("measured.py", "--root", tree).returncode == 0
    for name in ("README.md", "README.ja.md"):
        text = (tree / name).read_text("utf-8")
        assert "| `run -- CMD` 91 µs | 98 µs | `make bench-latency` |" in text
        assert "| `python -c pass` 15 ms | 45 ms | `make bench-latency` |" in text
        assert "| - | 6 MB, 39 MB | `make bench-latency` |" in text


def test_what_pins_make_of_changes_is_a_figure(generate: Generate, tree: Path) -> None:
    real = {"changes": 10, "noticed": 9, "neutral": 4, "hidden": ["a", "b"]}
    own = {"changes": 3, "ways": 2, "tried": 6, "reachable": ["x"]}
    through = {
        "own": {"tried": 5, "reachable": ["x"], "called_though_hidden": ["y"]},
        "real": {"calls": 8, "passed": 7},
    }
    put(tree, "drift", {"real": real, "own": own, "through": through})
    assert generate("measured.py", "--root", tree).returncode == 0
    for name in ("README.md", "README.ja.md"):
        text = (tree / name).read_text("utf-8")
        assert [row.split("|")[3].strip() for row in text.splitlines() if "make bench-drift" in row] == [
            "9/10; 4; 2",
            "1/6",
            "2/5",
            "7/8",
        ]


def test_what_became_of_exploits_is_a_figure(generate: Generate, tree: Path) -> None:
    cases = [
        {"verdict": "stopped: path-link", "without": "works", "honest": "4/4"},
        {"verdict": "waiting: egress control", "without": "works", "honest": "2/3"},
        {"verdict": "NOT STOPPED", "without": "fails", "honest": "0/0"},
    ]
    put(tree, "exploits", {"cases": cases})
    assert generate("measured.py", "--root", tree).returncode == 0
    text = (tree / "README.md").read_text("utf-8")
    assert "| 2 work | 1/3 |" in text
    assert "honest calls beside them: passed | - | 6/7 |" in text


def test_what_gets_by_and_what_guards_cost_beside_their_parsers_are_figures(generate: Generate, tree: Path) -> None:
    hunts = {"paths": {"variants": 10, "bypass": 0}, "commands": {"variants": 20, "bypass": 1}}
    costs = {"call, 1 KB: write_file": 8.6, "call, 1 KB: unknown parameter": 9.8}
    put(tree, "guards", {"classes": hunts, "microseconds": costs})
    assert generate("measured.py", "--root", tree).returncode == 0
    text = (tree / "README.md").read_text("utf-8")
    assert "that get by | - | 1/30 | `make bench-guards` |" in text
    assert "CPU of the guards" not in text
    costs |= {"command, parsed: 1 KB of loops": 443.5, "query, parsed: 1 KB, engine known": 1120.1}
    costs |= {"yardstick: json.loads of a call of 1 KB": 2.6, "the grammar alone: 1 KB of loops": 136.6}
    costs["the parser of queries alone: 1 KB"] = 931.5
    (tree / "bench" / "guards" / "results.json").write_text(json.dumps({"microseconds": costs}), "utf-8")
    assert generate("measured.py", "--root", tree).returncode == 0
    text = (tree / "README.md").read_text("utf-8")
    assert "| json.loads 3 µs; tree-sitter 137 µs; sqlglot 932 µs | 9 µs, 10 µs, 444 µs, 1.1 ms |" in text


def test_how_long_the_loop_is_stopped_by_what_comes_after_the_start_is_a_figure(generate: Generate, tree: Path) -> None:
    folder = tree / "bench" / "guards"
    folder.mkdir(parents=True)
    phases = {"list": {"longest_turn_ms": 7.5}, "call": {"longest_turn_ms": 4.1}, "result": {"longest_turn_ms": 2}}
    (folder / "stalls.json").write_text(json.dumps({"phases": phases}), "utf-8")
    assert generate("measured.py", "--root", tree).returncode == 0
    row = "2 calls and results, mostly first ones | - | 4.1 ms |"
    assert row in (tree / "README.md").read_text("utf-8")


def test_what_becomes_of_honest_calls_and_of_results_is_a_figure(generate: Generate, tree: Path) -> None:
    put(tree, "honest", {"values": 5, "calls": 20, "refused": 1})
    kept = {"attack, held": {"n": 4, "found": 3}}
    put(tree, "results", {"real": {"results": 9, "with_finding": 2}, "second": {"rows": kept}})
    assert generate("measured.py", "--root", tree).returncode == 0
    text = (tree / "README.md").read_text("utf-8")
    assert "| calls with 5 honest values that look dangerous: refused | - | 1/20 | `make bench-honest` |" in text
    assert "found | - | 2/9; 3/4 | `make bench-results` |" in text


def test_a_figure_that_was_edited_is_found(generate: Generate, tree: Path) -> None:
    put(tree, "conformance", CONFORMANCE)
    generate("measured.py", "--root", tree)
    readme = tree / "README.ja.md"
    readme.write_text(readme.read_text("utf-8").replace("29/30", "30/30"), "utf-8")
    done = generate("measured.py", "--check", "--root", tree)
    assert done.returncode == 1
    assert done.stderr.startswith("README.ja.md is not current")


def test_without_results_no_figure_is_written(generate: Generate, tree: Path) -> None:
    assert generate("measured.py", "--root", tree).returncode == 0
    assert "Nothing has been measured yet." in (tree / "README.md").read_text("utf-8")


def test_a_readme_without_the_marks_is_an_error(generate: Generate, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# A\n", "utf-8")
    done = generate("measured.py", "--root", tmp_path)
    assert done.returncode == 1
    assert "measured:begin" in done.stderr
