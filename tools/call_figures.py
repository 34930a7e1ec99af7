"""The figures for the READMEs about calls and their results: attacks that are stopped, honest ones that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures import Figure, listed, load, members

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["exploits", "honest", "results"]


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
