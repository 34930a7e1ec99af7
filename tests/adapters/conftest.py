"""Fixtures of the adapters' tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from auditkit import write_log


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with two closed chains; copied, never changed."""
    place = tmp_path_factory.mktemp("audit")
    write_log(place, 1_800_000_000_000)
    write_log(place, 1_800_000_060_000)
    return place


@pytest.fixture
def place(pristine: Path, tmp_path: Path) -> Path:
    """Return a copy to tamper with."""
    return Path(shutil.copytree(pristine, tmp_path / "audit"))
