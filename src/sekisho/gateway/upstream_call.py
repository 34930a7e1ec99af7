"""`WarmCall`: a request that went out on a warm connection, without a task of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sekisho.gateway.http1 import Connection
    from sekisho.gateway.pool_reply import PoolError, Reply
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["Caller", "Cancellable", "WarmCall"]


class Cancellable(Protocol):
    """Something under way: a task, or a `WarmCall`."""

    def cancel(self) -> object:
        """Give it up."""
        ...


class Caller(Protocol):
    """What a call tells its upstream."""

    def headed(self, body: JsonObject, call: int, reply: Reply) -> None:
        """The head of the answer is there, and what came of its body in the same read."""
        ...

    def failed(self, call: int, error: PoolError) -> None:
        """There will be no answer."""
        ...


class WarmCall:
    """One call.

    Args:
        caller: the upstream.
        body: the request.
        call: its number.
    """

    __slots__ = ("_body", "_call", "_caller", "connection")

    def __init__(self, caller: Caller, body: JsonObject, call: int) -> None:
        self._caller = caller
        self._body = body
        self._call = call
        self.connection: Connection | None = None
        """Where it is under way."""

    def answered(self, reply: Reply) -> None:
        """Pass the answer on."""
        self._caller.headed(self._body, self._call, reply)

    def failed(self, error: PoolError) -> None:
        """Pass the error on."""
        self._caller.failed(self._call, error)

    def cancel(self) -> None:
        """Withdraw the request, which closes the connection."""
        if self.connection is not None:
            self.connection.withdraw(self)
