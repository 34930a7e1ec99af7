"""`sekisho broker`: the process behind all entries of a user. Relays start it; nobody has to."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import click

from sekisho.adapters.audit import AuditUnavailable
from sekisho.adapters.keyfile import KeyFileError
from sekisho.adapters.state import StateDirectoryError, state_directory
from sekisho.cli.entries import Entries
from sekisho.cli.house import open_house, principal
from sekisho.cli.screen import USAGE, complain
from sekisho.cli.stderr import apart
from sekisho.gateway.broker.door import Door
from sekisho.gateway.broker.service import Broker
from sekisho.gateway.broker.starting import READY
from sekisho.gateway.halting import HaltWatch
from sekisho.gateway.loop import run_loop
from sekisho.gateway.warden_client import Warden

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sekisho.cli.house import House
    from sekisho.wire.jsonrpc import Json

__all__ = ["broker"]

_IDLE: Final = 60.0
_STDERR: Final = 2


@click.command(hidden=True)
@click.option("--ready", type=int, help="The descriptor that is told when it listens.")
@click.option("--idle", type=float, default=_IDLE, show_default=True, help="How long it stays without an entry.")
@click.option("--detach", is_flag=True, help="Be nobody's child.")
def broker(ready: int | None, idle: float, detach: bool) -> None:  # noqa: FBT001 - click's option
    r"""Serve the entries of this user, until none is open.

    `sekisho run --entry` starts it when it is needed.

    \b
    Example:
      sekisho broker
    """
    if detach and os.fork():
        os._exit(0)  # a host that kills the tree of one entry must not find the broker of all of them in it
    os.closerange(max(_STDERR, ready or 0) + 1, os.sysconf("SC_OPEN_MAX"))
    os.chdir("/")
    try:
        directory = state_directory()
        door = _open(directory)
        with apart(), open_house() as house:
            run_loop(_main(door, house, ready, idle))
    except (_Trouble, AuditUnavailable, KeyFileError, StateDirectoryError, OSError) as error:
        complain(str(error))
        if ready is not None:
            with suppress(OSError):
                os.write(ready, str(error).encode(errors="replace"))
        sys.exit(USAGE)


def _open(directory: Path) -> Door:
    door = Door(directory)
    if not door.open():
        raise _Trouble(f"another broker of this user listens in {directory}")
    return door


class _Trouble(Exception):  # noqa: N818 - it is told and ends the process
    """Why no broker listens here."""


async def _main(door: Door, house: House, ready: int | None, idle: float) -> None:
    warden = Warden()

    def head() -> Mapping[str, Json]:
        writer, sealed = house.recorder.head
        return {"audit": {"writer": writer, "sealed": sealed}}

    serving = Broker(
        door,
        Entries(house, warden),
        principal=principal(),
        idle=idle,
        store=house.conversations,
        say=complain,
        more=head,
    )
    watch = HaltWatch(house.halt, serving.broadcast)
    watch.start()
    house.desk.start()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, serving.leave)
    if ready is not None:
        os.write(ready, READY)
        os.close(ready)
    await serving.run()
    watch.stop()
    house.desk.stop()
    await warden.close()
