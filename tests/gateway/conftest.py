"""Fixtures of the gateway's tests."""

from __future__ import annotations

import pytest

from peers.loops import LOOPS


@pytest.fixture(params=sorted(LOOPS))
def loop(request: pytest.FixtureRequest) -> str:
    """Return the name of an event loop; a test that asks for it runs on each."""
    return str(request.param)
