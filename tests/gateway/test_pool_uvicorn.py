"""The pool against a server that people use."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING, TypeVar

import pytest
import uvicorn
import uvloop

from sekisho.gateway.pool import Endpoint, Pool

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Generator, MutableMapping

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

T = TypeVar("T")
LOOPS = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


@pytest.fixture(params=["asyncio", "uvloop"])
def loop(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def run(loop: str, work: Coroutine[object, object, T]) -> T:
    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        return runner.run(asyncio.wait_for(work, 30))


async def application(
    scope: MutableMapping[str, object],
    receive: Callable[[], Awaitable[MutableMapping[str, object]]],
    send: Callable[[MutableMapping[str, object]], Awaitable[None]],
) -> None:
    """Answer with the body, as JSON or as two events."""
    assert scope["type"] == "http"
    body, more = b"", True
    while more:
        message = await receive()
        piece, more = message.get("body", b""), bool(message.get("more_body"))
        assert isinstance(piece, bytes)
        body += piece
    kind = b"text/event-stream" if scope["path"] == "/events" else b"application/json"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
    for part in (body, b"\n\n") if kind == b"text/event-stream" else (body,):
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


class Uvicorn(uvicorn.Server):
    """A server that says when it is there and leaves the test's signal handlers alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


@pytest.mark.parametrize("http", ["h11", "httptools"])
def test_uvicorn_is_a_peer_and_its_connections_are_reused(loop: str, http: str) -> None:
    async def work() -> None:
        config = uvicorn.Config(application, http=http, lifespan="off", log_level="error", ws="none")  # type: ignore[arg-type]
        server = Uvicorn(config)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            serving = asyncio.ensure_future(server.serve(sockets=[listener]))
            await server.ready.wait()
            pool = Pool(Endpoint.parse(f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"))
            for size in (0, 2, 100_000, 3_000_000):
                echoed = await pool.send("POST", [], b"x" * size)
                assert await echoed.read() == b"x" * size
            reply = await pool.send("POST", [], b"data: hello", target="/events")
            stream = b""
            while (data := await reply.chunk()) is not None:
                stream += data
            assert (reply.media_type, stream) == ("text/event-stream", b"data: hello\n\n")
            assert len(server.server_state.connections) == 1
            await pool.aclose()
            server.should_exit = True
            await serving

    run(loop, work())
