"""What this machine says about a server's launch line: which of the names are folders, and where links lead."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sekisho.gateway.launch import Launch
from sekisho.meaning.launch import folders_named, hosts_named, words_of
from sekisho.policy.facts import Site, facts_of_launch, facts_of_remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sekisho.gateway.remote import Remote
    from sekisho.policy.facts import ServerFacts

__all__ = ["facts_of"]


def facts_of(target: Launch | Remote, own: Iterable[str] = ()) -> ServerFacts:
    """Return what the guards are told about the server behind `target`.

    Args:
        target: the command to start, or the remote server.
        own: folders of our state, which no call may touch.
    """
    ours = tuple(dict.fromkeys(each for path in own for each in (path, os.path.realpath(path))))
    if not isinstance(target, Launch):
        return facts_of_remote(target.endpoint.authority, ours)
    return facts_of_launch(
        _site(target, ours),
        words=words_of(target.argv),
        hosts=hosts_named(target.argv),
    )


def _site(launch: Launch, own: tuple[str, ...]) -> Site:
    home = launch.env.get("HOME") or None
    line, passed = folders_named(launch.argv, launch.env)
    return Site(
        folders=_folders(line, launch.cwd, home) or _folders(passed, launch.cwd, home),
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
        path = os.path.join(cwd, home + name[1:] if home and name[:2] in ("~", "~/") else name)  # noqa: PTH118 - joined as the server would
        if os.path.isdir(path):  # noqa: PTH112 - one system call for each word of a launch line
            found |= dict.fromkeys((os.path.normpath(path), os.path.realpath(path)))
    return tuple(found)
