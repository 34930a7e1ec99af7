from __future__ import annotations

from sekisho.guards.inner import commands_in
from sekisho.guards.script import Word
from tablekit import rows


@rows(
    ("text", "expected"),
    [
        ("find . -exec a b ; -ok c", ["a b", "c"]),
        ("fd x -X a", ["a"]),
        ("nohup a b", ["a b"]),
        ("npx a b", ["a b"]),
        ("ls a", []),
    ],
)
def test_a_command_is_found_in_the_words_of_another(text: str, expected: list[str]) -> None:
    plain, *words = text.split()
    found = commands_in(plain, [Word(each) for each in words])
    assert [" ".join(word.text for word in each) for each in found] == expected
