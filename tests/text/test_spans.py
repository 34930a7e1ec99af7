from __future__ import annotations

from sekisho.text.spans import Several, Spans


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


def test_several_patterns_are_found_in_the_order_in_which_they_stand() -> None:
    several = Several("bc", "[cd]", "a") + Several("é")
    found = [(match.start(), match[0].decode()) for match in several.find("abcdé".encode())]
    assert found == [(0, "a"), (1, "bc"), (2, "c"), (3, "d"), (4, "é")]
    assert several.has("é".encode())
    assert not several.has(b"xyz")
    assert not Several().has(b"x")
