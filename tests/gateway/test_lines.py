"""Lines out of bytes, in any cut, with a bound."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from sekisho.gateway.lines import LineSplitter


def fed(chunks: list[bytes], limit: int) -> tuple[list[bytes], int]:
    splitter = LineSplitter(limit)
    lines: list[bytes] = []
    dropped = 0
    for chunk in chunks:
        found, over = splitter.feed(chunk)
        lines += found
        dropped += over
    return lines, dropped


def test_lines_come_whole() -> None:
    assert fed([b"a\nb", b"c\r\n", b"\n", b"d"], 10) == ([b"a", b"bc\r", b""], 0)


def test_a_line_of_the_limit_passes_and_one_byte_more_is_dropped_alone() -> None:
    assert fed([b"x" * 5 + b"\n" + b"y" * 6 + b"\nz\n"], 5) == ([b"x" * 5, b"z"], 1)


def test_a_long_line_is_counted_once_and_its_end_is_found() -> None:
    assert fed([b"x" * 4] * 100 + [b"\nnext\n"], 10) == ([b"next"], 1)


def test_nothing_of_a_long_line_is_kept() -> None:
    splitter = LineSplitter(1000)
    piece = b"x" * 100_000
    tracemalloc.start()
    for _ in range(100):
        splitter.feed(piece)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


@given(st.binary(max_size=200), st.lists(st.integers(0, 200), max_size=8), st.integers(1, 30))
def test_the_cut_of_the_chunks_makes_no_difference(data: bytes, places: list[int], limit: int) -> None:
    cuts = sorted({place for place in places if place <= len(data)})
    chunks = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    lines, dropped = fed([*chunks, b"\n"], limit)
    whole = data.split(b"\n")
    assert lines == [line for line in whole if len(line) <= limit]
    assert dropped == len([line for line in whole if len(line) > limit])
