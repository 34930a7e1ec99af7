"""Transcripts: one server, reached by one face, asked everything."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from faithful.links import HttpLink, StdioLink, stop
from faithful.scripts import generic
from faithful.session import Session, SessionFailedError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from pathlib import Path

    from faithful.links import Link
    from faithful.places import Place
    from faithful.scripts import Server
    from faithful.wire import Object

Face = Literal["direct", "run", "serve"]
"""How the server is reached."""
_START = 20.0
"""Seconds until `serve` has to listen."""
_POLL = 0.05
"""Seconds between two looks at its port."""


def transcript(server: Server, place: Place, face: Face, capabilities: Object, *, log: Path) -> Object:
    """Everything that the server offers and answers, by label.

    Raises:
        SessionFailedError: the server did not come up or did not answer; the end of the error output is in it.
        UnavailableError: it cannot be installed.
    """
    place.reset()
    log.write_bytes(b"")
    try:
        with _link(server, place, face, log) as link:
            return _asked(Session(link, place.folder.as_uri()), server, place, capabilities)
    except (SessionFailedError, OSError) as problem:
        tail = log.read_text("utf-8", "replace").strip().splitlines()[-3:]
        raise SessionFailedError(f"{face}: {problem}; error output: {' | '.join(tail) or 'empty'}") from problem


def _asked(session: Session, server: Server, place: Place, capabilities: Object) -> Object:
    lists = session.lists(session.open(capabilities))
    for method, params in [*generic(lists), *server.steps(place, capabilities)]:
        about = params.get("name") or params.get("uri") or ""
        session.ask(f"{method} {about}".rstrip(), method, params)
    return session.finish()


@contextmanager
def _link(server: Server, place: Place, face: Face, log: Path) -> Generator[Link]:
    command, wanted = server.command(place), server.env(place)
    own = {**place.env, **wanted} if face == "direct" else place.env
    options = [part for name, value in wanted.items() for part in ("--env", f"{name}={value}")]
    if face == "serve":
        with _serving([*options, "--", *command], own, log) as port:
            yield HttpLink(port)
        return
    before = [] if face == "direct" else [sys.executable, "-m", "sekisho", "run", *options, "--"]
    link = StdioLink([*before, *command], env=own, log=log)
    try:
        yield link
    finally:
        link.close()


@contextmanager
def _serving(arguments: Sequence[str], env: Mapping[str, str], log: Path) -> Generator[int]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "sekisho", "serve", "--port", str(port), *arguments]
    with log.open("ab") as errors:
        process = subprocess.Popen(
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            start_new_session=True,
        )
    try:
        _wait_for(process, port)
        yield port
    finally:
        process.terminate()
        stop(process)


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(_POLL)
    ended = "did not listen in time" if process.poll() is None else f"ended with {process.returncode}"
    raise SessionFailedError(f"`serve` {ended}")
