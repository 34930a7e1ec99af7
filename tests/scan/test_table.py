from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scankit import CLEAN, POISON, SECRETIVE, report
from sekisho.engine.inspect import RULE_FAILED
from sekisho.model.escape import printable
from sekisho.model.finding import Severity
from sekisho.model.messages import Lang
from sekisho.rules.example import listing, tool
from sekisho.scan.table import lines

from .test_report import made, spot

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.scan.report import Report


def shown(made: Report, lang: Lang = Lang.EN) -> str:
    return "\n".join(front + line for front, line in lines(made, lang))


def test_a_cause_is_told_with_its_places_words_and_references(tmp_path: Path) -> None:
    said = shown(report(tmp_path, tides=POISON))
    assert "HIGH  hides-from-user: The text wants something kept from the user\n" in said
    assert "    MCP03:2025 MCP06:2025 CWE-451 CWE-1427 · confidence high\n" in said
    assert f'  tides · tool get_tides  /tools/0/description\n    "{SECRETIVE}"\n' in said
    assert "Findings  0 critical, 1 high, 0 medium, 0 low\n" in said
    assert said.endswith("About a rule: sekisho explain hides-from-user")


def test_a_clean_report_says_what_was_not_looked_at(tmp_path: Path) -> None:
    said = shown(report(tmp_path, sky=CLEAN))
    assert "No finding.\n" in said
    assert "Not looked at\n" in said
    assert "What the servers do: only what they say" in said
    assert said.endswith("To do first\n  Nothing.")


def test_many_places_are_counted(tmp_path: Path) -> None:
    many = [tool(SECRETIVE, name=f"tool_{number}") for number in range(8)]
    said = shown(report(tmp_path, tides=listing(*many)))
    assert "8 places" in said
    assert "and 3 more" in said


def test_a_rule_that_failed_is_told_without_references() -> None:
    assert f"{RULE_FAILED}: A rule failed on this text" in shown(made(spot(RULE_FAILED, Severity.HIGH)))


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("trick", ["\x1b[2J", "\u202e", "\n::error::owned\n", "##[error]owned", "##vso[task.complete]"])
def test_nothing_of_a_server_reaches_the_terminal_as_a_command(tmp_path: Path, trick: str, lang: Lang) -> None:
    poison = listing(tool(f"{trick}{SECRETIVE}{trick}", name=f"{trick}get"))
    for front, line in lines(report(tmp_path, tides=poison), lang):
        assert printable(line) == line
        assert not (front + line).lstrip().startswith("::")
        assert "##[" not in line
