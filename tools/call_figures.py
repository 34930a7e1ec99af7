"""The figures for the READMEs about calls and their results: attacks that are stopped, honest ones that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from figures import Figure, listed, load, members, micros

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["exploits", "guards", "honest", "results", "stalls"]

_ALONE: Final = (
    ("yardstick: json.loads of a call of 1 KB", "json.loads"),
    ("the grammar alone: 1 KB of loops", "tree-sitter"),
    ("the parser of queries alone: 1 KB", "sqlglot"),
)
_AT_START: Final = frozenset({"initialize", "list", "thinking"})
_JUDGED: Final = (
    "call, 1 KB: write_file",
    "call, 1 KB: unknown parameter",
    "command, parsed: 1 KB of loops",
    "query, parsed: 1 KB, engine known",
)


def exploits(bench: Path) -> Iterator[Figure]:
    """What becomes of published exploits, by the default policy."""
    cases = [item for item in listed(load(bench / "exploits/results.json"), "cases") if isinstance(item, dict)]
    if not cases:
        return
    verdicts = [str(item.get("verdict")) for item in cases]
    passed = [str(item.get("honest")).partition("/") for item in cases]
    stopped = sum(verdict.startswith("stopped") for verdict in verdicts)
    waiting = sum(verdict.startswith("waiting") for verdict in verdicts)
    missing = {
        "en": f"({waiting} need what is not there yet)",
        "ja": f"({waiting} 件はまだない機能が必要)",
    }
    works = sum(item.get("without") == "works" for item in cases)
    honest = f"{sum(int(ok) for ok, _, _ in passed)}/{sum(int(every) for _, _, every in passed)}"
    for en, ja, other, ours in (
        (
            f"{len(cases)} published exploits: stopped by a rule {missing['en']}",
            f"実際のリリースへの公開済みの攻撃 {len(cases)} 件: 規則で阻止{missing['ja']}",
            f"{works} work",
            f"{stopped}/{len(cases)}",
        ),
        ("honest calls beside them: passed", "同じサーバーへの正当な呼び出し: 成功", "-", honest),
    ):
        yield Figure(what={"en": en, "ja": ja}, other=other, ours=ours, command="make bench-exploits")


def guards(bench: Path) -> Iterator[Figure]:
    """What gets by, and what a guard costs beside the parsers that the same text needs."""
    found = load(bench / "guards/results.json")
    hunts = [each for each in members(found, "classes").values() if isinstance(each, dict)]
    if hunts:
        passed, tried = (sum(int(str(each.get(name))) for each in hunts) for name in ("bypass", "variants"))
        yield Figure(
            what={
                "en": "variants of paths, addresses, commands and queries, judged by those who read them: that get by",
                "ja": "パス、アドレス、コマンド、クエリの変形(実際に読む側で判定): すり抜け",
            },
            other="-",
            ours=f"{passed}/{tried}",
            command="make bench-guards",
        )
    costs = {name: cost for name, cost in members(found, "microseconds").items() if isinstance(cost, float)}
    if costs.keys() >= {*_JUDGED, *(name for name, _ in _ALONE)}:
        yield Figure(
            what={
                "en": "CPU of the guards for 1 KB: file to write; unknown parameter; parsed command; parsed query",
                "ja": "ガードの CPU、1 KB: ファイルの書き込み、不明な引数、構文解析するコマンド、構文解析するクエリ",
            },
            other="; ".join(f"{parser} {micros(costs[name])}" for name, parser in _ALONE),
            ours=", ".join(micros(costs[name]) for name in _JUDGED),
            command="make bench-guards",
        )


def honest(bench: Path) -> Iterator[Figure]:
    """How many calls with honest values are refused."""
    found = load(bench / "honest/results.json")
    if found:
        yield Figure(
            what={
                "en": f"calls with {found.get('values')} honest values that look dangerous: refused",
                "ja": f"危険に見える正当な値 {found.get('values')} 個の呼び出し: 拒否",
            },
            other="-",
            ours=f"{found.get('refused')}/{found.get('calls')}",
            command="make bench-honest",
        )


def results(bench: Path) -> Iterator[Figure]:
    """What is found in real results, and of attacks of our own from which no rule was made."""
    found = load(bench / "results/results.json")
    real, kept = members(found, "real"), members(found, "second", "rows", "attack, held")
    if real and kept:
        yield Figure(
            what={
                "en": "results of real servers with a finding; orders to a model, kept apart from the rules: found",
                "ja": "実在サーバーの結果への指摘、規則と分けておいたモデルへの指示の検出",
            },
            other="-",
            ours=f"{real.get('with_finding')}/{real.get('results')}; {kept.get('found')}/{kept.get('n')}",
            command="make bench-results",
        )


def stalls(bench: Path) -> Iterator[Figure]:
    """How long whoever else is served waits while a call or a result is judged."""
    phases = members(load(bench / "guards/stalls.json"), "phases")
    turns = {
        name: float(str(told["longest_turn_ms"]))
        for name, told in phases.items()
        if isinstance(told, dict) and name not in _AT_START
    }
    if turns:
        yield Figure(
            what={
                "en": f"longest turn of the loop of `run`: {len(turns)} calls and results, mostly first ones",
                "ja": f"`run` のイベントループが最も長く止まる時間、呼び出しと結果 {len(turns)} 件(多くは初回)",
            },
            other="-",
            ours=f"{max(turns.values())} ms",
            command="make bench-guards",
        )
