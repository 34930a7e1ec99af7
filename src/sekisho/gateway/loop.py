"""The event loop: uvloop where there is one, else asyncio's own."""

from __future__ import annotations

import asyncio
import gc
import importlib.util
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

__all__ = ["run_loop"]

_T = TypeVar("_T")

_YOUNG: Final = 20_000
"""After how many new objects the collector looks at the young ones; some megabytes at most."""


def run_loop(work: Coroutine[None, None, _T]) -> _T:
    """Run `work` to its end and return its result."""
    # What was imported stays: the collector need not look at it again with every generation.
    gc.freeze()
    # A call makes some hundred objects and no cycles: looking for cycles every 700 objects costs a twentieth of it.
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    gc.enable()
    if importlib.util.find_spec("uvloop") is None:
        return asyncio.run(work)
    import uvloop  # noqa: PLC0415 - not on Windows

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
