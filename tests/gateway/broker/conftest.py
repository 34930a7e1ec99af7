"""Fixtures of the broker's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from brokerkit import town as made

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from brokerkit import Town


@pytest.fixture
def town(tmp_path: Path) -> Generator[Town]:
    """Return a user with a configuration."""
    with made(tmp_path) as found:
        yield found
