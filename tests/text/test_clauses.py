from __future__ import annotations

from sekisho.text.clauses import clauses, flat
from sekisho.text.passages import Passage, Role

PASSAGE = Passage(None, "description", Role.PROSE, "")


def cut(text: str) -> list[str]:
    return [clause.text for clause in clauses(PASSAGE, text)]


def test_sentences_and_list_items_are_clauses() -> None:
    assert cut("One. Two!\n- three\n- four") == ["One.", "Two!", "- three", "- four"]
    assert [part for part in cut("一つ。二つ。") if part] == ["一つ", "二つ"]


def test_a_wrapped_line_stays_whole() -> None:
    assert cut("one\n    two") == ["one two"]


def test_a_stretch_without_an_end_is_cut_by_length() -> None:
    assert len(cut("x" * 1500)) == 3


def test_emphasis_and_curly_quotes_do_not_hide_words() -> None:
    assert flat("do **not**  don\u2019t") == "do not don't"
