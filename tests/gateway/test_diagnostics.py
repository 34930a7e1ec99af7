"""What a server writes to its standard error: shown line by line, escaped, cut, and no more than a person can read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.gateway.diagnostics import Diagnostics
from tablekit import rows

BURST = 500
PER_SECOND = 50


class Stage:
    """Diagnostics with a clock that a test turns."""

    def __init__(self) -> None:
        self.now = 0.0
        self.shown: list[str] = []
        self.diagnostics = Diagnostics(self.shown.append, lambda: self.now)

    def feed(self, data: bytes) -> list[str]:
        """Return what was shown for `data`."""
        before = len(self.shown)
        self.diagnostics.feed(data)
        return self.shown[before:]


@rows(
    ("data", "shown"),
    [
        (b"", []),
        (b"no end", []),
        (b"ready\n", ["ready"]),
        (b"one\ntwo\n", ["one", "two"]),
        (b"\n", [""]),
        ("日本語\n".encode(), ["日本語"]),
        (b"\x1b[31mred\n", ["␛[31mred"]),
        (b"\x1b]0;title\x07\n", ["␛]0;title␇"]),
        (b"a\rb\n", ["a␍b"]),
        (b"::error::x\n", ["⟨::⟩error::x"]),
        (b"##[group]x\n", ["⟨##⟩[group]x"]),
        ("a\u202eb\n".encode(), ["a⟨U+202E⟩b"]),
        ("a\u2028b\n".encode(), ["a⟨U+2028⟩b"]),
        (b"\xff\xfe\n", ["��"]),
    ],
)
def test_lines_are_shown_and_obeyed_by_no_terminal(data: bytes, shown: list[str]) -> None:
    assert Stage().feed(data) == shown


def test_a_line_is_shown_when_it_is_complete() -> None:
    stage = Stage()
    assert stage.feed(b"hel") == []
    assert stage.feed(b"lo\nwor") == ["hello"]
    assert stage.feed(b"ld\n") == ["world"]


def test_a_long_line_is_cut_to_what_fits_a_screen() -> None:
    (line,) = Stage().feed(b"x" * 8000 + b"\n")
    assert len(line) == 500
    assert line.endswith("…")


@pytest.mark.parametrize("chunks", [[b"x" * 9000 + b"\n"], [b"x" * 5000, b"x" * 5000, b"\n"], [b"x" * 100_000, b"\n"]])
def test_an_endless_line_is_left_out_and_counted(chunks: list[bytes]) -> None:
    stage = Stage()
    for chunk in chunks:
        assert stage.feed(chunk) == []
    assert stage.feed(b"next\n") == ["(1 lines of the server's output left out)", "next"]
    assert stage.feed(b"more\n") == ["more"]


def test_a_flood_is_left_out_and_counted() -> None:
    stage = Stage()
    assert stage.feed(b"flood\n" * (BURST + 1234)) == ["flood"] * BURST
    assert stage.feed(b"still\n") == []
    stage.now += 1 / PER_SECOND
    assert stage.feed(b"again\n") == ["(1235 lines of the server's output left out)", "again"]
    assert stage.feed(b"no\n") == []


def test_a_flood_of_endless_lines_shows_nothing() -> None:
    stage = Stage()
    for _ in range(50):
        assert stage.feed((b"x" * 9000 + b"\n") * 10) == []
    assert stage.feed(b"end\n") == ["(500 lines of the server's output left out)", "end"]


def test_silence_earns_no_more_than_one_burst() -> None:
    stage = Stage()
    stage.feed(b"flood\n" * BURST)
    stage.now += 1e9
    assert len(stage.feed(b"flood\n" * (2 * BURST))) == BURST


@settings(max_examples=50)
@given(st.lists(st.tuples(st.binary(max_size=40), st.floats(min_value=0, max_value=3)), max_size=30))
def test_whatever_is_written_only_printable_lines_are_shown(steps: list[tuple[bytes, float]]) -> None:
    stage = Stage()
    for data, pause in steps:
        stage.now += pause
        stage.feed(data)
    assert all(not ({*map(ord, line)} & {*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029}) for line in stage.shown)
    assert len(stage.shown) == sum(data.count(b"\n") for data, _ in steps)
