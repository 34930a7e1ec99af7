"""The eight servers behind one configuration: what they are called, where they work, and what they are asked.

Installed and asked as in `bench/fidelity`, and every tool that is not asked there is called too.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

from faithful.places import Place
from faithful.scripts import SERVERS, call

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from faithful.scripts import Server, Step
    from faithful.wire import Object

__all__ = ["EIGHT", "configuration", "fresh", "settled", "steps"]

EIGHT: Final[dict[str, Server]] = {
    each.name.removeprefix("mcp-server-").removeprefix("server-"): each for each in SERVERS
}
"""The servers by alias, in configuration order."""

_KEPT: Final = ("PATH", "LANG", "LC_ALL", "SSL_CERT_FILE")
"""What the processes get of our environment."""
_ASKED: Final = frozenset({"tools/call", "prompts/get", "resources/read", "completion/complete"})
_MORE: Final[Mapping[str, list[Step]]] = {
    "server-everything": [call("get-env"), call("simulate-research-query", topic="gates")],
}
"""Calls that `bench/fidelity` leaves out, for one set of capabilities or for all."""


def fresh(at: Path, page: str) -> Place:
    """Return a place for one host, with nothing in it yet.

    Raises:
        UnavailableError: a server cannot be installed here.
    """
    home = at / "home"
    home.mkdir(parents=True)
    (home / "run").mkdir(mode=0o700)
    env = {name: os.environ[name] for name in _KEPT if name in os.environ} | {"HOME": str(home)}
    env |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    env |= {"XDG_RUNTIME_DIR": str(home / "run"), "TZ": "UTC", "GIT_CONFIG_GLOBAL": os.devnull}
    place = Place(folder=at / "files", repository=at / "repository", page=page, env=env)
    for server in EIGHT.values():
        server.command(place)
    return place


def configuration(place: Place) -> Path:
    """Write the configuration of all eight, and return where it is."""
    # What servers and hosts say to each other is compared; nobody sits here for a question of ours.
    text = 'questions.sampling = "allow"\n\n' + "".join(_table(alias, server, place) for alias, server in EIGHT.items())
    path = place.folder.parent / "sekisho.toml"
    path.write_text(text, "utf-8")
    return path


def _table(alias: str, server: Server, place: Place) -> str:
    env = {**place.env, **server.env(place)}
    lines = [f"[servers.{alias}]", f"command = {json.dumps(server.command(place))}", f"[servers.{alias}.env]"]
    return "\n".join([*lines, *(f"{name} = {json.dumps(value)}" for name, value in env.items())]) + "\n\n"


def steps(server: Server, place: Place, capabilities: Object) -> list[Step]:
    """Return what a server is asked."""
    asked = [*server.steps(place, capabilities), *_MORE.get(server.name, ())]
    return [step for step in asked if step[0] in _ASKED]


def settled(place: Place) -> None:
    """Make a place as it was; the database is there from the beginning, whenever its server starts."""
    place.reset()
    (place.folder / "gates.db").touch()
