"""`Asker`: who waits for the head of an answer; `Await` for a coroutine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncio

    from sekisho.gateway.pool_reply import PoolError, Reply

__all__ = ["Asker", "Await"]


class Asker(Protocol):
    """Who waits. Exactly one of both is called, once, unless the asker withdrew."""

    def answered(self, reply: Reply) -> None:
        """Take the answer; what came of its body in the same read is there already."""
        ...

    def failed(self, error: PoolError) -> None:
        """There is none."""
        ...


class Await:
    """An asker for `await`.

    Args:
        future: what is awaited.
    """

    __slots__ = ("future",)

    def __init__(self, future: asyncio.Future[Reply]) -> None:
        self.future = future

    def answered(self, reply: Reply) -> None:
        """Pass the answer on, or close it when nobody awaits it any more."""
        if self.future.done():
            reply.close()
        else:
            self.future.set_result(reply)

    def failed(self, error: PoolError) -> None:
        """Raise the error where it is awaited."""
        if not self.future.done():
            self.future.set_exception(error)
