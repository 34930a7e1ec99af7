"""Finds what `npx` and `uvx` have downloaded before, so that a server starts without them and without the network.

A launcher writes into its cache even when it has nothing to fetch, and a server under test shall write nowhere.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Found", "NotCachedError", "cached"]

_NPX: Final = frozenset({"npx", "bunx"})
_UVX: Final = frozenset({"uvx"})
_WITH_VALUE: Final = frozenset(
    {"-p", "--package", "--from", "--with", "--python", "--registry", "--index", "-c", "--call"}
)
_NPM_SPEC: Final = re.compile(r"(@[\w.~-]+/[\w.~-]+|[\w.~-]+)(?:@(.+))?", re.ASCII)
_PYPI_SPEC: Final = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?(?:(?:==|@)(.+))?")
_EXACT: Final = re.compile(r"[0-9]+(?:\.[0-9A-Za-z+-]+)+")


class NotCachedError(Exception):
    """The launcher would have to download something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A command that needs no launcher."""

    command: tuple[str, ...]
    """Program and arguments."""

    root: Path | None = None
    """The folder that has to be there with it; None where the program's own is all."""


def cached(command: Sequence[str], home: Path) -> Found:
    """Return a command as it is, or, behind a launcher, what the launcher would start.

    Args:
        command: program and arguments.
        home: whose caches.

    Raises:
        NotCachedError: a launcher was asked for what it has not downloaded, or in a way that we do not know.
    """
    program = Path(command[0]).name
    if program not in _NPX | _UVX:
        return Found(command=tuple(command))
    options, words = _split(command[1:])
    find = _of_npm if program in _NPX else _of_pypi
    found = next(find(options, words, home), None)
    if found is None:
        raise NotCachedError
    return found


def _split(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Take a launcher's own options from the front."""
    options: dict[str, str] = {}
    left = [*words]
    while left and left[0].startswith("-"):
        name, equals, value = left.pop(0).partition("=")
        options[name] = value if equals else left.pop(0) if name in _WITH_VALUE and left else ""
    return options, left


def _of_npm(options: dict[str, str], words: list[str], home: Path) -> Iterator[Found]:
    spec = _NPM_SPEC.fullmatch(options.get("-p") or options.get("--package") or next(iter(words), ""))
    if spec is None or not words or {"-c", "--call"} & options.keys():
        return
    wanted = "" if words[0] == spec[0] else words[0]
    for manifest in sorted(home.glob(f".npm/_npx/*/node_modules/{spec[1]}/package.json"), key=_newest):
        about = _object(manifest)
        if _fits(spec[2], about.get("version")):
            script = _script(about.get("bin"), wanted or spec[1].rpartition("/")[2])
            if script is not None:
                path = manifest.parent / script
                root = manifest.parents[2 if "/" in spec[1] else 1].parent
                yield Found(command=("node", str(path), *words[1:]), root=root)


def _of_pypi(options: dict[str, str], words: list[str], home: Path) -> Iterator[Found]:
    spec = _PYPI_SPEC.fullmatch(options.get("--from") or next(iter(words), ""))
    if spec is None or not words or "--with" in options:
        return
    name = words[0] if "--from" in options else spec[1]
    distribution = re.sub(r"[-_.]+", "_", spec[1]).lower()
    for program in sorted(home.glob(f".cache/uv/archive-v0/*/bin/{name}"), key=_newest):
        abouts = program.parents[1].glob(f"lib/python*/site-packages/{distribution}-*.dist-info")
        if any(_fits(spec[2], about.name.removesuffix(".dist-info").rpartition("-")[2]) for about in abouts):
            yield Found(command=(str(program), *words[1:]))


def _fits(wanted: str | None, there: object) -> bool:
    """Whether a version will do: any, where the launch names a tag or range, which only the network can tell."""
    return not wanted or _EXACT.fullmatch(wanted) is None or wanted == there


def _script(binary: object, name: str) -> str | None:
    match binary:
        case str():
            return binary
        case dict():
            scripts = cast("dict[str, object]", binary)
            found = scripts.get(name, next(iter(scripts.values()), None) if len(scripts) == 1 else None)
            return found if isinstance(found, str) else None
        case _:
            return None


def _object(path: Path) -> dict[str, object]:
    try:
        value: object = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _newest(path: Path) -> float:
    return -path.stat().st_mtime
