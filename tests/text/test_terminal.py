from __future__ import annotations

from sekisho.text.terminal import concealed
from tablekit import rows


@rows(
    ("text", "count"),
    [
        ("\x1b[8m hidden \x1b[28m", 1),
        ("\x1b[0;1;8mx", 1),
        ("\x9b8mx", 1),
        ("\x1b]52;c;eA==\x07 and \x9d52;p;eA==\x9c", 2),
        ("\x1b[38;5;8mgrey", 0),
        ("\x1b[38;2;8;8;8mgrey", 0),
        ("\x1b[48;5;8;8mboth", 1),
        ("\x1b[38mx\x1b[58;9;1m", 0),
        ("\x1b[1;31mred\x1b[0m\x1b[m", 0),
        ("\x1b[38:5:8m", 0),
        ("[8m", 0),
    ],
)
def test_what_is_not_drawn_is_counted(text: str, count: int) -> None:
    assert concealed(text) == count
