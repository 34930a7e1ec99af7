from __future__ import annotations

from typing import TYPE_CHECKING

from scankit import CLEAN, POISON, report
from sekisho.engine.inspect import RULE_FAILED
from sekisho.model.finding import Severity
from sekisho.model.messages import Lang
from sekisho.rules.example import listing, tool
from sekisho.scan.steps import steps

from .test_report import made, spot

if TYPE_CHECKING:
    from pathlib import Path


def test_a_server_that_works_against_its_user_is_kept_out_first(tmp_path: Path) -> None:
    found = steps(report(tmp_path, sky=CLEAN, moon=CLEAN, tides=POISON), Lang.EN)
    assert found[0].rules == ("hides-from-user",)
    assert found[0].text.startswith("Keep tides out of use")
    assert "same-name" in {rule for step in found[1:] for rule in step.rules}


def test_there_are_three_things_at_most_and_none_without_a_finding(tmp_path: Path) -> None:
    many = {f"s{number}": POISON for number in range(5)}
    assert len(steps(report(tmp_path, many), Lang.EN)) == 3
    assert steps(report(tmp_path, sky=CLEAN), Lang.JA) == ()


def test_a_rule_that_failed_is_an_objection_too() -> None:
    (step,) = steps(made(spot(RULE_FAILED, Severity.HIGH)), Lang.EN)
    assert "A rule failed" in step.text


def test_many_servers_are_counted_instead_of_named(tmp_path: Path) -> None:
    same = {f"s{number}": listing(tool("Sky.", name="sky")) for number in range(7)}
    (step, *_) = [one for one in steps(report(tmp_path, same), Lang.EN) if one.rules == ("same-name",)]
    assert step.text.startswith("s1, s2, s3, +3: ")
