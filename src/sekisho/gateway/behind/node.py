"""Where Node.js looks for code: its script, the package around it, every `node_modules` above, and what npx fetched."""

from __future__ import annotations

import os
import re
from hashlib import sha512
from typing import TYPE_CHECKING, Final

from sekisho.gateway.behind.facts import CACHES, read_json, shown
from sekisho.gateway.behind.project import around
from sekisho.gateway.behind.tree import TooManyError
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.gateway.behind.facts import Facts
    from sekisho.gateway.behind.tree import Digests, Entry
    from sekisho.wire.strict import Json

__all__ = ["fetched", "load"]

_MODULES: Final = "node_modules"
_BETWEEN: Final = f"/{_MODULES}/"
_LOADS: Final = frozenset({"-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions"})
_VALUED: Final = frozenset({"--env-file", "--input-type", "--title", "--inspect-port", "--config"})
_EVALUATED: Final = re.compile(r"-e|--eval|-p|--print|-pe")
_ENDINGS: Final = ("", ".js", ".mjs", ".cjs", ".ts", "/index.js", "/index.mjs", "/index.ts")
_SETTINGS: Final = frozenset({"node-options", "script-shell", "git", "prefix", "cache"})
"""What in an `.npmrc` decides which code runs. Its tokens are nobody's business here."""


def load(facts: Facts, args: Sequence[str], cwd: str) -> None:
    """Take in what Node.js, or a program like it, loads for its arguments."""
    words = iter(args)
    for word in words:
        option, joined, value = word.partition("=")
        if _EVALUATED.fullmatch(option):
            _inline(facts, value if joined else next(words, ""), cwd)
            return
        if option in _LOADS:
            _named(facts, value if joined else next(words, ""), cwd)
        elif option in _VALUED and not joined:
            next(words, None)
        elif word in {"run", "--"}:
            continue
        elif not word.startswith("-"):
            _script(facts, os.path.join(cwd, word))  # noqa: PTH118 - joined as the program would
            return


def _inline(facts: Facts, code: str, cwd: str) -> None:
    """Take in code on the launch line, which finds modules from the folder that it starts in."""
    facts.sources["code on the launch line"] = sha512(code.encode(errors="surrogateescape")).hexdigest()[:64]
    facts.from_folder = True
    _modules_above(facts, cwd)


def _named(facts: Facts, name: str, cwd: str) -> None:
    path = os.path.join(cwd, name)  # noqa: PTH118 - as above
    found = next((path + ending for ending in _ENDINGS if os.path.isfile(path + ending)), None)  # noqa: PTH113
    if found is not None:
        facts.source(found)
    elif not name.startswith((".", "/")):
        _modules_above(facts, cwd)


def _script(facts: Facts, path: str) -> None:
    main = text(read_json(f"{path}/package.json").get("main"))
    endings = (*_ENDINGS, f"/{main}") if main else _ENDINGS
    found = next((path + ending for ending in endings if os.path.isfile(path + ending)), None)  # noqa: PTH113
    if found is None:
        facts.unread.add(shown(path))
        return
    real = os.path.realpath(found)
    if _BETWEEN not in real:
        around(facts, real)
    _modules_above(facts, os.path.dirname(real), real)  # noqa: PTH120 - one call


def _modules_above(facts: Facts, folder: str, script: str = "") -> None:
    """Take in each `node_modules` above: all of it in a project, in a collection only the script's own package."""
    done = set[str]()
    for above in _above(folder):
        root = above if above.endswith(f"/{_MODULES}") else f"{above}/{_MODULES}"
        # One that lies in a package of another one is read with that.
        if root in done or _BETWEEN in root.removesuffix(_MODULES) or not os.path.isdir(root):  # noqa: PTH112
            continue
        done.add(root)
        if _is_project(os.path.dirname(root), root):  # noqa: PTH120 - one call
            modules(facts, root)
        elif script.startswith(f"{root}/"):
            own = _owner(script[len(root) + 1 :].partition(_BETWEEN)[0])
            facts.folder(f"{root}/{own}", f"npm {own}", _version(f"{root}/{own}"))
            modules(facts, f"{root}/{own}/{_MODULES}", f"{own} > ")


def _above(folder: str) -> Iterator[str]:
    while True:
        yield folder
        above = os.path.dirname(folder)  # noqa: PTH120 - one call
        if above == folder:
            return
        folder = above


def _is_project(folder: str, root: str) -> bool:
    return any(os.path.exists(path) for path in (f"{folder}/package.json", f"{root}/.package-lock.json"))  # noqa: PTH110


def modules(facts: Facts, root: str, front: str = "") -> None:
    """Take in every package in a `node_modules`, each with its version and the digest of its code."""
    if not os.path.isdir(root) or not facts.is_new(root):  # noqa: PTH112 - one system call
        return
    try:
        found = facts.entries(root, CACHES)
    except TooManyError:
        facts.unread.add(shown(root))
        return
    packages = facts.digests.folder(root, found, lambda: _packages(facts.digests, root, found), kind="npm")
    for name, each in obj(packages).items():
        of = obj(each)
        facts.package(f"npm {front}{name}", text(of.get("version")) or "", text(of.get("digest")) or "")


def _packages(digests: Digests, root: str, found: list[Entry]) -> Json:
    grouped: dict[str, list[Entry]] = {}
    for each in found:
        grouped.setdefault(_owner_of(each), []).append(each)
    return {
        shown(owner).replace(_BETWEEN, " > "): {
            "version": _version(f"{root}/{owner}"),
            "digest": digests.of(root, group),
        }
        for owner, group in grouped.items()
    }


def _owner_of(entry: Entry) -> str:
    """Return which package a file belongs to; a link to a program belongs to the program's."""
    name = str(entry[0])
    if len(entry) > 7 and "/.bin/" in f"/{name}":  # noqa: PLR2004 - a link's target is behind the rest
        name = os.path.normpath(os.path.join(os.path.dirname(name), str(entry[7])))  # noqa: PTH118, PTH120
    return _owner(name)


def _owner(name: str) -> str:
    front, between, rest = name.rpartition(_BETWEEN)
    parts = rest.split("/", 2)
    return front + between + "/".join(parts[: 2 if rest.startswith("@") else 1])


def _version(folder: str) -> str:
    return shown(text(read_json(f"{folder}/package.json").get("version")) or "")


def fetched(facts: Facts, names: Sequence[str], plain: Sequence[str], cwd: str) -> bool:
    """Take in what npx runs for these packages; tell whether it is there already.

    It runs what the project of its folder has, else what it has fetched before into a folder of its cache, whose name
    is a digest of what was asked for (libnpmexec, `lib/index.js`).

    Args:
        facts: are added to.
        names: the packages as they stand on the line.
        plain: their names alone.
        cwd: where it starts.
    """
    home = facts.env.get("HOME", "")
    cache = next((facts.env[it] for it in ("npm_config_cache", "NPM_CONFIG_CACHE") if it in facts.env), f"{home}/.npm")
    project = next(
        (it for it in _above(cwd) if os.path.exists(f"{it}/package.json") or os.path.isdir(f"{it}/{_MODULES}")),  # noqa: PTH110, PTH112
        cwd,
    )
    for folder in dict.fromkeys((project, home)):
        _settings(facts, f"{folder}/.npmrc")
    local = any(os.path.isdir(f"{project}/{_MODULES}/{name}") for name in plain)  # noqa: PTH112 - one system call
    if local:
        modules(facts, f"{project}/{_MODULES}")
    asked = "\n".join(sorted(names)).encode(errors="surrogateescape")
    root = f"{cache}/_npx/{sha512(asked).hexdigest()[:16]}/{_MODULES}"
    there = bool(names) and os.path.isdir(root)  # noqa: PTH112 - as above
    if there:
        modules(facts, root)
    return local or there


def _settings(facts: Facts, path: str) -> None:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - short
            lines = file.read(65_536).splitlines()
    except OSError:
        return
    for line in lines:
        name, equals, value = (part.strip() for part in line.partition("="))
        if equals and name in _SETTINGS:
            facts.variables[f"npmrc {name}"] = sha512(value.encode()).hexdigest()[:64]
