"""Where the processes of a test live: an empty home, a state directory of their own, and how to start Sekisho there."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, cast

from peers.loops import PATIENCE
from sekisho.adapters.digests import FILE, DigestFile
from sekisho.gateway.behind.reading import Reader
from sekisho.gateway.behind.tree import Digests
from sekisho.gateway.launch import Launch

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

__all__ = ["HERE", "Place", "Served", "furnished", "listening", "place", "python_peer", "scripted", "sekisho", "serve"]

HERE: Final = Path(__file__).parent
_LISTENING: Final = re.compile(rb"http://[0-9.:\[\]]+/mcp")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder and the environment of everything that is started for it."""

    folder: Path
    env: dict[str, str]

    @property
    def state(self) -> Path:
        """Sekisho's state directory."""
        return self.folder / "state"

    @property
    def journal(self) -> Path:
        """Where the scripted server writes what it was told."""
        return self.folder / "journal"


def place(folder: Path) -> Place:
    """Return an empty place; nothing of the user's is read or written."""
    for name in ("home", "state"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SEKISHO_", "XDG_"))}
    env |= {"HOME": str(folder / "home"), "SEKISHO_STATE": str(folder / "state"), "LANG": "C.UTF-8"}
    return Place(folder, env)


def furnished(folder: Path) -> Place:
    """Return a place for servers of `python_peer`, where what is installed was read before: it takes half a second."""
    at = place(folder)
    kept = at.state / FILE
    kept.touch(mode=0o600)
    kept.write_bytes(_digests())
    return at


@cache
def _digests() -> bytes:
    with TemporaryDirectory() as folder:
        launch = Launch(argv=python_peer("sdk_server.py"), cwd=folder, env=dict(os.environ))
        Reader(launch, Digests(DigestFile(Path(folder)))).read()
        return (Path(folder) / FILE).read_bytes()


def sekisho(*arguments: str) -> tuple[str, ...]:
    """Return the command line of Sekisho."""
    return (sys.executable, "-m", "sekisho", *arguments)


def scripted(at: Place) -> tuple[str, ...]:
    """Return the command line of the scripted server."""
    return (sys.executable, "-I", "-S", str(HERE / "scripted_server.py"), str(at.journal))


def python_peer(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command line of a server in this folder that needs installed packages."""
    return (sys.executable, str(HERE / name), *arguments)


@dataclass(frozen=True, slots=True)
class Served:
    """A command that listens."""

    process: asyncio.subprocess.Process
    url: str

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2].partition("/")[0])


@asynccontextmanager
async def serve(at: Place, *arguments: str) -> AsyncGenerator[Served]:
    """Run `sekisho serve` on a free port as long as the block lasts."""
    async with listening(at, *sekisho("serve", "--port", "0", *arguments)) as served:
        yield served


@asynccontextmanager
async def listening(at: Place, *command: str) -> AsyncGenerator[Served]:
    """Run a command that says its URL on standard error."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=at.env,
        cwd=at.folder,
    )
    errors = cast("asyncio.StreamReader", process.stderr)
    following: asyncio.Task[None] | None = None
    try:
        async with asyncio.timeout(PATIENCE):
            url = await _url(errors)
        following = asyncio.ensure_future(_follow(errors, at.folder / "stderr"))
        yield Served(process, url)
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            async with asyncio.timeout(PATIENCE):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
            raise
        if following is not None:
            await following


async def _url(errors: asyncio.StreamReader) -> str:
    said: list[bytes] = []
    while line := await errors.readline():
        said.append(line)
        found = _LISTENING.search(line)
        if found is not None:
            return found[0].decode()
    raise AssertionError(f"it ended before it listened: {b''.join(said)[-4000:].decode(errors='replace')}")


async def _follow(errors: asyncio.StreamReader, log: Path) -> None:
    with log.open("ab") as file:
        while data := await errors.read(1 << 16):
            file.write(data)
