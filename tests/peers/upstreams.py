"""Upstreams in a test: made, opened, shaken hands with."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, cast

from peers.ends import Ear
from peers.messages import initialize, note
from peers.remote import answer_with
from sekisho.engine.events import ServerSent
from sekisho.gateway.pool import Endpoint, Pool, PoolLimits
from sekisho.gateway.upstream_http import HttpUpstream
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from http_peers import Peer
    from peers.remote import Asked
    from sekisho.gateway.link import Link
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["DONE", "done", "never", "reached", "shaken"]

DONE: Final[JsonObject] = {"content": [{"type": "text", "text": "done"}]}


@asynccontextmanager
async def reached(
    port: int, *, limits: Limits | None = None, listens: bool = False, declared: tuple[tuple[bytes, bytes], ...] = ()
) -> AsyncGenerator[tuple[HttpUpstream, Ear]]:
    """Yield an upstream and what hears it."""
    limits = limits or Limits()
    pool = Pool(Endpoint.parse(f"http://127.0.0.1:{port}/mcp"), limits=PoolLimits(body_bytes=limits.bytes))
    ear = Ear()
    upstream = HttpUpstream(pool, headers=declared, link=cast("Link", ear), limits=limits, listens=listens, say=ear.say)
    upstream.start()
    try:
        yield upstream, ear
    finally:
        await upstream.aclose()
        await pool.aclose()


async def shaken(upstream: HttpUpstream, ear: Ear) -> None:
    """Open a 2025 session."""
    upstream.send(initialize(1), 1, ())
    await ear.first(ServerSent)
    ear.events.clear()
    upstream.send(note("notifications/initialized"), None, ())
    await upstream.settled()


async def never(peer: Peer, asked: Asked) -> None:
    del asked
    await peer.gone()


async def done(peer: Peer, asked: Asked) -> None:
    await answer_with(peer, asked, asked.result(DONE))
