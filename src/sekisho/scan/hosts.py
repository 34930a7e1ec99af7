"""Where hosts keep their settings: the table of `data/hosts.toml`, read once and checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, cast

from sekisho.settings.entry import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sekisho.settings.reading import KeyPath

__all__ = ["Basis", "Host", "HostPath", "Platform", "hosts", "load"]

_SCHEMA: Final = 1


class Platform(StrEnum):
    """Where a path exists."""

    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"


class Basis(StrEnum):
    """How sure a path is."""

    VERIFIED = "verified"
    """Seen with the program itself."""
    DOCUMENTED = "documented"
    """In documents or source of its vendor or of a maintained tool."""
    INFERRED = "inferred"
    """From a relative, or from memory: what is not there proves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPath:
    """One place where a host may have settings."""

    scope: Scope
    """Whose settings."""

    path: str
    """The template; see the head of the table."""

    platforms: frozenset[Platform]
    """Where it is looked at."""

    basis: Basis
    """How sure it is."""

    keys: tuple[KeyPath, ...]
    """The way to the servers in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A program that starts or contacts servers."""

    id: str
    """Kebab-case, for machines."""

    name: str
    """For people."""

    paths: tuple[HostPath, ...]
    """Where its settings may be."""


@cache
def hosts() -> tuple[Host, ...]:
    """Return the hosts that we know, in the order of the table."""
    return load(files("sekisho").joinpath("data", "hosts.toml").read_text(encoding="utf-8"))


def load(text: str) -> tuple[Host, ...]:
    """Read a table of hosts.

    Raises:
        ValueError: it is not of schema 1, or holds a key or a word that the schema does not have.
    """
    table = tomllib.loads(text)
    _only(table, {"schema", "hosts"})
    if table["schema"] != _SCHEMA:
        raise ValueError(f"schema {table['schema']!r}, not {_SCHEMA}")
    return tuple(_host(row) for row in cast("list[dict[str, object]]", table["hosts"]))


def _host(row: Mapping[str, object]) -> Host:
    _only(row, {"id", "name", "keys", "paths"})
    keys = _keys(row["keys"])
    paths = cast("list[dict[str, object]]", row["paths"])
    return Host(id=str(row["id"]), name=str(row["name"]), paths=tuple(_path(path, keys) for path in paths))


def _path(row: Mapping[str, object], keys: tuple[KeyPath, ...]) -> HostPath:
    _only(row, {"scope", "path", "platforms", "basis", "keys"})
    platforms = cast("list[str]", row.get("platforms", [*Platform]))
    return HostPath(
        scope=Scope(str(row["scope"])),
        path=str(row["path"]),
        platforms=frozenset(Platform(name) for name in platforms),
        basis=Basis(str(row["basis"])),
        keys=_keys(row["keys"]) if "keys" in row else keys,
    )


def _keys(value: object) -> tuple[KeyPath, ...]:
    return tuple(tuple(path) for path in cast("list[list[str]]", value))


def _only(row: Mapping[str, object], known: Iterable[str]) -> None:
    unknown = sorted({*row} - {*known})
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(unknown)}")
