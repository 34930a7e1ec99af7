"""Where the commands of a call begin, and whether their files are on this machine at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sekisho.meaning.argument import Meaning
from sekisho.meaning.words import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.guards.path import PathFacts
    from sekisho.meaning.argument import Argument
    from sekisho.meaning.tool import Tool
    from sekisho.policy.facts import ServerFacts

__all__ = ["standing"]

_ABROAD: Final = frozenset({
    "adb", "cluster", "container", "device", "droplet", "emulator", "instance", "kubernetes", "machine", "pod",
    "remote", "router", "sandbox", "sbx", "serverless", "ssh", "vm", "vps", "wsl",
})  # fmt: skip
"""Words of tools and parameters whose commands run on another system."""

_ELSEWHERE: Final = _ABROAD | {"host", "hostname"}
"""Words of parameters that name that system."""


_FOLDERS: Final = frozenset({
    "cwd", "dir", "directory", "folder", "project", "pwd", "repo", "repository", "root", "wd", "workdir", "workspace",
})  # fmt: skip
"""Last words of parameters that name the folder in which a command runs."""

_OWNED: Final = frozenset({"base", "project", "repo", "repository", "root", "working", "workspace"})


def standing(arguments: Sequence[Argument], tool: Tool, facts: ServerFacts) -> PathFacts | None:
    """Return where the commands of a call may write: they begin at the folder that it names.

    Args:
        arguments: those of the call.
        tool: whose they are.
        facts: what is known about the server.

    Returns:
        None where they run on a system whose files we do not know.
    """
    if facts.remote or not _ABROAD.isdisjoint(tool.words):
        return None
    declared = [each for each in arguments if each.declared and Meaning.COMMAND not in each.meanings]
    if any(not _ELSEWHERE.isdisjoint(named(each.pointer)) for each in declared):
        return None
    own = facts.path
    folders = [each.value for each in declared if Meaning.PATH in each.meanings and _is_folder(named(each.pointer))]
    if len(folders) != 1 or not folders[0]:
        return own
    folder = folders[0]
    base = folder if folder.startswith(("/", "~")) or folder[1:2] == ":" else f"{own.base or ''}/{folder}"
    return replace(own, base=f"{own.home}{base[1:]}" if base.startswith("~") and own.home else base)


def _is_folder(names: Sequence[str]) -> bool:
    """Say whether a name is that of the folder in which a command runs; from any deeper one it could climb unseen."""
    return not _FOLDERS.isdisjoint(names[-1:]) or (names[-1:] == ("path",) and not _OWNED.isdisjoint(names))
