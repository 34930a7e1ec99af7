from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clikit import Desk, utc

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Generator[Desk]:
    """Return a user with an empty state directory, whose clock shows UTC."""
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    with utc():
        yield Desk(state)
