"""The files around a script that is no installed package: the project that it belongs to, or what stands beside it."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from typing import TYPE_CHECKING, Final

from sekisho.gateway.behind.facts import read_json, shown
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.gateway.behind.facts import Facts
    from sekisho.wire.strict import Json

__all__ = ["around", "beside"]

_MARKS: Final = ("package.json", "pyproject.toml", "setup.py", "uv.lock", "requirements.txt", "deno.json", "bun.lockb")
_LEVELS: Final = 6
_WORD: Final = re.compile(rb"[A-Za-z_]\w*")
_MODULE: Final = re.compile(r"([A-Za-z_]\w*)(?:\.[\w-]+)?\.(?:py|so|pyd|pyc|js|mjs|cjs|ts)")
_LONGEST: Final = 1024 * 1024


def around(facts: Facts, script: str) -> None:
    """Take in the project that a script belongs to; where there is none, the script and what it can load beside it."""
    root = _project(facts, os.path.dirname(script))  # noqa: PTH120 - one call
    if root is None:
        beside(facts, [script], os.path.dirname(script))  # noqa: PTH120 - one call
        return
    name, version = _named(root)
    facts.version = facts.version or version
    facts.folder(root, f"project {name or os.path.basename(root)}", version)  # noqa: PTH119 - one call


def _project(facts: Facts, folder: str) -> str | None:
    home = os.path.realpath(facts.env.get("HOME") or "/")
    for _ in range(_LEVELS):
        if folder in {home, "/"}:
            return None
        if any(os.path.exists(f"{folder}/{mark}") for mark in _MARKS):  # noqa: PTH110 - one system call
            return folder
        folder = os.path.dirname(folder)  # noqa: PTH120 - one call
    return None


def _named(root: str) -> tuple[str, str]:
    found = obj(read_json(f"{root}/package.json"))
    if not found:
        try:
            with open(f"{root}/pyproject.toml", "rb") as file:  # noqa: PTH123 - short
                data: Json = tomllib.loads(file.read(_LONGEST).decode())
        except (OSError, ValueError):
            return "", ""
        found = obj(obj(data).get("project"))
    return shown(text(found.get("name")) or ""), shown(text(found.get("version")) or "")


def beside(facts: Facts, start: list[str], folder: str) -> None:
    """Take in what a script can load from its folder: what a word in it names, and what hides a part of Python.

    The other scripts of a folder that many share are not its own.
    """
    there = dict(_modules(folder))
    hiding = sorted(name for name in there if name in sys.stdlib_module_names)
    waiting, words = [*start, *(each for name in hiding for each in there.pop(name))], set[str]()
    while waiting:
        path = waiting.pop()
        if os.path.isdir(path):  # noqa: PTH112 - one system call
            facts.folder(path)
        else:
            facts.source(path)
            words |= _words(path)
        named = sorted(name for name in there if name in words)
        waiting += [each for name in named for each in there.pop(name)]


def _modules(folder: str) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names only
    except OSError:
        return
    for name in names:
        path = f"{folder}/{name}"
        module = _MODULE.fullmatch(name)
        if module is not None:
            found.setdefault(module[1], []).append(path)
        elif name.isidentifier() and os.path.isdir(path):  # noqa: PTH112 - one system call
            found.setdefault(name, []).append(path)
    yield from list(found.items())


def _words(path: str) -> set[str]:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - short
            return {word.decode(errors="replace") for word in _WORD.findall(file.read(_LONGEST))}
    except OSError:
        return set()
