"""What the lines of a request say, and what is remembered of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.gateway.http_head import Heads, read_head
from sekisho.wire.headers import Rejection
from sekisho.wire.versions import Generation, Revision

HOST = (b"host", b"127.0.0.1:3010")
JSON = (b"content-type", b"application/json")
BOTH = (b"accept", b"application/json, text/event-stream")
MODERN = (b"mcp-protocol-version", b"2026-07-28")

NAMES = st.sampled_from(
    [
        b"host",
        b"origin",
        b"accept",
        b"authorization",
        b"content-type",
        b"content-length",
        b"mcp-session-id",
        b"mcp-protocol-version",
        b"mcp-param-x",
        b"last-event-id",
    ]
)
VALUES = st.sampled_from([b"localhost", b"evil.example", b"application/json", b"2026-07-28", b"2025-11-25", b"7", b""])
LINES = st.lists(st.tuples(NAMES, VALUES), max_size=6)


def test_all_that_a_head_says_is_read_at_once() -> None:
    head = read_head(
        [
            HOST,
            JSON,
            BOTH,
            (b"authorization", b"Bearer x"),
            (b"mcp-session-id", b" s1 "),
            (b"mcp-protocol-version", b"2025-06-18"),
            (b"last-event-id", b"1_2"),
            (b"mcp-param-region", b"eu"),
        ]
    )
    assert head.foreign is None
    assert (head.is_json, head.accepts.json, head.accepts.events) == (True, True, True)
    assert (head.credentials, head.sessions, head.last_event) == ((b"Bearer x",), (b"s1",), b"1_2")
    assert (head.generation, head.revision) == (Generation.LEGACY, Revision.V2025_06_18)
    assert head.passed == ((b"mcp-param-region", b"eu"),)


def test_a_routing_header_that_is_there_twice_is_kept_as_a_rejection() -> None:
    head = read_head([HOST, MODERN, MODERN])
    assert isinstance(head.routing, Rejection)
    assert isinstance(head.revision, Rejection)
    assert head.generation is Generation.MODERN


def test_a_head_that_comes_again_is_not_read_again_whatever_the_length_of_its_body() -> None:
    heads = Heads()
    first = heads.read([HOST, (b"content-length", b"5"), JSON])
    assert heads.read([HOST, (b"content-length", b"90000"), JSON]) is first
    assert heads.read([HOST, JSON]) is first
    assert heads.read([JSON, HOST]) is not first


def test_a_long_head_is_read_and_forgotten() -> None:
    heads = Heads()
    long = [HOST, (b"authorization", b"x" * 4000)]
    assert heads.read(long) is not heads.read(long)
    assert heads.read(long).credentials == (b"x" * 4000,)


def test_what_is_remembered_is_bounded() -> None:
    heads = Heads()
    first = heads.read([HOST])
    for number in range(2000):
        heads.read([HOST, (b"mcp-session-id", b"%d" % number)])
        assert len(heads._known) <= 512  # pyright: ignore[reportPrivateUsage]  # the bound is on what it keeps
    assert heads.read([HOST]) == first


@given(st.lists(LINES, max_size=8))
def test_memory_never_changes_what_is_read(requests: list[list[tuple[bytes, bytes]]]) -> None:
    heads = Heads()
    for lines in [*requests, *requests]:
        assert heads.read(lines) == read_head(lines)
