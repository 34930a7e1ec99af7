"""The targets: what is measured, how each is started, and one measured slot of each.

Concepts: a `Target` describes a command and the faces that it has; a `Place` is what all commands of a run share
(folder, environment, the HTTP echo upstream); a `Live` is one started target that speaks one era. Called by `run`,
which plans the slots, and by `startup` and `sessions`, which start targets of their own.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import generations as g
from load_http import HttpClient, concurrent
from load_stdio import StdioClient
from processes import Failed, Process, free_port

import peers
from sekisho.gateway.broker.address import connect, peer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from processes import Memory
    from slots import Slot

HERE: Final = Path(__file__).resolve().parent
ECHO_STDIO: Final = [sys.executable, str(HERE / "echo_stdio.py")]
_BOTH: Final[tuple[g.Era, ...]] = (g.LEGACY, g.MODERN)
_OLD: Final[tuple[g.Era, ...]] = (g.LEGACY,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the commands of one run share."""

    folder: Path
    """Temporary folder: error outputs, configurations, and the homes of the targets' own state."""
    env: dict[str, str]
    """The environment of every target: the user's, but with state, configuration and cache in `folder`."""
    echo: Process
    """The HTTP echo server, which is both the direct target and the upstream of the HTTP proxies."""
    echo_port: int
    """Its port on 127.0.0.1."""
    ready_seconds: float
    """How long a target may take to start."""

    @property
    def configuration(self) -> Path:
        """A configuration with the echo server as the entry `echo`."""
        path = self.folder / "sekisho.toml"
        path.write_text(f"[servers.echo]\ncommand = {json.dumps(ECHO_STDIO)}\n", "utf-8")
        return path

    @property
    def url(self) -> str:
        """The MCP address of the HTTP echo server."""
        return f"http://127.0.0.1:{self.echo_port}/mcp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One thing to measure."""

    name: str
    """Name for the command line and for results.json."""
    title: str
    """Name for the table."""
    front: Literal["stdio", "http"]
    """The face that the load client speaks to."""
    command: Callable[[Place, int], list[str]] | None
    """Builds the command for a place and a port; None for the shared HTTP echo server itself."""
    eras: tuple[g.Era, ...] = _OLD
    """The generations that are measured; sizes above the first only in the first of them."""
    every_size: bool = False
    """Whether it is measured at all sizes, or only at the first."""
    ours: bool = False
    """Whether it is sekisho."""
    direct: bool = False
    """Whether it is an echo server without anything in front."""
    brokered: bool = False
    """Whether a broker works for it, which is no child of it."""


def prepare(folder: Path, *, ready_seconds: float) -> Place:
    """Start the HTTP echo server and return the place of a run, in which a target has `ready_seconds` to start."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SEKISHO_", "PYTHONDONTWRITEBYTECODE"))
    }
    for name in ("STATE", "CONFIG", "DATA", "CACHE"):
        env[f"XDG_{name}_HOME"] = str(folder / name.lower())
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    env |= {"XDG_RUNTIME_DIR": str(runtime), "FASTMCP_LOG_LEVEL": "ERROR", "FASTMCP_CHECK_FOR_UPDATES": "off"}
    port = free_port()
    command = [sys.executable, str(HERE / "echo_http.py"), str(port)]
    echo = Process(command, errors=folder / "echo_http.err", env=env, pipes=False, whole=True)
    place = Place(folder=folder, env=env, echo=echo, echo_port=port, ready_seconds=ready_seconds)
    try:
        echo.wait_for_port(port, seconds=ready_seconds)
    except Failed:
        echo.stop()
        raise
    return place


def broker_of(place: Place) -> int | None:
    """Return the process id of the broker of a run; None where there is none."""
    found = connect(Path(place.env["XDG_DATA_HOME"]) / "sekisho", patience=place.ready_seconds)
    if found is None:
        return None
    pid = peer_of(found).pid
    found.close()
    return pid


def sekisho(*arguments: str) -> list[str]:
    """Return a command of this environment's sekisho."""
    return [sys.executable, "-m", "sekisho", *arguments]


def serve(port: int, *arguments: str) -> list[str]:
    """Return the command of `sekisho serve` on 127.0.0.1:`port`."""
    return sekisho("serve", "--host", "127.0.0.1", "--port", str(port), *arguments)


def _relay(*arguments: str) -> list[str]:
    return [sys.executable, str(HERE / "bare_relay.py"), *arguments]


def _fastmcp(*arguments: str) -> list[str]:
    return [sys.executable, str(HERE / "fastmcp_proxy.py"), *arguments]


def _supergateway(port: int) -> list[str]:
    options = ["--outputTransport", "streamableHttp", "--stateful", "--port", str(port), "--logLevel", "none"]
    return [*peers.supergateway(), "--stdio", " ".join(ECHO_STDIO), *options]


TARGETS: Final = (
    Target(
        name="direct-stdio",
        title="direct, stdio",
        front="stdio",
        command=lambda _place, _port: ECHO_STDIO,
        eras=_BOTH,
        every_size=True,
        direct=True,
    ),
    Target(
        name="relay-stdio",
        title="bare relay, stdio",
        front="stdio",
        command=lambda _place, _port: _relay("stdio", *ECHO_STDIO),
        eras=_BOTH,
    ),
    Target(
        name="sekisho-run-cmd",
        title="sekisho run -- CMD",
        front="stdio",
        command=lambda _place, _port: sekisho("run", "--", *ECHO_STDIO),
        eras=_BOTH,
        every_size=True,
        ours=True,
    ),
    Target(
        name="sekisho-run-entry",
        title="sekisho run --entry",
        front="stdio",
        command=lambda place, _port: sekisho("run", "--entry", "echo", "--config", str(place.configuration)),
        eras=_BOTH,
        every_size=True,
        ours=True,
        brokered=True,
    ),
    Target(
        name="sekisho-run-url",
        title="sekisho run --url",
        front="stdio",
        command=lambda place, _port: sekisho("run", "--url", place.url),
        every_size=True,
        ours=True,
    ),
    Target(
        name="fastmcp-stdio",
        title="fastmcp stdio>stdio",
        front="stdio",
        command=lambda _place, _port: _fastmcp("stdio", ECHO_STDIO[1]),
    ),
    Target(
        name="direct-http",
        title="direct, http",
        front="http",
        command=None,
        eras=_BOTH,
        every_size=True,
        direct=True,
    ),
    Target(
        name="relay-http",
        title="bare relay, http",
        front="http",
        command=lambda place, port: _relay("http", str(port), str(place.echo_port)),
        eras=_BOTH,
    ),
    Target(
        name="nginx",
        title="nginx proxy_pass",
        front="http",
        command=lambda place, port: peers.nginx_command(folder=place.folder, port=port, upstream=place.echo_port),
        eras=_BOTH,
        every_size=True,
    ),
    Target(
        name="sekisho-serve-url",
        title="sekisho serve --url",
        front="http",
        command=lambda place, port: serve(port, "--url", place.url),
        eras=_BOTH,
        every_size=True,
        ours=True,
    ),
    Target(
        name="sekisho-serve-cmd",
        title="sekisho serve -- CMD",
        front="http",
        command=lambda _place, port: serve(port, "--", *ECHO_STDIO),
        every_size=True,
        ours=True,
    ),
    Target(
        name="fastmcp-http",
        title="fastmcp http>http",
        front="http",
        command=lambda place, port: _fastmcp("http", place.url, str(port)),
    ),
    Target(
        name="supergateway",
        title="supergateway http>stdio",
        front="http",
        command=lambda _place, port: _supergateway(port),
    ),
)


class Live:
    """One started target that speaks one era."""

    def __init__(self, target: Target, era: g.Era, place: Place) -> None:
        """Start it, open a conversation and make one checked call over HTTP or a handshake over stdio.

        Raises:
            Failed: it did not start; the text holds the last lines of its error output.
            WrongAnswer: it started and answers wrongly.
            Skipped: the peer is not available here.
        """
        self._era: g.Era = era
        self._shared = target.command is None
        self._port = place.echo_port
        self._stdio: StdioClient | None = None
        if target.command is None:
            self.process = place.echo
        else:
            self._port = free_port()
            errors = place.folder / f"{target.name}-{era}.err"
            self.process = Process(
                target.command(place, self._port),
                errors=errors,
                env=place.env,
                pipes=target.front == "stdio",
                whole=target.direct,
            )
        try:
            self._greet(target.front, place.ready_seconds)
        except g.WrongAnswer as error:
            words = self.process.last_words()
            kind = Failed if self.process.ended() else g.WrongAnswer
            self.stop()
            raise kind(f"{error}; {words}") from error
        except Failed:
            self.stop()
            raise
        if target.brokered:
            self.process.helper = broker_of(place)
        self.idle: Memory = self.process.memory()

    def _greet(self, front: Literal["stdio", "http"], seconds: float) -> None:
        if front == "stdio":
            self._stdio = StdioClient(self.process.pipes, self._era)
            self._stdio.greet(seconds=seconds)
            return
        self.process.wait_for_port(self._port, seconds=seconds)
        client = HttpClient(self._port, self._era)
        try:
            client.greet()
            client.once()
        finally:
            client.close()

    def slot(self, *, size: int, seconds: float, loaded: bool) -> Slot:
        """Measure one slot: one client, or with `loaded` 32 calls in flight.

        Raises:
            WrongAnswer: an answer was wrong, late or missing; the text ends with the target's error output.
        """
        try:
            return self._slot(size=size, seconds=seconds, loaded=loaded)
        except (g.WrongAnswer, OSError) as error:
            raise g.WrongAnswer(f"{error}; {self.process.last_words()}") from error

    def _slot(self, *, size: int, seconds: float, loaded: bool) -> Slot:
        clock = self.process.clock
        if self._stdio is not None:
            measure = self._stdio.pipelined if loaded else self._stdio.alone
            return measure(size=size, seconds=seconds, clock=clock)
        if loaded:
            return concurrent(port=self._port, era=self._era, size=size, seconds=seconds, clock=clock)
        client = HttpClient(self._port, self._era)
        try:
            client.greet()
            return client.alone(size=size, seconds=seconds, clock=clock)
        finally:
            client.close()

    def stop(self) -> None:
        """End it, unless it is the shared upstream."""
        if not self._shared:
            self.process.stop()
