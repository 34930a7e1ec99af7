from __future__ import annotations

from sekisho.model.finding import Confidence, Finding, Persona, Severity
from sekisho.model.place import Kind, Place
from sekisho.model.verdict import Verdict
from sekisho.scan.report import Report, Spot


def spot(rule: str, severity: Severity, *, server: str = "a", confidence: Confidence = Confidence.HIGH) -> Spot:
    found = Finding(
        rule=rule,
        verdict=Verdict.ASK,
        pointer="/tools/0",
        severity=severity,
        confidence=confidence,
        place=Place(server, Kind.TOOL, "t"),
    )
    return Spot(finding=found, file=f"{server}.json", pointer="/tools/0")


def made(*spots: Spot) -> Report:
    return Report(servers=(), spots=spots, unseen=(), persona=Persona.REGULAR, fail_on=None)


def test_the_worst_cause_comes_first_then_the_surer_then_the_more_frequent() -> None:
    causes = made(
        spot("often", Severity.LOW),
        spot("rare", Severity.LOW),
        spot("hint", Severity.HIGH, confidence=Confidence.LOW),
        spot("often", Severity.LOW),
        spot("sure", Severity.HIGH),
    ).causes
    assert [cause.rule for cause in causes] == ["sure", "hint", "often", "rare"]


def test_a_cause_names_each_server_once() -> None:
    (cause,) = made(*(spot("x", Severity.LOW, server=server) for server in "baba")).causes
    assert cause.servers == ("b", "a")


def test_findings_are_counted_by_severity() -> None:
    counts = made(spot("x", Severity.LOW), spot("y", Severity.LOW), spot("z", Severity.HIGH)).counts
    assert [counts[level] for level in Severity] == [2, 0, 1, 0]
