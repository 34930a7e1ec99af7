from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.narrow import Spelling, narrow


@given(st.text(max_size=40))
def test_what_is_spelled_out_is_ascii_and_can_be_undone(text: str) -> None:
    spelled = Spelling(text).text
    assert spelled.isascii()
    assert "_u" in text or narrow(spelled) == text


def test_a_place_of_the_spelled_text_is_one_of_the_text() -> None:
    spelling = Spelling("a\u00e9b\u65e5c")
    assert spelling.text == "a_ue9_b_u65e5_c"
    assert [spelling.place(spelling.text.index(each)) for each in "abc"] == [0, 2, 4]
    assert spelling.place(len(spelling.text)) == 5


def test_what_may_begin_or_tear_a_command_is_noted() -> None:
    assert [(each.begins, each.tears) for each in map(Spelling, ["a", "`a`", "$(a)", "a\n\\b", "a\nb"])] == [
        (False, False), (True, False), (True, False), (False, True), (False, False),
    ]  # fmt: skip
