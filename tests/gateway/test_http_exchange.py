"""One request, one answer: framing, persistence, and what a lost or broken exchange leaves behind."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from sekisho.gateway.http_exchange import Exchange


@dataclass
class Wire:
    """Remembers what a connection would do."""

    written: bytes = b""
    writes: int = 0
    endings: list[bool] = field(default_factory=list[bool])
    aborted: bool = False

    def write(self, data: bytes) -> None:
        self.written += data
        self.writes += 1

    def finished(self, *, keep_alive: bool) -> None:
        self.endings.append(keep_alive)

    def abort(self) -> None:
        self.aborted = True


def opened(*, method: bytes = b"POST", keep_alive: bool = True, chunks: bool = True) -> tuple[Exchange, Wire]:
    wire = Wire()
    exchange = Exchange(
        wire, method=method, target=b"/mcp", headers=[], body=b"", uid=0, keep_alive=keep_alive, chunks=chunks
    )
    return exchange, wire


def test_a_whole_answer_is_one_write_with_its_length() -> None:
    exchange, wire = opened()
    exchange.reply(200, b"hi", ((b"content-type", b"text/plain"),))
    assert wire.written == b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nhi"
    assert (wire.writes, wire.endings, exchange.closed) == (1, [True], True)


def test_a_second_answer_is_not_sent() -> None:
    exchange, wire = opened()
    exchange.reply(200, b"one")
    exchange.reply(200, b"two")
    exchange.begin(())
    exchange.send(b"three")
    exchange.end(b"four")
    assert (wire.writes, wire.endings) == (1, [True])


@pytest.mark.parametrize("status", [204, 304])
def test_some_statuses_have_no_body(status: int) -> None:
    exchange, wire = opened()
    exchange.reply(status, b"never")
    assert wire.written.endswith(b"\r\n\r\n")
    assert b"content-length" not in wire.written


def test_a_head_request_gets_the_head_alone() -> None:
    exchange, wire = opened(method=b"HEAD")
    exchange.reply(405, b"body")
    assert wire.written.endswith(b"content-length: 4\r\n\r\n")


def test_a_stream_is_chunked_and_its_head_goes_with_its_first_part() -> None:
    exchange, wire = opened()
    exchange.begin(((b"content-type", b"text/event-stream"),))
    assert wire.writes == 0
    exchange.send(b"abc")
    exchange.end(b"de")
    head, _, body = wire.written.partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in head
    assert body == b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    assert (wire.writes, wire.endings) == (2, [True])


def test_a_head_that_waits_can_be_sent_alone_and_an_empty_end_ends() -> None:
    exchange, wire = opened()
    exchange.begin(())
    exchange.flush()
    exchange.flush()
    assert wire.writes == 1
    exchange.end()
    assert wire.written.endswith(b"\r\n\r\n0\r\n\r\n")


def test_without_chunks_the_end_of_the_connection_ends_a_stream() -> None:
    exchange, wire = opened(chunks=False)
    exchange.begin(())
    exchange.send(b"abc")
    exchange.end(b"de")
    assert b"connection: close\r\n\r\nabcde" in wire.written
    assert wire.endings == [False]


def test_a_peer_that_left_is_told_once_and_nothing_is_written_any_more() -> None:
    exchange, wire = opened()
    seen: list[str] = []
    exchange.on_lost = lambda: seen.append("lost")
    exchange.lost()
    exchange.lost()
    exchange.reply(200, b"late")
    exchange.flush()
    exchange.abort()
    assert (seen, wire.writes, wire.aborted) == (["lost"], 0, False)


def test_a_peer_that_reads_again_is_told_of_what_waits() -> None:
    exchange, _ = opened()
    seen: list[bool] = []
    exchange.on_drain = lambda: seen.append(exchange.blocked)
    exchange.block()
    assert exchange.blocked
    exchange.unblock()
    exchange.lost()
    exchange.unblock()
    assert seen == [False]


def test_a_fault_before_the_answer_is_said_and_one_inside_of_it_drops_the_connection() -> None:
    exchange, wire = opened()
    exchange.fail()
    assert wire.written.startswith(b"HTTP/1.1 500 ")
    exchange, wire = opened()
    exchange.begin(())
    exchange.send(b"half")
    exchange.fail()
    assert wire.aborted
