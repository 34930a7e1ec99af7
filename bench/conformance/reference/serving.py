"""Puts the reference server behind a transport."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import uvicorn
from mcp.server.stdio import stdio_server

from reference.held import held
from reference.replay import RecentEvents
from reference.server import build_server

if TYPE_CHECKING:
    from mcp.server import Server

    from reference.held import App

HOST = "127.0.0.1"
_RETRY_MS = 100
"""How long a client shall wait before it resumes a closed stream."""
_GRACE = 1
"""Seconds that open streams get when the server is told to stop."""


def serve_http(port: int, only: str | None = None) -> None:
    """Serve Streamable HTTP on loopback at `/mcp` until a signal ends it; `only` one generation, if it is named."""
    app: App = build_server().streamable_http_app(event_store=RecentEvents(), retry_interval=_RETRY_MS, host=HOST)
    # h11 and not httptools: it drops the white space around a header value (RFC 9110, 5.5), as the suite demands.
    if only is not None:
        app = held(app, only)
    uvicorn.run(app, host=HOST, port=port, http="h11", log_level="warning", timeout_graceful_shutdown=_GRACE)


def serve_stdio() -> None:
    """Serve standard input and output until the input ends."""
    anyio.run(_serve_stdio, build_server())


async def _serve_stdio(server: Server) -> None:
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
