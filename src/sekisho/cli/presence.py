"""Is a person there? What can honestly be told on this machine, and where that ends.

`objection` looks at the terminal, at the processes above this one and at the environment, and returns the first reason
to believe that an agent, or a server of one, is calling.
The names are in `data/agent_hosts.toml`.

Limits: this finds the ordinary ways in which an agent or a server runs a command, and no more.
An agent with a free shell under this user's uid can start a process that has no ancestor, give it a terminal, and
type the word; only another uid, another machine or a sandbox around that shell keeps it from this.
Elsewhere than on Linux nobody tells who our ancestors are; there the terminal and the environment are all that is seen.
"""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final, cast

from sekisho.adapters.ancestry import Process, ancestors, base_name
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Hosts", "Objection", "Process", "ancestors", "known_hosts", "objection"]

_COMM: Final = 15
"""Linux keeps so many characters of a process's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """The table of known agent hosts."""

    programs: frozenset[str]
    """Names of programs."""

    interpreters: frozenset[str]
    """Names of programs that run another one."""

    packages: tuple[str, ...]
    """Parts of a script's path."""

    variables: tuple[str, ...]
    """Variables that they set."""

    def recognise(self, process: Process) -> str | None:
        """Return the name under which a process is known here, None when it is not."""
        first = process.arguments[0] if process.arguments else ""
        for name in (process.name, base_name(process.program), base_name(first)):
            if name in self.programs or any(name == known[:_COMM] for known in self.programs if len(name) == _COMM):
                return name
        if not any(self._interprets(name) for name in (process.name, base_name(process.program), base_name(first))):
            return None
        script = next((word for word in process.arguments[1:] if not word.startswith("-")), "")
        if base_name(script) in self.programs:
            return base_name(script)
        return next((package for package in self.packages if package in script), None)

    def _interprets(self, name: str) -> bool:
        return name.rstrip("0123456789.") in self.interpreters


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Why this does not look like a person."""

    message: MessageId
    """What to tell."""

    values: Mapping[str, str | int]
    """Its values."""


def objection(environ: Mapping[str, str], *, interactive: bool) -> Objection | None:
    """Return the first reason to believe that no person is there, None when nothing speaks against one.

    Args:
        environ: the environment of this process.
        interactive: whether standard input is a terminal.
    """
    if not interactive:
        return Objection(message=MessageId.RESUME_NO_TERMINAL, values={})
    hosts = known_hosts()
    above = list(ancestors(os.getppid())) if sys.platform == "linux" else []
    if sys.platform == "linux" and not above:
        return Objection(message=MessageId.RESUME_UNSEEN, values={})
    return judge(above, environ, hosts)


def judge(above: Iterable[Process], environ: Mapping[str, str], hosts: Hosts) -> Objection | None:
    """Return the objection to these ancestors and this environment."""
    for process in above:
        name = hosts.recognise(process)
        if name is not None:
            return Objection(message=MessageId.RESUME_AGENT, values={"name": name, "pid": process.pid})
    name = next((name for name in hosts.variables if environ.get(name)), None)
    if name is not None:
        return Objection(message=MessageId.RESUME_VARIABLE, values={"name": name})
    return None


def known_hosts() -> Hosts:
    """Read the table."""
    table = tomllib.loads(files("sekisho").joinpath("data", "agent_hosts.toml").read_text(encoding="utf-8"))
    names = {key: tuple(cast("list[str]", value)) for key, value in table.items() if isinstance(value, list)}
    return Hosts(
        programs=frozenset(names["programs"]),
        interpreters=frozenset(names["interpreters"]),
        packages=names["packages"],
        variables=names["variables"],
    )
