from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.policy.schema import ADDRESS, ALIASES, HEADER, HEADER_VALUE, PLAIN, VARIABLE, VARIABLE_VALUE
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.policy.schema import Form


@rows(
    ("form", "good", "bad"),
    [
        (PLAIN, ["a", " ", "a\nb"], ["", "a\0b"]),
        (ADDRESS, ["http://a", "https://a.example/mcp?x#y"], ["", "ftp://a", "https://", "https://a b", "https://a\n"]),
        (ALIASES, ["a", "git", "a-1", "sekisho2", "a" * 24], ["", "sekisho", "A", "1a", "a_b", "a" * 25, "git\n"]),
        (HEADER, ["X-Team", "a"], ["", "a b", "a:", "ä"]),
        (HEADER_VALUE, ["", "blue", "a\tb"], ["a\nb", "a\r", "é", "\0"]),
        (VARIABLE, ["A", "a b"], ["", "A=b", "\0"]),
        (VARIABLE_VALUE, ["", "a=b\n"], ["\0"]),
    ],
)
def test_a_form_takes_the_whole_text_or_nothing(form: Form, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if not form.fits(text)] == []
    assert [text for text in bad if form.fits(text)] == []
