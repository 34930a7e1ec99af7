"""The calls of Windows can be imported anywhere, and are there on Windows only."""

from __future__ import annotations

import sys

import pytest

from sekisho.gateway.broker import windows_calls


@pytest.mark.skipif(sys.platform == "win32", reason="not Windows")
def test_elsewhere_there_is_nothing_of_it() -> None:
    assert not hasattr(windows_calls, "Windows")
    with pytest.raises(OSError, match="on Windows only"):
        windows_calls.shared_memory("x", 1)
