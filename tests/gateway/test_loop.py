"""The event loop that everything runs on."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.loop import run_loop

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec


async def name_of_loop() -> str:
    return type(asyncio.get_running_loop()).__module__


@pytest.mark.skipif(sys.platform == "win32", reason="there is no uvloop")
def test_uvloop_where_there_is_one() -> None:
    assert run_loop(name_of_loop()).startswith("uvloop")


def test_asyncio_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str, package: str | None = None) -> ModuleSpec | None:
        del name, package
        return None

    monkeypatch.setattr(importlib.util, "find_spec", missing)
    assert run_loop(name_of_loop()).startswith("asyncio")


def test_what_the_work_raises_comes_out() -> None:
    async def work() -> None:
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        run_loop(work())
