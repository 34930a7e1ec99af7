"""Pipes for the event loop: each descriptor is closed once.

uvloop has libuv close the descriptor of a pipe, and closes the file object that it was given after that, by the same
number (MagicStack/uvloop#763, in 0.23 and before). In between another thread may have got the number for a file of its
own: the audit's seal, say. That is closed then, or bytes go where others should: an answer is lost, a record fails.
"""

from __future__ import annotations

import asyncio
import os
from io import FileIO

__all__ = ["entrusted"]


def entrusted(pipe: FileIO) -> FileIO:
    """Return what the running loop is given for a pipe; the loop closes it, and nobody else has to.

    Where the loop cannot even begin with it, which is when memory is short, the descriptor stays open.

    Args:
        pipe: one end, which is not to be used any more.

    Raises:
        OSError: there are no more descriptors; the pipe is as it was.
    """
    if isinstance(asyncio.get_running_loop(), asyncio.BaseEventLoop):
        return pipe  # asyncio's own loops close what they are given, and nothing else
    number = os.dup(pipe.fileno())
    pipe.close()
    return FileIO(number, pipe.mode, closefd=False)
