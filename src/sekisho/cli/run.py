"""`sekisho run`: one server behind standard input and output."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.fleet import fleet_of
from sekisho.cli.house import open_house, principal
from sekisho.cli.screen import trouble_is_usage
from sekisho.cli.stderr import apart
from sekisho.cli.target import target_options
from sekisho.engine.state import Face
from sekisho.gateway.halting import HaltWatch
from sekisho.gateway.host_stdio import StdioHost
from sekisho.gateway.loop import run_loop
from sekisho.gateway.warden_client import Warden
from sekisho.model.subject import Who

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.cli.house import House
    from sekisho.cli.target import Options
    from sekisho.engine.events import Event

__all__ = ["run"]

_LEAVE: Final = 10.0
"""How long a server may go on after the host has closed our input, in seconds."""


@click.command(context_settings={"ignore_unknown_options": False})
@click.option("--entry", metavar="N", help="One server of a configuration, by the broker that all entries share.")
@target_options
def run(options: Options, entry: str | None) -> None:
    r"""Put the checkpoint in front of one server, on standard input and output.

    A host starts this in place of the server. Tools keep their names.

    \b
    Examples:
      sekisho run -- uvx mcp-server-git --repository .
      sekisho run --url https://mcp.example.com/mcp
      sekisho run --config sekisho.toml
      sekisho run --entry github
    """
    with trouble_is_usage():
        if entry is not None and sys.platform != "linux":
            raise click.UsageError("--entry works on Linux only, so far. Take -- CMD ARGS..., or --url URL.")
        if entry is not None:
            from sekisho.gateway.broker.relay import run_entry  # noqa: PLC0415 - an entry has a process that loads less

            sys.exit(run_entry(entry, options.config))
        warden = Warden() if options.may_start else None
        if warden is not None and options.starts:
            warden.spawn()
        with apart(), open_house() as house:
            run_loop(_main(options, house, warden))


async def _main(options: Options, house: House, warden: Warden | None) -> None:
    limits = options.configuration.limits
    fleet = fleet_of(options, house, warden)
    connector = fleet.connector
    name = principal()
    who = Who(principal=name, conversation=f"stdio:{os.getpid()}-{os.getppid()}")
    host = StdioHost(who, limits)
    backend = connector.backend(who, Face.STDIO)

    def broadcast(event: Callable[[float], Event]) -> None:
        backend.receive(event(backend.clock()))

    watch = HaltWatch(house.halt, broadcast)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, host.leave)
    backend.open(host)
    await host.open(backend)
    watch.start()
    house.desk.start()
    if fleet.watch is not None:
        fleet.watch.start()
    await host.ended.wait()
    watch.stop()
    house.desk.stop()
    if fleet.watch is not None:
        fleet.watch.stop()
    if not host.hurried:
        await backend.finish(_LEAVE)
    await backend.aclose()
    await host.aclose()
    if warden is not None:
        await warden.close()
