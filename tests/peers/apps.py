"""An application over HTTP that listens in this process: a server on the official SDK starts a second faster so."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import uvicorn

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping

    Message: TypeAlias = "MutableMapping[str, Any]"
    App: TypeAlias = (
        "Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]"
    )

__all__ = ["App", "Message", "hosted"]


@asynccontextmanager
async def hosted(app: App) -> AsyncGenerator[str]:
    """Serve on a free port as long as the block lasts, and yield the URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        serving = asyncio.ensure_future(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
        finally:
            server.should_exit = True
            await serving
