"""Reading a greeting and the descriptors beside it, from whoever connects."""

from __future__ import annotations

import asyncio
import os
import socket
import sys

import pytest

from peers.loops import run
from sekisho.gateway.broker.frames import ENTRY, FramesError, Hello, receive_with, send_with
from sekisho.gateway.broker.greeting import greeting

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")

HELLO = Hello(kind=ENTRY, version="1", entry="one", env={"A": "b" * 200_000}, read=b"rest")


def test_a_greeting_comes_in_pieces_with_its_descriptors(loop: str) -> None:
    async def work() -> None:
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        with ours, theirs:
            ours.settimeout(0)
            sending = asyncio.get_running_loop().run_in_executor(
                None, send_with, theirs, HELLO.pack(), [reading, writing]
            )
            hello, descriptors = await greeting(ours)
            await sending
            assert (hello.entry, hello.env, hello.read) == ("one", HELLO.env, b"rest")
            assert [os.get_inheritable(one) for one in descriptors] == [False, False]
            os.write(descriptors[1], b"through")
            assert os.read(reading, 10) == b"through"
            for one in (*descriptors, reading, writing):
                os.close(one)

    run(work(), loop=loop)


@pytest.mark.parametrize("data", [b"", b"SKB1", b"GET / HTTP/1.1\r\n\r\n", HELLO.pack()[:-1]])
def test_what_is_none_is_refused_and_its_descriptors_are_closed(loop: str, data: bytes) -> None:
    async def work() -> None:
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        with ours:
            ours.settimeout(0)

            def send() -> None:
                with theirs:
                    if data:
                        send_with(theirs, data, [writing])
                os.close(writing)

            sending = asyncio.get_running_loop().run_in_executor(None, send)
            with pytest.raises(FramesError):
                await greeting(ours)
            await sending
            assert os.read(reading, 1) == b"", "our copy of the other end is closed"
            os.close(reading)

    run(work(), loop=loop)


def test_the_end_of_a_broker_is_nothing_with_nothing() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        theirs.close()
        assert receive_with(ours) == (b"", [])
