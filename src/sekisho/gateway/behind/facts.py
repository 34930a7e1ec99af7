"""What was found out about the code behind a launch line, as it is pinned (`pin.code`)."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import orjson

from sekisho.gateway.behind.tree import TooManyError
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.gateway.behind.tree import Digests, Entry
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["CACHES", "OWN", "Facts", "is_fixed", "read_json", "shown"]

_LONGEST: Final = 1024 * 1024
"""Bytes of a file that says which version something has."""

_OTHERS_WRITE: Final = 0o022

CACHES: Final = frozenset({".cache", ".vite", ".turbo", ".parcel-cache", ".mypy_cache", ".pytest_cache", ".ruff_cache"})
"""Folders that tools write to while they work."""

OWN: Final = CACHES | {"node_modules", ".git", ".venv", "venv", ".tox", ".nox", "site-packages"}
"""Folders of a project that are looked at by themselves, or hold no code that is loaded."""


@dataclass(slots=True, eq=False)
class Facts:
    """They are gathered one by one."""

    digests: Digests
    """Gives digests."""

    cwd: str
    """Where the program starts."""

    env: Mapping[str, str]
    """Its environment."""

    since: float
    """When they were asked for, on the monotonic clock: what was seen later may be taken for what there is."""

    version: str = ""
    from_folder: bool = False
    """Whether code is looked for in the folder."""

    asked: JsonObject = field(default_factory=dict["str", "Json"])
    programs: JsonObject = field(default_factory=dict["str", "Json"])
    packages: JsonObject = field(default_factory=dict["str", "Json"])
    sources: JsonObject = field(default_factory=dict["str", "Json"])
    variables: JsonObject = field(default_factory=dict["str", "Json"])
    unread: set[str] = field(default_factory=set[str])
    _seen: set[str] = field(default_factory=set[str])

    def body(self) -> JsonObject:
        """Return all of them; the same facts give the same bytes."""
        unread: list[Json] = [*sorted(self.unread)]
        return {
            "version": self.version,
            "asked": self.asked,
            "programs": self.programs,
            "packages": self.packages,
            "sources": self.sources,
            "variables": self.variables,
            "folder": shown(self.cwd),
            "from_folder": self.from_folder,
            "unread": unread,
        }

    def is_new(self, folder: str) -> bool:
        """Tell whether a folder is taken in for the first time: several ways may lead to it."""
        before = len(self._seen)
        self._seen.add(os.path.realpath(folder))
        return len(self._seen) > before

    def program(self, name: str, path: str) -> None:
        """Take in a program that is executed."""
        real = os.path.realpath(path)
        self.programs[shown(name)] = {
            "path": shown(real),
            "digest": self.digests.file(real),
            "system": is_fixed(real),
        }

    def source(self, path: str) -> None:
        """Take in a file that has no version."""
        real = os.path.realpath(path)
        self.sources[shown(real)] = self.digests.file(real)

    def package(self, name: str, version: str, digest: str) -> None:
        """Take in a package; one that has the name of another gets a number."""
        told, number = shown(name), 1
        while told in self.packages:
            number += 1
            told = f"{shown(name)} [{number}]"
        self.packages[told] = {"version": shown(version), "digest": digest}

    def entries(self, root: str, skip: frozenset[str] = frozenset()) -> list[Entry]:
        """Return the files of a folder that are code, but for folders of these names.

        Raises:
            TooManyError: there are too many of them.
        """
        return self.digests.walked(root, skip, self.since)

    def folder(self, root: str, name: str = "", version: str = "") -> None:
        """Take in the code in a folder as one thing: a package where it has a name, else a source."""
        if not self.is_new(root):
            return
        try:
            found = self.entries(root, OWN)
        except TooManyError:
            self.unread.add(shown(root))
            return
        digest = text(self.digests.folder(root, found, lambda: self.digests.of(root, found), kind="folder")) or ""
        if name:
            self.package(name, version, digest)
        else:
            self.sources[shown(os.path.realpath(root))] = digest


def is_fixed(path: str) -> bool:
    """Tell whether only an administrator, who is somebody else, can change what is at a path."""
    if os.geteuid() == 0:
        return False
    while True:
        try:
            found = os.stat(path)  # noqa: PTH116 - one system call for each folder
        except OSError:
            return False
        if found.st_uid != 0 or found.st_mode & _OTHERS_WRITE:
            return False
        above = os.path.dirname(path)  # noqa: PTH120 - as above
        if above == path:
            return True
        path = above


def shown(name: str) -> str:
    """Return a name as text that can be kept: bytes that are no UTF-8 are written out."""
    return os.fsencode(name).decode(errors="backslashreplace")


def read_json(path: str) -> JsonObject:
    """Return the object in a short file; an empty one where there is none."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - many of them
            data: Json = orjson.loads(file.read(_LONGEST))
    except (OSError, orjson.JSONDecodeError):
        return {}
    return {**obj(data)}
