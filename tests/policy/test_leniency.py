from __future__ import annotations

from sekisho.model.finding import Finding, Severity
from sekisho.model.verdict import Verdict
from sekisho.policy.leniency import can_be_excepted, can_be_released, left


def found(rule: str, severity: Severity = Severity.HIGH) -> Finding:
    return Finding(rule=rule, verdict=Verdict.DENY, pointer="", severity=severity)


def test_a_release_covers_everything_but_own_files_and_rules_that_failed() -> None:
    assert can_be_released(("path-credential", "sql-write"))
    for rules in ((), ("path-protected",), ("sql-write", "rule-failed")):
        assert not can_be_released(rules)


def test_an_exception_takes_away_its_own_rule_where_that_is_not_critical() -> None:
    assert can_be_excepted("sql-write", Severity.HIGH)
    assert not can_be_excepted("sql-write", Severity.CRITICAL)
    findings = (found("sql-write"), found("path-protected"), found("shell-danger", Severity.CRITICAL))
    assert left(findings, frozenset({each.rule for each in findings})) == findings[1:]
    assert left(findings, frozenset()) == findings
