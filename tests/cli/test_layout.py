from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clikit import NOON, utc
from sekisho.cli.layout import WIDTH, fitted, folded, local, sheet
from sekisho.model.escape import columns, printable

TEXT = st.text().map(printable)


@given(st.text(), st.integers(0, 100))
def test_a_fitted_text_has_exactly_the_columns_of_its_cell(text: str, width: int) -> None:
    assert columns(fitted(text, width)) == width


@given(TEXT, st.text("ab ", max_size=20), st.text(" ", max_size=40))
def test_folding_keeps_every_letter_and_no_line_is_too_long(text: str, first: str, rest: str) -> None:
    lines = list(folded(text, first=first, rest=rest))
    assert all(columns(line) <= WIDTH for line in lines)
    assert "".join(lines).replace(" ", "").replace("⟨::⟩", "::") == (first + text).replace(" ", "").replace(
        "⟨::⟩", "::"
    )


@given(st.integers(0, 90))
def test_no_line_that_folding_begins_is_a_command_of_a_runner(before: int) -> None:
    lines = folded("x" * before + " ::error::it " + "y" * 90, rest="  ")
    assert not any(line.lstrip().startswith("::") for line in list(lines)[1:])


def test_folding_breaks_at_a_space_and_goes_on_indented() -> None:
    assert list(folded("word " * 20 + "end", first="> ", rest="  ")) == [
        "> " + "word " * 14 + "word",
        "  " + "word " * 4 + "word end",
    ]


def test_a_word_without_spaces_is_broken_where_the_line_ends() -> None:
    assert [len(line) for line in folded("x" * 200)] == [80, 80, 40]
    assert [columns(line) for line in folded("漢" * 90)] == [80, 80, 20]


def test_a_sheet_aligns_values_behind_labels_of_any_width() -> None:
    assert list(sheet([("rule", "a"), ("規則です", "b"), ("x", "w" * 100)], indent=" ")) == [
        " rule      a",
        " 規則です  b",
        " x         " + "w" * 69,
        "           " + "w" * 31,
    ]


def test_an_empty_sheet_has_no_lines() -> None:
    assert list(sheet([])) == []


@pytest.mark.parametrize("far", [10**18, -(10**18)])
def test_a_time_outside_of_every_calendar_is_none(far: int) -> None:
    assert local(far) is None


def test_a_time_is_told_in_the_zone_of_this_machine() -> None:
    with utc():
        assert f"{local(NOON):%Y-%m-%d %H:%M:%S %z}" == "2026-11-30 12:00:00 +0000"
