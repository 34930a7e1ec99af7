from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clikit import narrow
from sekisho.rules.pages import rule_pages

if TYPE_CHECKING:
    from clikit import Desk


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_rule_is_explained_within_eighty_columns(desk: Desk, lang: str) -> None:
    for rule, page in rule_pages().items():
        done = desk.call("explain", rule, "--lang", lang)
        assert done.exit_code == 0
        assert narrow(done.output)
        assert page.rule.references.owasp[0] in done.output


def test_a_page_has_its_sections_in_order(desk: Desk) -> None:
    said = desk.call("explain", "reads-secrets").output
    places = [said.index(f"\n{heading}\n") for heading in ("What it does", "How to fix", "Known limits", "References")]
    assert places == sorted(places)


def test_without_a_rule_all_are_listed(desk: Desk) -> None:
    said = desk.call("explain").output
    assert narrow(said)
    assert all(f"{rule}  " in said for rule in rule_pages())


def test_an_unknown_rule_is_a_mistake_of_the_caller(desk: Desk) -> None:
    done = desk.call("explain", "nosuch")
    assert done.exit_code == 2
    assert "There is no rule nosuch." in done.output
