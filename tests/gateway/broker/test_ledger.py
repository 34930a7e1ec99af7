"""The ledger: what its reader finds, whenever its writer stops."""

from __future__ import annotations

import mmap
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.gateway.broker import ledger as ledger_module
from sekisho.gateway.broker.ledger import CALL, MODERN, Ledger, LedgerFullError, Left

if TYPE_CHECKING:
    from collections.abc import Generator

    from sekisho.gateway.broker.ledger import Owed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")

KB = 1024


class Pair:
    """A ledger, the host's pipe, and the relay's look at it."""

    def __init__(self, line: int) -> None:
        self.ledger = Ledger(line)
        self.kept = os.dup(self.ledger.descriptor)
        self.source, self.host = os.pipe()

    def left(self) -> Left:
        with mmap.mmap(self.kept, 0, prot=mmap.PROT_READ) as memory:
            return Left(memory)

    def say(self, data: bytes) -> bytes:
        """Let the host write and the broker read."""
        os.write(self.host, data)
        return self.ledger.read(self.source)

    def close(self) -> None:
        self.ledger.close()
        for descriptor in (self.kept, self.source, self.host):
            os.close(descriptor)


@contextmanager
def pair(line: int = 64 * KB) -> Generator[Pair]:
    made = Pair(line)
    try:
        yield made
    finally:
        made.close()


def test_what_was_read_and_is_on_no_log_is_pending() -> None:
    with pair() as one:
        assert one.say(b'{"id":1}\n{"id') == b'{"id":1}\n{"id'
        assert one.left().pending == b'{"id":1}\n{"id'
        assert one.left().owed == []


def test_what_is_taken_is_owed_and_the_rest_of_a_line_stays_pending() -> None:
    with pair() as one:
        one.ledger.take(one.say(b'{"id":1}\n{"id'), [(b"i1", CALL)])
        assert (one.left().owed, one.left().pending) == ([(b"i1", CALL)], b'{"id')
        one.ledger.take(one.say(b'":2}\n'), [(b"i2", MODERN)])
        assert (one.left().owed, one.left().pending) == ([(b"i1", CALL), (b"i2", MODERN)], b"")
        assert not one.ledger.owes_only(())
        one.ledger.settle(b"i1")
        one.ledger.settle(b"i1")
        assert one.left().owed == [(b"i2", MODERN)]
        one.ledger.settle(b"i2")
        assert one.ledger.owes_only(())


def test_an_id_that_is_used_twice_is_owed_two_answers() -> None:
    with pair() as one:
        one.ledger.take(b"\n", [(b"i1", 0), (b"i1", CALL)])
        one.ledger.settle(b"i1")
        assert len(one.left().owed) == 1


def test_a_line_to_the_host_that_did_not_end_is_told() -> None:
    with pair() as one:
        assert not one.left().torn
        one.ledger.tear(torn=True)
        assert one.left().torn
        one.ledger.tear(torn=False)
        assert not one.left().torn


def test_what_a_relay_had_read_comes_first() -> None:
    with pair() as one:
        one.ledger.take(one.ledger.adopt(b'{"i'), [])
        one.say(b'd":1}\n')
        assert one.left().pending == b'{"id":1}\n'


def test_a_line_that_is_too_long_is_skipped_to_its_end() -> None:
    with pair(line=2 * KB) as one:
        for _ in range(40):
            one.ledger.take(one.say(b"x" * KB), [])
        assert one.left().skipping
        assert len(one.left().pending) <= 2 * KB
        one.ledger.take(one.say(b"end\nnext"), [])
        assert not one.left().skipping
        assert one.left().pending == b"next"


def test_a_long_line_gives_its_memory_back() -> None:
    with pair(line=4 * KB * KB) as one:
        for _ in range(60):
            one.ledger.take(one.say(b"x" * 50 * KB), [])
        assert len(one.left().pending) == 60 * 50 * KB
        assert os.fstat(one.kept).st_blocks * 512 > 2 * KB * KB
        one.ledger.take(one.say(b"\nrest"), [])
        assert one.left().pending == b"rest"
        assert os.fstat(one.kept).st_blocks * 512 < KB * KB


def test_the_log_never_grows_with_what_is_settled() -> None:
    with pair() as one:
        before = os.fstat(one.kept).st_blocks
        for number in range(20_000):
            key = b"i%d" % number
            one.ledger.take(b"\n", [(key, CALL)])
            if number % 1000:
                one.ledger.settle(key)
        assert one.left().owed == [(b"i%d" % number, CALL) for number in range(0, 20_000, 1000)]
        assert os.fstat(one.kept).st_blocks - before < 300


def test_more_than_it_holds_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "_HALF", 64 * KB)
    with pair() as one, pytest.raises(LedgerFullError):
        one.ledger.take(b"\n", [(b"s%d" % number + b"x" * 1000, 0) for number in range(100)])


def test_nobody_can_cut_it_short() -> None:
    with pair() as one, pytest.raises(PermissionError):
        os.ftruncate(one.kept, 0)


def test_nothing_to_read_and_the_end_are_told_apart() -> None:
    with pair() as one:
        os.set_blocking(one.source, False)
        with pytest.raises(BlockingIOError):
            one.ledger.read(one.source)
        os.close(one.host)
        assert one.ledger.read(one.source) == b""
        one.host = os.open(os.devnull, os.O_RDONLY)


@given(
    st.lists(st.tuples(st.sampled_from(["take", "settle"]), st.integers(0, 9), st.integers(0, 3)), max_size=60),
    st.integers(40, 400),
)
def test_whoever_reads_it_finds_what_its_writer_owes(steps: list[tuple[str, int, int]], compact: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger_module, "_COMPACT", compact)
        with pair() as one:
            owed: list[Owed] = []
            for step, number, kind in steps:
                key = b"i%d" % number
                if step == "take":
                    one.ledger.take(b"\n", [(key, kind)])
                    owed.append((key, kind))
                else:
                    one.ledger.settle(key)
                    last = next((place for place, found in reversed([*enumerate(owed)]) if found[0] == key), None)
                    if last is not None:
                        del owed[last]
                assert sorted(one.left().owed) == sorted(owed)


@given(st.lists(st.sampled_from([b"{}", b"\n", b'{"id":1}\n', b"a" * 700, b"b" * 3000, b"c\nd"]), max_size=60))
def test_no_byte_of_a_host_is_only_in_the_broker(pieces: list[bytes]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger_module, "_CHUNK", 2 * KB)
        patch.setattr(ledger_module, "_GIVE_BACK", 4 * KB)
        with pair(line=8 * KB) as one:
            tail = b""
            for piece in pieces:
                os.write(one.host, piece)
                left = len(piece)
                while left:
                    data = one.ledger.read(one.source)
                    left -= len(data)
                    one.ledger.take(data, [])
                    tail = (tail + data).rpartition(b"\n")[2]
                    if len(tail) > 8 * KB:
                        tail = b""
                    assert one.left().pending == tail


def test_the_last_that_a_host_relies_on_is_found_and_what_is_too_long_is_nothing() -> None:
    with pair(KB) as one:
        assert one.left().standing is None
        for line in (b'{"first": 1}', b'{"second": 2}', b"{}", b"x" * (256 * KB - 1)):
            one.ledger.remember(line)
            assert one.left().standing == line
        one.say(b"x" * KB)
        assert len(one.left().standing or b"") == 256 * KB - 1
        one.ledger.remember(b"x" * 256 * KB)
        assert one.left().standing == b""
