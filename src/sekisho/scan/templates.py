"""Templates of the table of hosts, filled in for one machine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from sekisho.scan.hosts import Platform
from sekisho.settings.entry import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Ground", "expand"]

_START: Final = re.compile(r"\{env:([A-Z_]+)\|([^}]*)\}|\{(app|config|programdata|programfiles)\}|~(?=/)|/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where to look: everything that a path can start from."""

    home: Path
    """The user's home."""

    folders: tuple[Path, ...]
    """The project's folders: the working directory, and the root of its repository where that is another one."""

    platform: Platform
    """Which system the paths are of."""

    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    """The environment, as far as it moves folders."""

    root: Path = Path("/")
    """Where absolute paths start."""


def expand(template: str, scope: Scope, ground: Ground) -> Iterator[tuple[Path, str]]:
    """Yield the folders that a template starts from, each with what comes below, where `*` is a pattern.

    None where a variable without a default is not set.
    """
    found = _START.match(template)
    start, rest = ("", template) if found is None else (found[0], template[found.end() :])
    if found is not None and found[1]:
        value = ground.variables.get(found[1]) or found[2]
        if not value:
            return
        start = value
    rest = rest.lstrip("/")
    if found is not None and found[3]:
        yield _folder(found[3], ground), rest
    elif start == "~" or start.startswith("~/"):
        yield ground.home / start[2:], rest
    elif start and start != "/":
        yield Path(start), rest
    elif scope is Scope.PROJECT:
        yield from ((folder, rest) for folder in ground.folders)
    else:
        yield ground.root, rest


def _folder(name: str, ground: Ground) -> Path:
    variables = ground.variables
    config = Path(variables.get("XDG_CONFIG_HOME") or ground.home / ".config")
    match name:
        case "config":
            return config
        case "programdata":
            return Path(variables.get("ProgramData") or ground.root / "ProgramData")
        case "programfiles":
            return Path(variables.get("ProgramFiles") or ground.root / "Program Files")
        case _:
            pass
    match ground.platform:
        case Platform.LINUX:
            return config
        case Platform.MACOS:
            return ground.home / "Library" / "Application Support"
        case Platform.WINDOWS:
            return Path(variables.get("APPDATA") or ground.home / "AppData" / "Roaming")
        case _:
            assert_never(ground.platform)
