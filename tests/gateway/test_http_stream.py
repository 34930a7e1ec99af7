"""The log behind a response: numbered, bounded, kept for who comes back."""

from __future__ import annotations

import pytest

from sekisho.gateway import http_stream
from sekisho.gateway.http_stream import Stream


class Eye:
    """A reader that counts."""

    def __init__(self) -> None:
        self.news_count = 0

    def news(self) -> None:
        self.news_count += 1

    def quiet(self, now: float) -> None:
        del now


def test_messages_are_numbered_from_one() -> None:
    stream = Stream(b"1")
    stream.push(b"a")
    stream.push(b"b")
    assert (stream.first, stream.end, stream.at(1), stream.at(2)) == (1, 3, b"a", b"b")


def test_a_stream_ends_behind_the_last_answer_it_owes() -> None:
    stream = Stream(b"1")
    stream.open = {1, 2}
    stream.push(b"a", answers=1)
    assert not stream.finished
    stream.close(2)
    assert stream.finished
    assert not stream.broken


def test_a_reader_is_told_of_every_change() -> None:
    stream, eye = Stream(b"1"), Eye()
    stream.open = {1, 2, 3}
    stream.push(b"a")
    stream.reader = eye
    stream.push(b"b")
    stream.push(b"c", answers=1)
    stream.close(2)
    stream.finish()
    assert eye.news_count == 4
    assert stream.finished
    assert not stream.open


def test_what_was_sent_is_kept_for_who_comes_back_within_bounds() -> None:
    stream = Stream(b"1")
    for number in range(1, 301):
        stream.push(b"%d" % number)
        stream.sent(number)
    assert (stream.first, stream.end) == (101, 301)
    stream.rewind(200)
    for number in range(200, 301):
        stream.sent(number)
    assert stream.at(300) == b"300"
    stream.push(b"x" * 300_000)
    stream.sent(301)
    assert stream.first == 302


def test_what_cannot_be_resumed_is_not_kept() -> None:
    stream = Stream(b"")
    stream.push(b"a")
    stream.sent(1)
    assert (stream.first, stream.end) == (2, 2)


def test_what_waits_is_bounded_and_over_the_bound_the_stream_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_stream, "_WAITING_BYTES", 100)
    stream = Stream(b"1")
    stream.open = {1}
    stream.push(b"x" * 60)
    stream.sent(1)
    stream.push(b"x" * 90)
    assert not stream.broken
    stream.push(b"x" * 60)
    assert stream.broken
    assert stream.finished
    assert stream.first == stream.end
    stream.push(b"more")
    assert stream.first == stream.end


def test_nobody_reads_and_the_oldest_go() -> None:
    stream = Stream(b"0", lossy=True)
    for number in range(1, 2001):
        stream.push(b"%1000d" % number)
    assert not stream.broken
    assert 500 < stream.end - stream.first <= 1100
    assert stream.at(stream.end - 1).strip() == b"2000"


@pytest.mark.parametrize("lossy", [True, False])
def test_one_message_of_any_size_passes(lossy: bool) -> None:  # noqa: FBT001 - a parameter of the test
    stream, eye = Stream(b"0", lossy=lossy), Eye()
    stream.reader = eye
    stream.push(b"x" * 32_000_000)
    assert eye.news_count == 1
    assert not stream.broken
    assert stream.end - stream.first == 1
