"""`sekisho serve`: one server behind Streamable HTTP on this machine."""

from __future__ import annotations

import asyncio
import ipaddress
import signal
import socket
import time
from typing import TYPE_CHECKING, Final

import click

from sekisho.cli.fleet import fleet_of
from sekisho.cli.house import open_house, principal
from sekisho.cli.refusal_log import RefusalLog
from sekisho.cli.screen import USAGE, note, tell, trouble_is_usage
from sekisho.cli.stderr import apart
from sekisho.cli.target import target_options
from sekisho.cli.tokens import read_tokens
from sekisho.gateway.halting import HaltWatch
from sekisho.gateway.http_app import App
from sekisho.gateway.http_gate import Gate
from sekisho.gateway.http_pace import Pace
from sekisho.gateway.http_principals import Principals
from sekisho.gateway.http_server import HttpServer
from sekisho.gateway.loop import run_loop
from sekisho.gateway.peer import own_uid
from sekisho.gateway.warden_client import Warden
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from sekisho.cli.house import House
    from sekisho.cli.target import Options
    from sekisho.gateway.http_gate import Credential

__all__ = ["serve"]

_SHUTDOWN: Final = 5.0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H", help="A loopback address to listen on.")
@click.option(
    "--port",
    default=3010,
    show_default=True,
    metavar="P",
    type=click.IntRange(0, 65535),
    help="The port; 0 takes a free one.",
)
@click.option("--token-file", metavar="F", help="Clients have to send a token of this file as Authorization: Bearer.")
@click.option(
    "--rate",
    metavar="N",
    type=click.IntRange(1, 1_000_000),
    help="At most N requests in a second from one client; without it, as many as it can send.",
)
@target_options
def serve(options: Options, host: str, port: int, token_file: str | None, rate: int | None) -> None:
    r"""Put the checkpoint in front of one server, over Streamable HTTP at /mcp.

    \b
    Examples:
      sekisho serve --port 3010 -- uvx mcp-server-git --repository .
      sekisho serve --url https://mcp.example.com/mcp
      sekisho serve --config sekisho.toml
    """
    with trouble_is_usage():
        credentials = read_tokens(token_file, principal()) if token_file is not None else ()
        listener = _listen(host, port)
        warden = Warden() if options.may_start else None
        if warden is not None and options.starts:
            warden.spawn()
        with apart(), open_house(RefusalLog(tell, time.monotonic).hear) as house:
            run_loop(_main(options, house, warden, listener, credentials, rate))


async def _main(
    options: Options,
    house: House,
    warden: Warden | None,
    listener: socket.socket,
    credentials: tuple[Credential, ...],
    rate: int | None,
) -> None:
    limits = options.configuration.limits
    fleet = fleet_of(options, house, warden)
    connector = fleet.connector
    principals = Principals(connector, principal())
    gate = Gate(owner=principal(), credentials=credentials, uid=own_uid())
    app = App(principals, gate, limits, Pace(rate, time.monotonic) if rate is not None else None)
    server = HttpServer(app, body_bytes=limits.bytes)
    leaving = asyncio.Event()
    watch = HaltWatch(house.halt, principals.broadcast)
    watch.start()
    house.desk.start()
    if fleet.watch is not None:
        fleet.watch.start()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, leaving.set)
    await server.start(listener)
    address, port = listener.getsockname()[:2]
    shown = f"[{address}]" if ":" in address else address
    note(MessageId.SERVE_LISTENING, url=f"http://{shown}:{port}/mcp", server=connector.server)
    await leaving.wait()
    watch.stop()
    house.desk.stop()
    if fleet.watch is not None:
        fleet.watch.stop()
    await principals.aclose()
    await server.aclose(_SHUTDOWN)
    if warden is not None:
        await warden.close()


def _listen(host: str, port: int) -> socket.socket:
    """Return a listening socket on a loopback address, or explain why there is none."""
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        note(MessageId.SERVE_WIDE_BIND, host=host)
        raise SystemExit(USAGE)
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET  # noqa: PLR2004 - IPv6
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((str(address), port))
    except PermissionError:
        note(MessageId.PORT_FORBIDDEN, host=host, port=port)
        raise SystemExit(USAGE) from None
    except OSError:
        note(MessageId.PORT_TAKEN, host=host, port=port)
        raise SystemExit(USAGE) from None
    listener.settimeout(0)
    return listener
