"""For tests of the command line: a state directory, an audit with fixed times, commands here or in a process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from click.testing import CliRunner

from sekisho.adapters import keyfile
from sekisho.adapters.audit import AuditLog, Entry, Pace
from sekisho.adapters.audit.ledger import Means
from sekisho.cli.app import cli
from sekisho.model.escape import columns

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

    from click.testing import Result

PATIENCE: Final = 30.0
"""Seconds that any wait of a test may take on a busy machine."""

NOON: Final = 1_796_040_000_000
"""2026-11-30 12:00:00 UTC."""

_SHORT: Final = re.compile(r"\b[0-9a-f]{6}:([0-9]+)")
_LANGUAGES: Final = ("SEKISHO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True)
class Desk:
    """One user with a state directory."""

    state: Path

    def environ(self, **more: str) -> dict[str, str]:
        """Return the environment of a command, without a language and without what agents set."""
        kept = {name: value for name, value in os.environ.items() if name not in _LANGUAGES}
        return {**kept, **self._places, "LANG": "C.UTF-8", "TZ": "UTC", **more}

    @property
    def _places(self) -> dict[str, str]:
        """Return what keeps commands from the state and the configuration of whoever runs the tests."""
        return {"SEKISHO_STATE": str(self.state), "XDG_CONFIG_HOME": str(self.state.with_name("config"))}

    def call(self, *words: str, said: str | None = None, **environ: str) -> Result:
        """Run a command in this process."""
        cleared: Mapping[str, str | None] = {**dict.fromkeys(_LANGUAGES), **self._places, **environ}
        return CliRunner().invoke(cli, words, input=said, env=cleared, prog_name="sekisho", terminal_width=80)

    def run(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a process of its own, without a terminal."""
        return self.run_in(None, *words, **environ)

    def run_in(self, folder: Path | None, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a folder."""
        return subprocess.run(
            [sys.executable, "-m", "sekisho", *words],
            env=self.environ(**environ),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    @contextmanager
    def log(self, begin: int = NOON) -> Generator[Chain]:
        """Open a chain; its first entry has the time `begin` and a second."""
        audit = self.state / "audit"
        audit.mkdir(mode=0o700, exist_ok=True)
        made = Chain(begin)
        key = keyfile.load_or_create(self.state / "key")
        made.log = AuditLog.open(audit, key=key, pace=Pace(interval_s=60), means=Means(clock_ms=made.clock))
        try:
            yield made
        finally:
            made.log.close()

    def record(self, *entries: Entry, begin: int = NOON) -> str:
        """Write a closed chain of its own and return its writer's id."""
        with self.log(begin) as made:
            for one in entries:
                made.append(one)
            return made.log.writer


class Chain:
    """An open chain whose clock goes on by one second with every entry."""

    log: AuditLog

    def __init__(self, begin: int) -> None:
        self._now = begin

    def clock(self) -> int:
        return self._now

    def append(self, one: Entry) -> None:
        self._now += 1000
        self.log.append(one)


@contextmanager
def utc() -> Generator[None]:
    """Live in UTC for a while."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


def entry(kind: str, server: str = "python weather.py @ /srv", **fields: object) -> Entry:
    return Entry(kind=kind, principal="ada", conversation="stdio:1-1", server=server, fields=fields)


def steady(text: str) -> str:
    """Replace the random part of short ids, which are as long."""
    return _SHORT.sub(r"aaaaaa:\1", text)


def narrow(text: str) -> bool:
    """Whether every line fits into 80 columns."""
    return all(columns(line) <= 80 for line in text.splitlines())
