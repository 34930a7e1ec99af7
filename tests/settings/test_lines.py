from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.settings.lines import Lines


def test_lines_end_as_on_every_system() -> None:
    lines = Lines("a\r\nb\rc\nd")
    assert [lines.place(offset) for offset in (0, 3, 5, 7, 8)] == [(1, 1), (2, 1), (3, 1), (4, 1), (4, 2)]


@given(st.text(), st.integers(min_value=0))
@settings(deadline=None)
def test_a_place_never_leaves_its_text(text: str, offset: int) -> None:
    line, column = Lines(text).place(min(offset, len(text)))
    assert line >= 1
    assert column >= 1
