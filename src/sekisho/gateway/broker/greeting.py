"""Reading what a relay asks for, with the descriptors that come beside it."""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import TYPE_CHECKING

from sekisho.gateway.broker.frames import HEAD, FramesError, Hello, receive_with, unpack_head

if TYPE_CHECKING:
    import socket

__all__ = ["PIPES", "greeting"]

PIPES = 2
"""How many descriptors come with an entry: its standard input and output."""


async def greeting(connection: socket.socket) -> tuple[Hello, list[int]]:
    """Read a greeting and what came with it; the descriptors are the caller's to close.

    Raises:
        FramesError: it is none.
        OSError: the relay is gone.
    """
    descriptors: list[int] = []
    try:
        return await _hello(connection, descriptors), descriptors
    except BaseException:
        for descriptor in descriptors:
            os.close(descriptor)
        raise


async def _hello(connection: socket.socket, descriptors: list[int]) -> Hello:
    data = await _read(connection, bytearray(), HEAD.size, descriptors)
    kind, words, read = unpack_head(bytes(data[: HEAD.size]))
    data = await _read(connection, data, HEAD.size + words + read, descriptors)
    body = data[HEAD.size : HEAD.size + words]
    return Hello.unpack(kind, bytes(body), bytes(data[HEAD.size + words : HEAD.size + words + read]))


async def _read(connection: socket.socket, data: bytearray, size: int, descriptors: list[int]) -> bytearray:
    """Read until there are `size` bytes."""
    while len(data) < size:
        piece = await _receive(connection, descriptors)
        if not piece:
            raise FramesError("the greeting ended before its end")
        data += piece
    return data


async def _receive(connection: socket.socket, descriptors: list[int]) -> bytes:
    loop = asyncio.get_running_loop()
    while True:
        with contextlib.suppress(BlockingIOError):
            data, found = receive_with(connection)
            descriptors += found
            return data
        readable: asyncio.Future[None] = loop.create_future()
        loop.add_reader(connection, _set, readable)
        try:
            await readable
        finally:
            loop.remove_reader(connection)


def _set(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
