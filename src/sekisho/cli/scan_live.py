"""What `sekisho scan --live` needs of this machine: a warden, a record, and a sandbox or leave to go without."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.cli.house import open_house, principal
from sekisho.cli.screen import USAGE, note
from sekisho.gateway.loop import run_loop
from sekisho.gateway.warden_client import Warden
from sekisho.model.scan_ids import ScanId
from sekisho.model.subject import Who
from sekisho.scan.dial import Dial
from sekisho.scan.live import Start, Starter, called, listed, starts_of
from sekisho.scan.sandbox import works

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.cli.house import House
    from sekisho.scan.live import Listed
    from sekisho.scan.sources import Sources

__all__ = ["started"]


def started(sources: Sources, command: Sequence[str], *, fetch: bool, sandbox: bool) -> Sources:
    """Start servers and add what they offer to what was read.

    Args:
        sources: what was read; without a command its servers are started.
        command: one server's program and arguments.
        fetch: whether they may download what is missing.
        sandbox: False where the caller said to go without one.

    Returns:
        The sources with what was listed and observed.
    """
    if sandbox and not works():
        note(ScanId.SCAN_NO_SANDBOX)
        sys.exit(USAGE)
    if not sandbox:
        note(ScanId.SCAN_UNBOXED)
    cwd = Path.cwd()
    starts, unseen = starts_of(sources, cwd)
    if command:
        starts = (Start(name=called(command), command=tuple(command), cwd=cwd),)
    warden = Warden()
    warden.spawn()
    with open_house() as house:
        found = run_loop(_listed(starts, house, warden, fetch=fetch, sandbox=sandbox))
    dumps = {**sources.dumps, **{_free(name, sources): dump for name, dump in found.dumps}}
    unseen = (*sources.unseen, *unseen, *found.unseen)
    return replace(sources, dumps=dumps, unseen=unseen, started=True, observed=found.observed)


def _free(name: str, sources: Sources) -> str:
    return name if name not in sources.dumps else f"{name} (live)"


async def _listed(starts: Sequence[Start], house: House, warden: Warden, *, fetch: bool, sandbox: bool) -> Listed:
    who = Who(principal=principal(), conversation=f"scan:{os.getpid()}")
    said: dict[str, str] = {}
    dial = Dial(
        warden=warden,
        audit=house.recorder,
        halt=house.halt,
        seal_key=house.seal_key,
        who=who,
        say=lambda name, text: said.update({name: text.replace("\n", " ")}),
    )
    starter = Starter(dial=dial, sandboxed=sandbox, fetch=fetch, said=lambda name: said.get(name, ""))
    try:
        return await listed(_told(starts), starter)
    finally:
        await warden.close()


def _told(starts: Sequence[Start]) -> Sequence[Start]:
    for start in starts:
        note(ScanId.SCAN_STARTING, server=start.name)
    return starts
