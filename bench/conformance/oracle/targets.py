"""What the suite is run against: the reference server alone, or Sekisho in front of it."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.gateway.broker.address import connect, peer_of

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

HOST = "127.0.0.1"
_HERE = Path(__file__).resolve().parents[1]
_START_LIMIT = 20.0
"""Seconds until a target has to listen."""
_STOP_LIMIT = 5.0
"""Seconds that a target gets to end by itself."""
_POLL = 0.05
"""Seconds between two looks at a port."""


class TargetFailedError(Exception):
    """A process under test did not come up; the message holds the end of what it printed."""


def reference_command(*arguments: str) -> list[str]:
    """The command that starts the reference server."""
    return [sys.executable, str(_HERE / "reference_server.py"), *arguments]


def driver_command() -> list[str]:
    """The command that the suite starts for a client scenario."""
    return [sys.executable, str(_HERE / "client_driver.py")]


QUESTIONS = 'questions.sampling = "allow"\n'
"""No person sits at the suite: its client answers each form as its own scenario wants it, and so not our question."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one run keeps its files, with an empty home: nothing of the user's is read or written."""

    folder: Path
    """Of this run alone."""
    env: Mapping[str, str]
    """The environment of every process of the run."""

    @property
    def log(self) -> Path:
        """What the processes under test print."""
        return self.folder / "targets.log"

    @property
    def results(self) -> Path:
        """What the suite writes."""
        return self.folder / "results"


@contextmanager
def place(folder: Path) -> Generator[Place]:
    """An empty place at `folder`; its home is gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="sekisho-conformance-") as home:
        env = {name: value for name, value in os.environ.items() if not name.startswith("SEKISHO_")}
        kinds = ("CONFIG", "DATA", "STATE", "CACHE")
        env |= {f"XDG_{kind}_HOME": f"{home}/{kind.lower()}" for kind in kinds}
        runtime = Path(home) / "run"
        runtime.mkdir(mode=0o700)
        own = Path(env["XDG_CONFIG_HOME"]) / "sekisho" / "sekisho.toml"
        own.parent.mkdir(parents=True)
        own.write_text(QUESTIONS, "utf-8")
        yield Place(folder, env | {"HOME": home, "XDG_RUNTIME_DIR": str(runtime)})


@contextmanager
def direct(at: Place) -> Generator[str]:
    """The reference server over Streamable HTTP."""
    port = free_port()
    with listening(reference_command("--port", str(port)), port=port, at=at):
        yield f"http://{HOST}:{port}/mcp"


@contextmanager
def serve_url(at: Place) -> Generator[str]:
    """`sekisho serve --url` in front of the reference server over Streamable HTTP."""
    with direct(at) as upstream, _sekisho_serve(["--url", upstream], at=at) as url:
        yield url


@contextmanager
def cross_old_host(at: Place) -> Generator[str]:
    """`sekisho serve --url` in front of a server that speaks 2026-07-28 only."""
    with _held(at, "2026") as upstream, _sekisho_serve(["--url", upstream], at=at) as url:
        yield url


@contextmanager
def cross_new_host(at: Place) -> Generator[str]:
    """`sekisho serve --url` in front of a server that speaks up to 2025-11-25 only."""
    with _held(at, "2025") as upstream, _sekisho_serve(["--url", upstream], at=at) as url:
        yield url


@contextmanager
def _held(at: Place, only: str) -> Generator[str]:
    port = free_port()
    with listening(reference_command("--port", str(port), "--only", only), port=port, at=at):
        yield f"http://{HOST}:{port}/mcp"


@contextmanager
def serve_stdio(at: Place) -> Generator[str]:
    """`sekisho serve --` in front of the reference server over stdio."""
    with _sekisho_serve(["--", *reference_command("--stdio")], at=at) as url:
        yield url


@contextmanager
def serve_entry(at: Place) -> Generator[str]:
    """`sekisho serve --` in front of `sekisho run --entry`, behind whose broker is the reference server over stdio."""
    config = at.folder / "sekisho.toml"
    config.write_text(
        f"{QUESTIONS}[servers.reference]\ncommand = {json.dumps(reference_command('--stdio'))}\n", "utf-8"
    )
    entry = [sys.executable, "-m", "sekisho", "run", "--entry", "reference", "--config", str(config)]
    # Started here, because what `serve` starts ends with each of its sessions, and everything below it too.
    with ended_broker(at), _broker(at), _sekisho_serve(["--", *entry], at=at) as url:
        yield url


@contextmanager
def _broker(at: Place) -> Generator[None]:
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "sekisho", "broker", "--idle", "600", "--ready", str(writing)]
    with (
        at.log.open("ab") as log,
        subprocess.Popen(command, env=dict(at.env), pass_fds=[writing], stderr=log) as process,
    ):
        os.close(writing)
        said = os.read(reading, 4096)
        os.close(reading)
        if said != b"+":
            raise TargetFailedError(said.decode(errors="replace"))
        yield
        process.terminate()


@contextmanager
def ended_broker(at: Place) -> Generator[None]:
    """End the broker that the block has started, if it has."""
    try:
        yield
    finally:
        found = connect(Path(at.env["XDG_DATA_HOME"]) / "sekisho", patience=_STOP_LIMIT)
        if found is not None:
            broker = os.pidfd_open(peer_of(found).pid)
            found.close()
            signal.pidfd_send_signal(broker, signal.SIGTERM)
            select.select([broker], [], [], 2 * _STOP_LIMIT)
            os.close(broker)


@contextmanager
def _sekisho_serve(arguments: Sequence[str], *, at: Place) -> Generator[str]:
    port = free_port()
    command = [sys.executable, "-m", "sekisho", "serve", "--host", HOST, "--port", str(port), *arguments]
    with listening(command, port=port, at=at):
        yield f"http://{HOST}:{port}/mcp"


def free_port() -> int:
    """A port of the loopback interface that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def listening(command: Sequence[str], *, port: int, at: Place) -> Generator[None]:
    """Run `command` as long as the block lasts, from the moment on that `port` answers.

    Raises:
        TargetFailedError: when it ends early or does not listen within 20 seconds.
    """
    with at.log.open("ab") as log:
        process = subprocess.Popen(
            command,
            env=dict(at.env),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        if not _answers(process, port):
            tail = at.log.read_text("utf-8", "replace").strip().splitlines()[-3:]
            raise TargetFailedError(" | ".join(tail) or "it printed nothing")
        yield
    finally:
        _stop(process)


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + _START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(_POLL)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process, and whatever it started, with SIGTERM first and SIGKILL after 5 seconds."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_LIMIT)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(_STOP_LIMIT)
