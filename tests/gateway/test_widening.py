"""Pipes that hold more."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.widening import NARROW, widen

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")


def test_a_pipe_holds_more_and_what_is_none_stays_as_it_is(tmp_path: Path) -> None:
    source, sink = os.pipe()
    os.set_blocking(sink, False)
    try:
        assert os.write(sink, bytes(4 * NARROW)) == NARROW
        widen(sink)
        assert os.write(sink, bytes(4 * NARROW)) == 4 * NARROW
    finally:
        os.close(source)
        os.close(sink)
    with (tmp_path / "file").open("wb") as file:
        widen(file.fileno())
