"""What this machine says about a server's launch line: which of the names are folders, and where links lead."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sekisho.gateway.cloned import names_launch
from sekisho.gateway.launch import Launch
from sekisho.meaning.launch import folders_named, hosts_named, words_of
from sekisho.policy.facts import Site, facts_of_launch, facts_of_remote, is_wide
from sekisho.policy.reach import ANYWHERE, reaching

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sekisho.gateway.remote import Remote
    from sekisho.policy.facts import ServerFacts
    from sekisho.policy.reach import Reach

__all__ = ["facts_of", "settled_reach"]


def facts_of(target: Launch | Remote, own: Iterable[str] = (), reach: Reach = ANYWHERE) -> ServerFacts:
    """Return what the guards are told about the server behind `target`.

    Args:
        target: the command to start, or the remote server.
        own: folders of our state, which no call may touch.
        reach: what a person lists, as `settled_reach` returns it.
    """
    ours = tuple(dict.fromkeys(each for path in own for each in (path, os.path.realpath(path))))
    if not isinstance(target, Launch):
        return reaching(facts_of_remote(target.endpoint.authority, ours), reach)
    facts = facts_of_launch(_site(target, ours), words=words_of(target.argv), hosts=hosts_named(target.argv))
    return reaching(facts, reach)


def settled_reach(reach: Reach, target: Launch | Remote) -> Reach:
    """Return lists with their folders as this machine has them; those of a server elsewhere as written."""
    if not reach.roots or not isinstance(target, Launch):
        return reach
    home = target.env.get("HOME") or None
    return reach.settled(lambda each: _written(each, target.cwd, home))


def _site(launch: Launch, own: tuple[str, ...]) -> Site:
    home = launch.env.get("HOME") or None
    line, passed = folders_named(launch.argv, launch.env)
    named = _folders(line, launch.cwd, home) or _folders(passed, launch.cwd, home)
    wide = tuple(each for each in named if is_wide(each, home, windows=sys.platform == "win32"))
    doubted = wide if wide and names_launch(launch.argv, launch.cwd, home) else ()
    return Site(
        folders=tuple(each for each in named if each not in doubted),
        doubted=doubted,
        cwd=launch.cwd,
        real_cwd=os.path.realpath(launch.cwd),
        home=home,
        own=own,
        caseless=sys.platform in ("win32", "darwin"),
        windows=sys.platform == "win32",
    )


def _folders(names: Sequence[str], cwd: str, home: str | None) -> tuple[str, ...]:
    """Return those that are folders, as they are written and as their real paths."""
    found: dict[str, None] = {}
    for name in names:
        path, real = _written(name, cwd, home)
        if os.path.isdir(real):  # noqa: PTH112 - one system call for each word of a launch line
            found |= dict.fromkeys((path, real))
    return tuple(found)


def _written(name: str, cwd: str, home: str | None) -> tuple[str, str]:
    """Return a folder as it is written, and where it leads."""
    path = os.path.join(cwd, home + name[1:] if home and name[:2] in ("~", "~/") else name)  # noqa: PTH118 - joined as the server would
    return os.path.normpath(path), os.path.realpath(path)
