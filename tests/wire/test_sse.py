"""The event-stream codec against the WHATWG rules, and under every cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.wire.sse import COMMENT, Decoder, Event, encode
from sekisho.wire.strict import WireError
from tablekit import rows

TABLE: list[tuple[str, bytes, list[Event]]] = [
    ("one line", b"data: a\n\n", [Event(data=b"a")]),
    ("no space after the colon", b"data:a\n\n", [Event(data=b"a")]),
    ("only the first space goes", b"data:  a\n\n", [Event(data=b" a")]),
    ("CRLF", b"data: a\r\n\r\n", [Event(data=b"a")]),
    ("CR", b"data: a\r\r", [Event(data=b"a")]),
    ("mixed line ends", b"data: a\rdata: b\r\ndata: c\n\n", [Event(data=b"a\nb\nc")]),
    ("CRLF is one line end, LF CR are two", b"data: a\n\rdata: b\n\n", [Event(data=b"a"), Event(data=b"b")]),
    ("two events", b"data: a\n\ndata: b\n\n", [Event(data=b"a"), Event(data=b"b")]),
    ("many lines", b"data: a\ndata:\ndata: b\n\n", [Event(data=b"a\n\nb")]),
    ("a colon in the value", b"data: a:b\n\n", [Event(data=b"a:b")]),
    ("a field without a colon is empty", b"data\n\n", [Event(data=b"")]),
    ("two empty data lines are one line end", b"data\ndata\n\n", [Event(data=b"\n")]),
    ("a typed event", b"event: endpoint\ndata: /m\n\n", [Event(data=b"/m", event=b"endpoint")]),
    ("the type is forgotten", b"event: x\ndata: a\n\ndata: b\n\n", [Event(data=b"a", event=b"x"), Event(data=b"b")]),
    ("a type without data is no event", b"event: x\n\ndata: a\n\n", [Event(data=b"a")]),
    ("an empty type is message", b"event:\ndata: a\n\n", [Event(data=b"a")]),
    ("an id", b"id: 7\ndata: a\n\ndata: b\n\n", [Event(data=b"a", id=b"7"), Event(data=b"b")]),
    ("an id with NUL is ignored", b"id: 7\0\ndata: a\n\n", [Event(data=b"a")]),
    ("an empty id resets", b"id\ndata: a\n\n", [Event(data=b"a", id=b"")]),
    ("a priming event", b"id: 1\ndata:\n\n", [Event(data=b"", id=b"1")]),
    ("retry", b"retry: 030\ndata: a\n\n", [Event(data=b"a", retry=30)]),
    ("retry with a sign is ignored", b"retry: -1\ndata: a\n\n", [Event(data=b"a")]),
    ("retry with other digits is ignored", "retry: ٣\ndata: a\n\n".encode(), [Event(data=b"a")]),
    ("retry without digits is ignored", b"retry:\ndata: a\n\n", [Event(data=b"a")]),
    ("a huge retry is cut", b"retry: " + b"9" * 5000 + b"\ndata: a\n\n", [Event(data=b"a", retry=2**31 - 1)]),
    ("many zeros", b"retry: " + b"0" * 5000 + b"7\ndata: a\n\n", [Event(data=b"a", retry=7)]),
    ("a comment", b": hello\ndata: a\n\n", [Event(data=b"a")]),
    ("the keep-alive comment", COMMENT + b"data: a\n\n" + COMMENT, [Event(data=b"a")]),
    ("an unknown field", b"dat: x\nDATA: x\ndata : x\ndata: a\n\n", [Event(data=b"a")]),
    ("a byte order mark", b"\xef\xbb\xbfdata: a\n\n", [Event(data=b"a")]),
    ("only one mark, only at the start", b"\xef\xbb\xbf\xef\xbb\xbfdata: x\ndata: a\n\n", [Event(data=b"a")]),
    ("half a mark is a field name", b"\xef\xbbdata: x\ndata: a\n\n", [Event(data=b"a")]),
    ("an event without its end is dropped", b"data: a\n\ndata: b\n", [Event(data=b"a")]),
    ("a line without its end is dropped", b"data: a\n\ndata: b", [Event(data=b"a")]),
    ("blank lines", b"\n\r\n\r\n\n\ndata: a\n\n\n\n", [Event(data=b"a")]),
    (
        "other control characters end no line",
        b"data: a\x0b\x0c\x1c\xc2\x85b\n\n",
        [Event(data=b"a\x0b\x0c\x1c\xc2\x85b")],
    ),
    ("no bytes", b"", []),
]


@pytest.mark.parametrize(("stream", "events"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_stream_has_its_events_in_one_piece_and_byte_by_byte(stream: bytes, events: list[Event]) -> None:
    assert Decoder().feed(stream) == events
    assert bytewise(Decoder(), stream) == events


def bytewise(decoder: Decoder, stream: bytes, size: int = 1) -> list[Event]:
    return [event for at in range(0, len(stream), size) for event in decoder.feed(stream[at : at + size])]


PIECES = st.sampled_from(
    [
        b"\n",
        b"\r",
        b"\r\n",
        b"data",
        b"event",
        b"id",
        b"retry",
        b":",
        b" ",
        b"a",
        b"7",
        b"\0",
        b"\xef\xbb\xbf",
        b"data: x\n\n",
    ]
)


@given(stream=st.lists(PIECES, max_size=60).map(b"".join), data=st.data())
def test_cutting_a_stream_anywhere_gives_the_same_events(stream: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    whole, cut = Decoder(), Decoder()
    expected = whole.feed(stream)
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert [event for piece in pieces for event in cut.feed(piece)] == expected
    assert (cut.last_id, cut.retry) == (whole.last_id, whole.retry)


@given(
    data=st.binary(),
    id=st.none() | st.binary().map(lambda value: value.translate(None, b"\r\n\0")),
    event=st.none() | st.binary().map(lambda value: value.translate(None, b"\r\n\0")),
    retry=st.none() | st.integers(0, 2**31 - 1),
)
def test_what_is_encoded_is_decoded(data: bytes, id: bytes | None, event: bytes | None, retry: int | None) -> None:  # noqa: A002 - as encode
    received = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    expected = Event(data=received, id=id, event=event or b"message", retry=retry)
    assert Decoder().feed(encode(data, id=id, event=event, retry=retry)) == [expected]


def test_the_stream_remembers_id_and_retry_of_blocks_without_data() -> None:
    decoder = Decoder()
    assert decoder.feed(b"id: 4\nretry: 500\n\n") == []
    assert (decoder.last_id, decoder.retry) == (b"4", 500)
    assert decoder.feed(b"data: a\n\n") == [Event(data=b"a")]


def test_an_id_counts_only_when_its_block_ends() -> None:
    decoder = Decoder()
    decoder.feed(b"id: 1\ndata: a\n\nid: 2\ndata: b")
    assert decoder.last_id == b"1"


@rows(
    "stream",
    [
        b"data: " + b"a" * 100 + b"\n\n",
        b"data: " + b"a" * 100,
        b": " + b"a" * 100,
        b"event: " + b"a" * 100 + b"\n",
        b"data: aaaaaaaaaaaa\n" * 4,
        b"data\n" * 20,
        b"\n" + b"a" * 100,
    ],
)
def test_a_line_or_event_over_the_limit_is_refused(stream: bytes) -> None:
    with pytest.raises(WireError) as caught:
        Decoder(limit=64).feed(stream)
    assert caught.value.reason == "too-large"
    with pytest.raises(WireError):
        bytewise(Decoder(limit=64), stream)


def test_the_limit_itself_is_allowed_again_and_again() -> None:
    decoder = Decoder(limit=64)
    full = b"data: " + b"a" * 58 + b"\n\n"
    assert len(decoder.feed(full * 3 + b": " + b"c" * 62 + b"\n" + full)) == 4
    assert decoder.feed(full) == [Event(data=b"a" * 58)]


def test_a_megabyte_in_small_pieces_is_one_event() -> None:
    events = bytewise(Decoder(), b"data: " + b"a" * 1_000_000 + b"\n\n", size=10)
    assert [len(event.data) for event in events] == [1_000_000]


@pytest.mark.parametrize("value", [b"a\nb", b"a\rb", b"a\0b"])
def test_a_forged_field_is_not_encoded(value: bytes) -> None:
    with pytest.raises(ValueError, match="id of an event"):
        encode(b"x", id=value)
    with pytest.raises(ValueError, match="event of an event"):
        encode(b"x", event=value)


def test_data_of_several_lines_stays_whole() -> None:
    assert Decoder().feed(encode(b"a\nb\r\nc")) == [Event(data=b"a\nb\nc")]


def test_a_negative_retry_is_not_encoded() -> None:
    with pytest.raises(ValueError, match="negative"):
        encode(b"x", retry=-1)
