"""Self-tests of `doctor` that start something: a child with a runaway below it, a loopback connection, a remote server.

Each is bounded in time and leaves nothing behind.
"""

from __future__ import annotations

import asyncio
import os
import select
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from sekisho.cli.house import principal
from sekisho.engine.events import HostSent
from sekisho.engine.state import Face
from sekisho.gateway.child import Child, ChildLimits
from sekisho.gateway.connector import Connector
from sekisho.gateway.desk import Desk
from sekisho.gateway.launch import Launch
from sekisho.gateway.peer import peer_uid
from sekisho.gateway.warden_client import Warden
from sekisho.model.subject import Who
from sekisho.policy.configuration import Terms
from sekisho.wire.jsonrpc import parse, serialise
from sekisho.wire.strict import Limits
from sekisho.wire.versions import LATEST_LEGACY, LATEST_MODERN, META_CLIENT_CAPABILITIES, META_PROTOCOL_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.cli.house import House
    from sekisho.engine.effects import SendToHost
    from sekisho.gateway.remote import Remote
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

__all__ = ["peers_are_told", "reached", "runaway_dies"]

_SECONDS: Final = 15.0

_RUNAWAY: Final = """
import os, signal, sys
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        print(os.getpid(), flush=True)
        os.closerange(0, 64)
        signal.alarm(60)
        signal.pause()
    os._exit(0)
sys.stdin.read()
"""
"""A child that leaves a process of its own session behind; the alarm ends that one if all else fails."""


def peers_are_told() -> bool:
    """Tell whether the system says whose a loopback connection is."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(_SECONDS)
        with socket.create_connection(listener.getsockname(), timeout=_SECONDS) as ours:
            theirs, address = listener.accept()
            with theirs:
                return peer_uid(theirs.getsockname(), address) == os.getuid() and ours.fileno() >= 0


class _Notes:
    """Takes the first line of a child."""

    def __init__(self) -> None:
        self.first: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def line(self, data: bytes) -> None:
        if not self.first.done():
            self.first.set_result(data)

    def overflow(self, limit: int) -> None:
        """A line over the limit: it is not the number that we wait for."""

    def diagnostics(self, data: bytes) -> None:
        """What it writes to stderr is of no interest here."""

    def exited(self, code: int | None, signal: int | None) -> None:
        if not self.first.done():
            self.first.set_exception(ConnectionError(f"the test child ended early ({code}, {signal})"))

    def writable(self) -> None:
        """Nothing is written."""


async def runaway_dies() -> bool:
    """Start a child that leaves a process behind, end the child, and tell whether both are dead.

    Raises:
        LaunchError: the child could not be started.
        OSError: the test itself failed.
        TimeoutError: it took longer than 15 seconds.
    """
    warden, notes = Warden(), _Notes()
    launch = Launch(argv=(sys.executable, "-I", "-S", "-c", _RUNAWAY), cwd="/", env={})
    try:
        async with asyncio.timeout(_SECONDS):
            child = await Child.start(launch, notes, warden=warden, limits=ChildLimits())
            try:
                handle = os.pidfd_open(int(await notes.first))
            finally:
                await child.stop(grace=0)
    finally:
        notes.first.cancel()
        await warden.close()
    try:
        # The purge is over when `stop` returns, so this waits only for the system's own notice.
        return bool(select.select([handle], [], [], 1.0)[0])
    finally:
        os.close(handle)


class _Asker:
    """A host that asks one thing."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()

    def deliver(self, sent: SendToHost, data: bytes) -> None:  # noqa: ARG002 - of the port
        if sent.final and not self.answer.done():
            self.answer.set_result(sent.body)

    def close_stream(self, channel: int, about: Id) -> None:
        """Nothing is cancelled."""

    def end_session(self) -> None:
        """There is one question only."""


async def reached(remote: Remote, house: House) -> tuple[str | None, Sequence[str]]:
    """Ask a remote server what it speaks, as a host of either generation would.

    Returns:
        The revision that it answered with, None when it did not; and what was said about the connection.
    """
    said: list[str] = []
    connector = Connector(
        remote,
        warden=None,
        audit=house.recorder,
        halt=house.halt,
        # A question of our own pins nothing.
        desk=Desk(None, say=said.append),
        seal_key=house.seal_key,
        terms=Terms(),
        say=said.append,
    )
    info: JsonObject = {"name": "sekisho doctor", "version": "0"}
    about: JsonObject = {META_PROTOCOL_VERSION: str(LATEST_MODERN), META_CLIENT_CAPABILITIES: {}}
    questions: tuple[tuple[str, JsonObject], ...] = (
        ("initialize", {"protocolVersion": str(LATEST_LEGACY), "capabilities": {}, "clientInfo": info}),
        ("server/discover", {"_meta": about}),
    )
    try:
        for method, params in questions:
            with suppress(TimeoutError):
                async with asyncio.timeout(_SECONDS):
                    revision = _revision(await _asked(connector, method, params))
                if revision is not None:
                    return revision, said
        return None, said
    finally:
        await remote.pool.aclose()


async def _asked(connector: Connector, method: str, params: JsonObject) -> JsonObject:
    who = Who(principal=principal(), conversation=f"doctor:{os.getpid()}")
    link, host = connector.link(who, Face.STDIO), _Asker()
    link.open(host)
    body: JsonObject = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    try:
        link.receive(HostSent(parse(serialise(body), Limits()), who, 0, link.clock()))
        return await host.answer
    finally:
        await link.aclose()


def _revision(answer: JsonObject) -> str | None:
    result = answer.get("result")
    if not isinstance(result, dict):
        return None
    offered = result.get("supportedVersions")
    told: Json = result.get("protocolVersion") or (offered[-1] if isinstance(offered, list) and offered else None)
    return told if isinstance(told, str) else None
