"""Lines on standard error: written by a thread while a gateway runs, so that one who never reads them stops nothing."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sekisho.cli import stderr
from sekisho.cli.stderr import Lines

if TYPE_CHECKING:
    import pytest

MANY = 5000
WAITING = 10


def read(descriptor: int) -> bytes:
    """Read to the end."""
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def fill(descriptor: int) -> int:
    """Write until there is no room; return how much it was."""
    os.set_blocking(descriptor, False)
    written = 0
    try:
        while True:
            written += os.write(descriptor, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(descriptor, True)
        return written


def test_lines_arrive_in_their_order_with_escapes_for_what_cannot_be_encoded() -> None:
    reader, writer = os.pipe()
    lines = Lines(writer, "ascii")
    for each in ("one", "関", "three"):
        lines.write(each)
    assert lines.close()
    os.close(writer)
    assert read(reader) == b"one\n\\u95a2\nthree\n"


def test_where_nobody_reads_nothing_waits_and_few_lines_are_kept() -> None:
    reader, writer = os.pipe()
    filled = fill(writer)
    lines = Lines(writer, waiting=WAITING)
    for number in range(MANY):
        lines.write(str(number))
    assert not lines.close(0.01)
    with os.fdopen(reader, "rb") as file:
        assert file.read(filled) == b"x" * filled
        assert file.readline() == b"0\n"
        assert lines.close(10)
        lines = Lines(writer)
        lines.write("end")
        assert lines.close(10)
        os.close(writer)
        *told, end = file.read().decode().splitlines()
    numbers = [int(each) for each in told if each.isdigit()]
    assert numbers == sorted(numbers)
    assert len(told) < 2 * WAITING
    assert end == "end"


def test_how_many_were_left_out_is_told_before_the_next_that_is_not() -> None:
    reader, writer = os.pipe()
    filled = fill(writer)
    lines = Lines(writer, waiting=WAITING)
    for _ in range(MANY):
        lines.write("x")
    with os.fdopen(reader, "rb") as file:
        assert file.read(filled) == b"x" * filled
        while (told := file.readline()) == b"x\n":
            lines.write("x")
        assert b"lines left out" in told
        lines.close(10)
        os.close(writer)


def test_a_reader_that_went_away_ends_it_without_a_word() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    lines = Lines(writer)
    lines.write("one")
    lines.write("two")
    assert not lines.close(10)
    lines.write("three")
    os.close(writer)


def test_commands_write_at_once_and_a_gateway_by_its_thread(capfd: pytest.CaptureFixture[str]) -> None:
    stderr.write("before")
    with stderr.apart():
        stderr.write("meanwhile")
    stderr.write("after")
    assert capfd.readouterr().err == "before\nmeanwhile\nafter\n"


def test_without_standard_error_nothing_is_written(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with stderr.apart():
        stderr.write("nobody")
    assert not capfd.readouterr().err
