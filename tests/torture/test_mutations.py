"""Broken traffic never crashes, hangs or mis-correlates: what is honest around it is answered. A bench does 10,000."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peers.loops import run
from peers.places import place
from torture.mangling import from_http_host, from_http_server, from_stdio_host, from_stdio_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from torture.mangling import Mangled

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

SEED = 20251125


@pytest.mark.parametrize(
    ("mangle", "count"),
    [(from_stdio_host, 1000), (from_stdio_server, 200), (from_http_host, 200), (from_http_server, 100)],
    ids=["stdio-host", "stdio-server", "http-host", "http-server"],
)
def test_broken_traffic_is_survived(tmp_path: Path, mangle: Callable[..., Awaitable[Mangled]], count: int) -> None:
    async def work() -> Mangled:
        return await mangle(place(tmp_path), seed=SEED, count=count)

    assert run(work()).broken == count
