"""Lines are the same however the bytes were cut."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from sekisho.gateway.child_pipes import TAIL, LineReader, TailReader

PIECES = st.lists(st.text("ab\r\n", max_size=12).map(str.encode), max_size=12)


class Sink:
    def __init__(self, limit: int) -> None:
        self.lines: list[bytes] = []
        self.said: list[str] = []
        self.reader = LineReader(
            self.lines.append,
            limit=limit,
            overflow=lambda: self.said.append("overflow"),
            fault=lambda: self.said.append("fault"),
            on_end=lambda: self.said.append("end"),
        )
        self.reader.resume()

    def read(self, pieces: list[bytes]) -> None:
        for piece in pieces:
            self.reader.data_received(piece)
        self.reader.connection_lost(None)


@given(PIECES)
def test_lines_do_not_depend_on_how_the_bytes_were_cut(pieces: list[bytes]) -> None:
    sink = Sink(limit=1000)
    sink.read(pieces)
    *lines, last = b"".join(pieces).split(b"\n")
    expected = [*lines, last] if last else lines
    assert sink.lines == [line.removesuffix(b"\r") for line in expected]
    assert sink.said == ["end"]


@given(PIECES, st.integers(min_value=1, max_value=8))
def test_nothing_comes_from_a_line_over_the_limit_on(pieces: list[bytes], limit: int) -> None:
    sink = Sink(limit=limit)
    sink.read(pieces)
    lines = b"".join(pieces).split(b"\n")
    bad = next((index for index, line in enumerate(lines) if len(line) > limit), None)
    if bad is None:
        assert sink.said == ["end"]
    else:
        assert sink.lines == [line.removesuffix(b"\r") for line in lines[:bad]]
        assert sink.said == ["overflow", "end"]


def test_a_line_that_drips_in_costs_no_more_than_its_bytes() -> None:
    sink = Sink(limit=300_000)
    tracemalloc.start()
    for _ in range(200_000):
        sink.reader.data_received(b"x")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 600_000
    sink.reader.data_received(b"\n")
    assert sink.lines == [b"x" * 200_000]


@given(st.lists(st.binary(max_size=40_000), max_size=12))
def test_the_tail_is_the_end_of_everything(pieces: list[bytes]) -> None:
    ends: list[None] = []
    seen: list[bytes] = []
    reader = TailReader(lambda: ends.append(None), seen.append)
    for piece in pieces:
        reader.data_received(piece * 8)
    reader.connection_lost(None)
    assert reader.tail == b"".join(piece * 8 for piece in pieces)[-TAIL:]
    assert len(ends) == 1
    assert b"".join(seen) == b"".join(piece * 8 for piece in pieces)
