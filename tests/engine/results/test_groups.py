from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.engine.results.groups import MANY, groups


@given(st.lists(st.text(max_size=3), max_size=3 * MANY))
def test_every_text_is_in_one_group_which_says_what_they_say(texts: list[str]) -> None:
    found = [*groups(texts, str.upper)]
    assert [each for group, _ in found for each in group] == texts
    assert all(0 < len(group) <= MANY for group, _ in found)
    assert [said for _, said in found] == ["\n".join(map(str.upper, group)) for group, _ in found]
