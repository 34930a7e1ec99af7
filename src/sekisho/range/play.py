"""Playing a script twice against the same server, direct and through `sekisho run`, and comparing."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from sekisho.range.host import Host, HostError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sekisho.range.host import Json
    from sekisho.range.script import Said, Script

__all__ = ["Exchange", "Played", "Server", "play", "weather"]

_JOURNAL: Final = "WEATHER_JOURNAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """How a server is started."""

    command: Sequence[str]
    """Program and arguments."""

    cwd: Path
    """Its working directory."""

    journal: Path | None = None
    """Where it notes what reaches it, if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One message of the host and what came of it."""

    said: Said
    """The message."""

    direct: Json | None
    """The answer without Sekisho, None when none is due."""

    through: Json | None
    """The answer with Sekisho."""

    @property
    def same(self) -> bool:
        """Whether both answers are equal."""
        return self.direct == self.through

    @property
    def stopped(self) -> bool:
        """Whether the server obeyed it and Sekisho did not let it."""
        return "result" in (self.direct or {}) and "error" in (self.through or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A script that was played."""

    script: Script
    """Which."""

    exchanges: Sequence[Exchange]
    """One for each message."""

    problems: Sequence[str]
    """What did not end as it should, empty when all is well."""

    @property
    def asked(self) -> Sequence[Exchange]:
        """The exchanges of requests."""
        return [exchange for exchange in self.exchanges if exchange.said.answered]


def weather(folder: Path) -> Server:
    """Return the bundled server; `folder` takes its journal and is its working directory."""
    program = Path(__file__).with_name("weather.py")
    return Server(command=(sys.executable, "-I", str(program)), cwd=folder, journal=folder / "journal")


def play(script: Script, server: Server, *, state: Path, environ: Mapping[str, str]) -> Played:
    """Play `script` against `server`, first without and then with Sekisho.

    Args:
        script: what the host says.
        server: how the server is started.
        state: the state directory of the Sekisho between them.
        environ: the environment of host and Sekisho.

    Raises:
        HostError: one of both did not answer.
        OSError: a command could not be started.
    """
    told = {**environ, "SEKISHO_STATE": str(state), "PYTHONUNBUFFERED": "1"}
    journaled = {} if server.journal is None else {_JOURNAL: str(server.journal)}
    direct = _visit(script, server.command, {**told, **journaled}, server.cwd)
    seen_direct = _seen(server)
    options = [part for name, value in journaled.items() for part in ("--env", f"{name}={value}")]
    gateway = [sys.executable, "-m", "sekisho", "run", *options, "--cwd", str(server.cwd), "--", *server.command]
    through = _visit(script, gateway, told, server.cwd)
    exchanges = [
        Exchange(said=said, direct=one, through=other)
        for said, one, other in zip(script.said, direct, through, strict=True)
    ]
    problems = [*_unkept(exchanges), *_leaked(script, seen_direct, _seen(server))]
    return Played(script=script, exchanges=exchanges, problems=problems)


def _visit(script: Script, command: Sequence[str], environ: Mapping[str, str], cwd: Path) -> list[Json | None]:
    answers: list[Json | None] = []
    with Host(command, environ, cwd=cwd) as host:
        for said in script.said:
            try:
                if not said.answered:
                    host.tell(said.line)
                answers.append(host.ask(said.line) if said.answered else None)
            except HostError as error:
                raise HostError(f"{said.method}: {error}") from error
    return answers


def _seen(server: Server) -> list[str] | None:
    """Return the methods that reached the server, oldest first, and forget them."""
    if server.journal is None:
        return None
    lines = server.journal.read_bytes().splitlines()
    server.journal.unlink()
    return [str(cast("Json", json.loads(line)).get("method")) for line in lines]


def _unkept(exchanges: Sequence[Exchange]) -> list[str]:
    """Return the promises about answers that were not kept."""
    problems: list[str] = []
    for exchange in exchanges:
        said = exchange.said
        if said.refused and not exchange.stopped:
            problems.append(f"{said.method} was to be stopped ({said.refused})")
        elif not said.refused and not exchange.same:
            problems.append(f"{said.method} was answered differently")
        elif said.answered and not said.refused and "result" not in (exchange.through or {}):
            problems.append(f"{said.method} was answered by an error")
    return problems


def _leaked(script: Script, direct: list[str] | None, through: list[str] | None) -> list[str]:
    """Compare what reached the server."""
    if direct is None or through is None:
        return []
    problems: list[str] = []
    if direct != [said.method for said in script.said]:
        problems.append(f"without Sekisho the server saw {direct}")
    if through != [said.method for said in script.said if not said.refused]:
        problems.append(f"with Sekisho the server saw {through}")
    return problems
