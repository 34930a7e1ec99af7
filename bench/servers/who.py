"""Which processes are the checkpoint's, and which are the servers'."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eight import EIGHT
from processes import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Group", "behind", "broker", "is_there", "relays"]


@dataclass(frozen=True, slots=True)
class Group:
    """The processes below one of ours."""

    own: list[int]
    """Ours."""
    servers: dict[str, int]
    """The servers by alias; of two with one alias, either."""
    theirs: frozenset[int]
    """All of the servers', with what they started."""


def behind(configuration: str) -> Group:
    """Return what was started below this process with a configuration as the last word."""
    return _group(pid for pid in tree_of(os.getpid()) if _words(pid)[-1:] == [configuration])


def broker(home: str) -> Group:
    """Return the broker that has a home, and what is below it."""
    return _group(pid for pid in _pids() if "broker" in _words(pid) and home in _environment(pid))


def relays(alias: str) -> list[int]:
    """Return the relays below this process for one entry."""
    return [pid for pid in tree_of(os.getpid()) if ["--entry", alias] == _words(pid)[-4:-2]]


def is_there(pid: int) -> bool:
    """Tell whether a process is there, and is not only waiting to be forgotten."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _group(roots: Iterable[int]) -> Group:
    found = sorted({pid for root in roots for pid in tree_of(root)})
    servers: dict[str, int] = {}
    for pid in found:
        words = _words(pid)[:3]
        for alias, server in EIGHT.items():
            if any(server.name in Path(word).parts for word in words):
                servers.setdefault(alias, pid)
    theirs = {below for pid in found if _is_server(pid) for below in tree_of(pid)}
    return Group([pid for pid in found if pid not in theirs], servers, frozenset(theirs))


def _is_server(pid: int) -> bool:
    words = _words(pid)[:3]
    return any(server.name in Path(word).parts for server in EIGHT.values() for word in words)


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _words(pid: int) -> list[str]:
    return _texts(pid, "cmdline")


def _environment(pid: int) -> set[str]:
    return {text.partition("=")[2] for text in _texts(pid, "environ") if text.startswith("HOME=")}


def _texts(pid: int, name: str) -> list[str]:
    try:
        return [os.fsdecode(text) for text in Path(f"/proc/{pid}/{name}").read_bytes().split(b"\0")[:-1]]
    except OSError:
        return []
