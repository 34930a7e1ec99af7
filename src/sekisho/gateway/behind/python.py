"""Where Python looks for code: its script or module, and every package of its environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.gateway.behind.facts import is_fixed, shown
from sekisho.gateway.behind.project import around, beside
from sekisho.gateway.behind.tree import TooManyError
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.gateway.behind.facts import Facts
    from sekisho.gateway.behind.tree import Digests, Entry
    from sekisho.wire.strict import Json

__all__ = ["load"]

_NUMBER: Final = re.compile(r"python(3\.\d+)")
_INFO: Final = re.compile(r"(?P<name>[^/]+?)-(?P<version>[^/-]+)(?:-py[0-9.]+)?\.(?:dist|egg)-info")
_LONGEST: Final = 8 * 1024 * 1024
_SHEBANG: Final = re.compile(rb"\A#!.*\n(?:'''exec' .*\n' '''\n)?")


@dataclass(slots=True)
class _Options:
    """What stands before the script."""

    letters: set[str]
    """Options of one letter."""

    module: str = ""
    code: str = ""
    script: str = ""


def load(facts: Facts, program: str, args: Sequence[str], cwd: str) -> None:
    """Take in what a Python loads for its arguments.

    Args:
        facts: are added to.
        program: its path, links as they are: an environment is told by the link to its Python.
        args: behind it.
        cwd: where it starts.
    """
    options = _options(args)
    environment = _environment(program)
    alone = bool(options.letters & {"I", "P"}) or bool(facts.env.get("PYTHONSAFEPATH"))
    if options.code:
        facts.sources["code on the launch line"] = _digest(options.code.encode(errors="surrogateescape"))
        facts.from_folder = facts.from_folder or not alone
    elif options.module:
        _module(facts, options.module, cwd, alone=alone)
    elif options.script:
        _script(facts, os.path.join(cwd, options.script), environment or "")  # noqa: PTH118 - joined as it would
    if "S" not in options.letters:
        for site in _sites(facts, program, environment, own="s" not in options.letters and "I" not in options.letters):
            _site(facts, site)


def _digest(data: bytes) -> str:
    from hashlib import sha256  # noqa: PLC0415 - few lines hold code

    return sha256(data).hexdigest()


def _options(args: Sequence[str]) -> _Options:
    found = _Options(letters=set())
    words = iter(args)
    for word in words:
        if not word.startswith("-") or word == "-":
            found.script = word if word != "-" else ""
            return found
        if word.startswith("--"):
            if word == "--check-hash-based-pycs":
                next(words, None)
            continue
        for at, letter in enumerate(word[1:], 2):
            if letter in "cm":
                value = word[at:] or next(words, "")
                found.code, found.module = (value, "") if letter == "c" else ("", value)
                return found
            if letter in "WX":
                if not word[at:]:
                    next(words, None)
                break
            found.letters.add(letter)
    return found


def _environment(program: str) -> str | None:
    """Return the folder of the virtual environment that a Python belongs to; None for one that has none."""
    folder = os.path.dirname(os.path.abspath(program))  # noqa: PTH100, PTH120 - links stay as they are
    for each in (folder, os.path.dirname(folder)):  # noqa: PTH120 - one call
        if os.path.isfile(f"{each}/pyvenv.cfg"):  # noqa: PTH113 - one system call
            return each
    return None


def _module(facts: Facts, module: str, cwd: str, *, alone: bool) -> None:
    """Take in a module that the folder has; one of the environment is among its packages."""
    facts.from_folder = facts.from_folder or not alone
    top = module.partition(".")[0]
    found = [path for path in (f"{cwd}/{top}.py", f"{cwd}/{top}") if os.path.exists(path)]  # noqa: PTH110
    if found and not alone:
        if os.path.isdir(found[-1]):  # noqa: PTH112 - one system call
            around(facts, f"{os.path.realpath(found[-1])}/__main__.py")
        beside(facts, found, cwd)
    elif not alone:
        # What hides a part of Python is loaded from there all the same.
        beside(facts, [], cwd)


def _script(facts: Facts, path: str, environment: str) -> None:
    real = os.path.realpath(path)
    if environment and os.path.dirname(path) == f"{environment}/bin":  # noqa: PTH120 - one call
        # An installer writes it anew with each environment, and where that is stands in it.
        name = os.path.basename(path)  # noqa: PTH119 - one call
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - short
                data = _SHEBANG.sub(b"", file.read(_LONGEST))
        except OSError:
            facts.unread.add(shown(name))
            return
        facts.sources[shown(f"bin/{name}")] = _digest(data.replace(os.fsencode(environment), b""))
    elif os.path.isdir(real):  # noqa: PTH112 - one system call
        around(facts, f"{real}/__main__.py")
    elif "/site-packages/" in real:
        facts.source(real)
    else:
        around(facts, real)


def _sites(facts: Facts, program: str, environment: str | None, *, own: bool) -> Iterator[str]:
    """Yield the folders of packages, each once, links resolved."""
    found = dict.fromkeys(os.path.realpath(each) for each in _places(facts, program, environment, own=own))
    # What only an administrator can change is theirs, and updated by them.
    yield from (each for each in found if os.path.isdir(each) and not is_fixed(each))  # noqa: PTH112


def _places(facts: Facts, program: str, environment: str | None, *, own: bool) -> Iterator[str]:
    if environment is not None:
        yield from _libraries(environment, "")
        if not _sees_system(environment):
            return
    real = os.path.realpath(program)
    number = _NUMBER.match(os.path.basename(real))  # noqa: PTH119 - one call
    base = os.path.dirname(os.path.dirname(real))  # noqa: PTH120 - one call
    yield from _libraries(base, number[1] if number else "")
    if base == "/usr":
        yield from _libraries("/usr/local", number[1] if number else "")
        yield "/usr/lib/python3/dist-packages"
    home = facts.env.get("HOME")
    if own and home and not facts.env.get("PYTHONNOUSERSITE"):
        yield from _libraries(facts.env.get("PYTHONUSERBASE") or f"{home}/.local", number[1] if number else "")


def _libraries(base: str, number: str) -> Iterator[str]:
    for lib in ("lib", "lib64"):
        try:
            names = sorted(os.listdir(f"{base}/{lib}"))  # noqa: PTH208 - names only
        except OSError:
            continue
        for name in names:
            if name == f"python{number}" or (not number and name.startswith(("python3.", "pypy3"))):
                yield f"{base}/{lib}/{name}/site-packages"
                yield f"{base}/{lib}/{name}/dist-packages"


def _sees_system(environment: str) -> bool:
    try:
        with open(f"{environment}/pyvenv.cfg", encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - short
            said = file.read(_LONGEST)
    except OSError:
        return True
    return re.search(r"(?im)^\s*include-system-site-packages\s*=\s*true\s*$", said) is not None


def _site(facts: Facts, site: str) -> None:
    if not facts.is_new(site):
        return
    try:
        found = facts.entries(site)
    except TooManyError:
        facts.unread.add(shown(site))
        return
    told = obj(facts.digests.folder(site, found, lambda: _installed(facts.digests, site, found), kind="python"))
    for name, each in obj(told.get("packages")).items():
        of = obj(each)
        facts.package(f"python {name}", text(of.get("version")) or "", text(of.get("digest")) or "")
    for name, digest in obj(told.get("loose")).items():
        facts.sources[f"site-packages/{name}"] = digest
    for each in items(told.get("elsewhere")):
        path = text(each)
        if path and os.path.isdir(path):  # noqa: PTH112 - one system call
            facts.folder(path)


def _installed(digests: Digests, site: str, found: list[Entry]) -> Json:
    """Return the packages of a folder, what belongs to none of them, and the folders that it points to."""
    owners = _owners(site)
    grouped: dict[str, list[Entry]] = {}
    for each in found:
        name = str(each[0])
        folder = name.partition("/")[0]
        owner = owners.get(name) or owners.get(folder) or (folder if _INFO.fullmatch(folder) else "")
        # Which installer wrote the list of files, and where, is no code.
        if not name.endswith("/RECORD"):
            grouped.setdefault(owner or f"/{folder}", []).append(each)
    packages: dict[str, Json] = {}
    loose: dict[str, Json] = {}
    for owner in sorted(set(grouped) | set(owners.values())):
        digest, named = digests.of(site, grouped.get(owner, [])), _INFO.fullmatch(owner)
        if named is None:
            loose[shown(owner[1:])] = digest
        else:
            packages[shown(named["name"].lower().replace("_", "-"))] = {
                "version": shown(named["version"]),
                "digest": digest,
            }
    return {"packages": packages, "loose": loose, "elsewhere": [*_elsewhere(site, found)]}


def _owners(site: str) -> dict[str, str]:
    """Return which package each file, or each name at the top, belongs to, by what the installer wrote down."""
    owners: dict[str, str] = {}
    try:
        names = sorted(os.listdir(site))  # noqa: PTH208 - names only
    except OSError:
        return owners
    for name in (each for each in names if _INFO.fullmatch(each)):
        owners[name] = name
        for line in _lines(f"{site}/{name}/RECORD"):
            file = line[1:].partition('"')[0] if line.startswith('"') else line.partition(",")[0]
            owners.setdefault(file, name)
        if name.endswith(".egg-info"):
            for top in _lines(f"{site}/{name}/top_level.txt"):
                owners.setdefault(top, name)
                owners.setdefault(f"{top}.py", name)
    return owners


def _elsewhere(site: str, found: list[Entry]) -> Iterator[str]:
    """Yield the folders that start files of Python add to where it looks."""
    for each in found:
        name = str(each[0])
        if name.endswith(".pth") and "/" not in name:
            for line in _lines(f"{site}/{name}"):
                if line and not line.startswith(("#", "import ", "import\t")):
                    path = os.path.realpath(os.path.join(site, line))  # noqa: PTH118 - as site.py joins it
                    if path != site and not path.startswith(f"{site}/"):
                        yield shown(path)


def _lines(path: str) -> list[str]:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - many of them
            return [line.strip() for line in os.fsdecode(file.read(_LONGEST)).splitlines()]
    except OSError:
        return []
