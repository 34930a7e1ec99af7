"""A call that is under way on a warm connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sekisho.gateway.pool_reply import PoolError
from sekisho.gateway.upstream_call import WarmCall

if TYPE_CHECKING:
    from sekisho.gateway.http1 import Connection
    from sekisho.gateway.pool_asker import Asker
    from sekisho.gateway.pool_reply import Reply
    from sekisho.wire.jsonrpc import JsonObject


class Desk:
    """An upstream, and a connection too."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.withdrawn: list[Asker] = []

    def headed(self, body: JsonObject, call: int, reply: Reply) -> None:
        self.heard.append((body, call, reply))

    def failed(self, call: int, error: PoolError) -> None:
        self.heard.append((call, error))

    def withdraw(self, asker: Asker) -> None:
        self.withdrawn.append(asker)


def test_what_comes_is_told_with_the_call_that_it_belongs_to() -> None:
    desk = Desk()
    body: JsonObject = {"method": "tools/call"}
    call = WarmCall(desk, body, 7)
    reply, error = cast("Reply", object()), PoolError("broken", "gone", sent=True)
    call.answered(reply)
    call.failed(error)
    assert desk.heard == [(body, 7, reply), (7, error)]


def test_giving_up_takes_the_request_back_from_its_connection() -> None:
    desk = Desk()
    call = WarmCall(desk, {}, 7)
    call.cancel()
    assert not desk.withdrawn
    call.connection = cast("Connection", desk)
    call.cancel()
    assert desk.withdrawn == [call]
