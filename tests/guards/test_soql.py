"""Moments and spans of days, as SOQL writes them, become numbers of as many characters."""

from __future__ import annotations

from sekisho.guards.soql import is_soql, plainly
from tablekit import rows


@rows(
    ("value", "expected"),
    [
        ("CreatedDate = LAST_N_DAYS:30", f"CreatedDate = {'1' * 14}"),
        ("CloseDate < next_n_fiscal_quarters:2", f"CloseDate < {'1' * 24}"),
        ("CloseDate = N_MONTHS_AGO:3", f"CloseDate = {'1' * 14}"),
        ("CreatedDate > 2026-11-01T00:00:00Z", f"CreatedDate > {'1' * 20}"),
        ("CreatedDate > 2026-11-01T00:00:00.000+09:00", f"CreatedDate > {'1' * 29}"),
        ("CreatedDate = TODAY", "CreatedDate = TODAY"),
        ("a = LAST_N_DAYS:30x", "a = LAST_N_DAYS:30x"),
        ("a = 1:30", "a = 1:30"),
        ("Name = 'LAST_N_DAYS:30'", "Name = 'LAST_N_DAYS:30'"),
    ],
)
def test_what_has_no_quotes_becomes_a_number(value: str, expected: str) -> None:
    assert plainly(value) == expected
    assert len(expected) == len(value)


@rows(("words", "expected"), [(("salesforce", "query"), True), (("run", "soql"), True), (("run", "sql"), False)])
def test_the_name_of_a_tool_says_whose_language_it_speaks(words: tuple[str, ...], *, expected: bool) -> None:
    assert is_soql(words) is expected
