"""What relay and broker say to each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.gateway.broker.frames import (
    ENDED,
    ENTRY,
    HEAD,
    LINE,
    STATUS,
    Frames,
    FramesError,
    Hello,
    frame,
    unpack_head,
)

WORDS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=40)
NAMES = WORDS.filter(lambda name: name and "=" not in name)


@given(
    entry=WORDS,
    config=WORDS,
    env=st.dictionaries(NAMES, WORDS, max_size=5),
    read=st.binary(max_size=100),
    standing=st.sampled_from([b"", b'{"=": "=\xc3\xa4"}']),
)
def test_a_greeting_is_read_as_it_was_meant(
    entry: str, config: str, env: dict[str, str], read: bytes, standing: bytes
) -> None:
    whole = {**env, "": "of nothing"}
    data = Hello(
        kind=ENTRY, version="1.2", entry=entry, config=config, cwd="/srv", env=whole, read=read, standing=standing
    ).pack()
    kind, words, held = unpack_head(data[: HEAD.size])
    body = data[HEAD.size : HEAD.size + words]
    found = Hello.unpack(kind, body, data[HEAD.size + words :])
    assert (found.version, found.entry, found.config, found.cwd, found.env) == ("1.2", entry, config, "/srv", env)
    assert (found.read, held, found.standing) == (read, len(read), standing)


@pytest.mark.parametrize(
    "head",
    [b"GET / HTTP/1.", HEAD.pack(b"SKB1", ENTRY, 2**31, 0), HEAD.pack(b"SKB1", ENTRY, 0, 2**31)],
)
def test_a_head_of_somebody_else_or_without_bound_is_none(head: bytes) -> None:
    with pytest.raises(FramesError):
        unpack_head(head)


@pytest.mark.parametrize(("kind", "body"), [(ENTRY, b"one\0two"), (b"?", b"1\0e\0c\0/"), (STATUS, b"")])
def test_a_greeting_that_lacks_a_part_is_none(kind: bytes, body: bytes) -> None:
    with pytest.raises(FramesError):
        Hello.unpack(kind, body, b"")


@given(st.lists(st.tuples(st.sampled_from([LINE, ENDED]), st.binary(max_size=50)), max_size=10), st.integers(1, 20))
def test_frames_come_out_as_they_went_in_however_they_are_cut(sent: list[tuple[bytes, bytes]], size: int) -> None:
    data = b"".join(frame(kind, payload) for kind, payload in sent)
    frames = Frames()
    found = [one for at in range(0, len(data), size) for one in frames.feed(data[at : at + size])]
    assert found == sent


def test_a_frame_without_bound_is_refused() -> None:
    with pytest.raises(FramesError):
        list(Frames().feed(LINE + b"\xff\xff\xff\xff"))
