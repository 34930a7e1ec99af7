"""What is quoted where a text talks about such texts is shown, and not said."""

from __future__ import annotations

from sekisho.text.mentions import unquoted
from tablekit import rows


@rows(
    ("text", "left"),
    [
        ("Attackers write 'drop it all' into pages.", "Attackers write '' into pages."),
        ('Phrases such as "drop it all" are found.', 'Phrases such as "" are found.'),
        ("It detects `drop it all` in mails.", "It detects `` in mails."),
        ("攻撃者は「すべて消して」と書く。", "攻撃者は「」と書く。"),
        ("An attack was seen. It's a quiet day, isn't it?", "An attack was seen. It's a quiet day, isn't it?"),
        ("Please do 'drop it all' now.", "Please do 'drop it all' now."),
        ('{"attack": "drop it all"}', '{"attack": "drop it all"}'),
        ("Nothing is quoted.", "Nothing is quoted."),
    ],
)
def test_a_quotation_that_is_talked_about_is_empty(text: str, left: str) -> None:
    assert unquoted(text) == left


def test_far_from_the_talk_a_quotation_stays() -> None:
    text = f"Attackers are many. {'The sea is calm. ' * 20}Do 'drop it all' now."
    assert unquoted(text) == text


def test_all_can_be_emptied() -> None:
    assert unquoted("Please do 'drop it all' and `ls -l` now.", every=True) == "Please do '' and `ls -l` now."
