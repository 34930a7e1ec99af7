"""A remote server is a value: where, how, with which headers."""

from __future__ import annotations

import dataclasses

import pytest

from peers.loops import run
from sekisho.gateway.endpoint import Endpoint
from sekisho.gateway.pool import Pool
from sekisho.gateway.remote import Remote


def test_a_remote_server_does_not_change() -> None:
    async def work() -> None:
        endpoint = Endpoint.parse("https://host.example/mcp")
        remote = Remote(endpoint=endpoint, pool=Pool(endpoint), headers=((b"x-api-key", b"k"),))
        with pytest.raises(dataclasses.FrozenInstanceError):
            remote.headers = ()  # type: ignore[misc]
        await remote.pool.aclose()

    run(work())
