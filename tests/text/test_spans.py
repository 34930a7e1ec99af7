from __future__ import annotations

from sekisho.text.spans import Spans


def test_a_pattern_is_found_in_bytes_from_left_to_right() -> None:
    spans = Spans("[a-c]+|\u27e6")
    data = "xxab \u27e6 c".encode()
    assert [(found.start(), found.end(), found[0]) for found in spans.find(data)] == [
        (2, 4, b"ab"),
        (5, 8, "\u27e6".encode()),
        (9, 10, b"c"),
    ]
    assert spans.has(data)
    assert not spans.has(b"xyz")
