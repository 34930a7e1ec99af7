"""Starts servers to see what they offer: each in a sandbox of its own, with a planted home, and asked as a host asks.

What a server reads of the lures, and what of them stands in what it says, is told. Its real secrets are never given
to it: what looks like one in its settings is replaced.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sekisho.gateway.launch import LaunchError
from sekisho.model.scan_ids import ScanId
from sekisho.rules.observed import Observed
from sekisho.scan.asking import surface
from sekisho.scan.cached import NotCachedError
from sekisho.scan.dumps import Dump
from sekisho.scan.lure import plant
from sekisho.scan.report import Unseen
from sekisho.scan.sandbox import HOME, boxed, unboxed
from sekisho.wire.strict import serialise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sekisho.scan.dial import Dial
    from sekisho.scan.lure import Lure
    from sekisho.scan.sources import Sources
    from sekisho.settings.entry import Entry

__all__ = ["Listed", "Start", "Starter", "called", "listed", "starts_of"]

_SECONDS: Final = 60.0
"""For one server, both generations together."""

_LAUNCHER: Final = re.compile(r"python[0-9.]*|node|npx|uvx|uv|bunx|bun|deno|pipx|sh|bash|env")
_SECRET: Final = re.compile(r"key|token|secret|passw|credential|auth|cookie|session|dsn|private", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A server that shall be started."""

    name: str
    """What it is called here."""

    command: tuple[str, ...]
    """Program and arguments."""

    declared: tuple[str, ...] = ()
    """Its variables, `NAME=VALUE`, without real secrets."""

    cwd: Path
    """Where it would be started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """How servers are started and spoken to."""

    dial: Dial
    """Makes links with a fresh server behind them."""

    sandboxed: bool
    """Whether each gets a sandbox."""

    fetch: bool
    """Whether they may have the network, to download what is missing."""

    said: Callable[[str], str]
    """What was last said about a server that did not start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What starting servers has shown."""

    dumps: tuple[tuple[str, Dump], ...]
    """By name: what each offers."""

    unseen: tuple[Unseen, ...]
    """Which did not answer, and what could not be observed."""

    observed: tuple[Observed, ...]
    """What each did with the lures."""


def starts_of(sources: Sources, cwd: Path) -> tuple[tuple[Start, ...], tuple[Unseen, ...]]:
    """Return the servers of settings that can be started, and the others with the reason."""
    starts: dict[str, Start] = {}
    unseen: list[Unseen] = []
    for settings in sources.collection.settings:
        for entry in settings.entries:
            name = entry.alias if entry.alias not in starts else f"{entry.alias} ({settings.source.file})"
            if entry.command is None:
                unseen.append(Unseen(what=name, why=ScanId.SCAN_REMOTE))
            elif entry.disabled:
                unseen.append(Unseen(what=name, why=ScanId.SCAN_DISABLED))
            else:
                starts[name] = _start(name, entry, cwd)
    return tuple(starts.values()), tuple(unseen)


def _start(name: str, entry: Entry, cwd: Path) -> Start:
    folder = Path(entry.cwd.text).expanduser() if entry.cwd is not None else cwd
    command = (entry.command.text if entry.command is not None else "", *(word.text for word in entry.args))
    declared = tuple(f"{one.key}={_harmless(one.key, one.text)}" for one in entry.env if one.key)
    return Start(name=name, command=command, declared=declared, cwd=folder if folder.is_dir() else cwd)


def _harmless(key: str, value: str) -> str:
    """Return a value that may be given to a server under test: never one that could be a secret."""
    return "0" * 32 if _SECRET.search(key) else value


def called(command: Sequence[str]) -> str:
    """Return what a command line is called: its program, behind a launcher what that is to run."""
    program = Path(command[0]).name
    if _LAUNCHER.fullmatch(program) is None:
        return program
    first = next((word for word in command[1:] if not word.startswith("-")), program)
    return first if first.startswith("@") else Path(first).name or program


async def listed(starts: Iterable[Start], starter: Starter) -> Listed:
    """Start one server after the other, ask it, and end it."""
    dumps: list[tuple[str, Dump]] = []
    unseen: list[Unseen] = []
    observed: list[Observed] = []
    for start in starts:
        folder = Path(tempfile.mkdtemp(prefix="sekisho-scan-"))
        try:
            lure = plant(folder)
            dump = await _one(start, starter, lure, unseen)
            if dump is not None:
                dumps.append((start.name, dump))
            said = lure.told(serialise(dump.body).decode()) if dump is not None else ()
            observed.append(Observed(server=start.name, read=lure.touched(), told=said))
            if not lure.observable:
                unseen.append(Unseen(what=start.name, why=ScanId.SCAN_NOT_OBSERVED))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return Listed(dumps=tuple(dumps), unseen=tuple(unseen), observed=tuple(observed))


async def _one(start: Start, starter: Starter, lure: Lure, unseen: list[Unseen]) -> Dump | None:
    make = boxed if starter.sandboxed else unboxed
    root = Path(HOME) / "project" if starter.sandboxed else lure.project
    try:
        launch = make(start.command, start.declared, lure, cwd=start.cwd, fetch=starter.fetch)
        async with asyncio.timeout(_SECONDS):
            body, failed = await surface(lambda: starter.dial.link(start.name, launch), starter.dial.who, root.as_uri())
    except TimeoutError:
        unseen.append(Unseen(what=start.name, why=ScanId.SCAN_SILENT))
        return None
    except NotCachedError:
        unseen.append(Unseen(what=start.name, why=ScanId.SCAN_NOT_CACHED))
        return None
    except LaunchError as error:
        unseen.append(Unseen(what=f"{start.name} ({error.what})", why=ScanId.SCAN_NOT_LISTED))
        return None
    if not body:
        said = starter.said(start.name)
        unseen.append(Unseen(what=f"{start.name} ({said})" if said else start.name, why=ScanId.SCAN_NOT_LISTED))
        return None
    unseen += (Unseen(what=f"{start.name}: {member}", why=ScanId.SCAN_NOT_TO_THE_END) for member in sorted(failed))
    return Dump(file=start.name, body=body, prefix="", data=b"", unseen=())
