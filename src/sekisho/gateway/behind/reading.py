"""`Reader`: takes a launch line apart and reads what runs behind it."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.gateway.behind import node, python, variables
from sekisho.gateway.behind.facts import Facts, shown
from sekisho.gateway.behind.processes import below, process
from sekisho.gateway.code import entry_of
from sekisho.gateway.launch import Launch, LaunchError, resolve
from sekisho.settings.launch import POSIX_SHELLS, launches, program_name
from sekisho.settings.packages import Ecosystem, Origin, packages
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.gateway.behind.processes import Process
    from sekisho.gateway.behind.tree import Digests
    from sekisho.settings.launch import Launch as Step
    from sekisho.wire.strict import JsonObject

__all__ = ["Read", "Reader"]

_PYTHON: Final = re.compile(r"(?:python|pypy)[0-9.]*")
_NODE: Final = re.compile(r"node|nodejs|bun|deno|tsx|ts-node")
_ENGINES: Final = frozenset({"docker", "podman", "nerdctl", "finch"})
_NPX: Final = frozenset({"npx", "npm"})
_FETCHING: Final = re.compile(
    r"npx|npm|pnpm|pnpx|yarn|bunx|uv|uvx|pipx|poetry|pipenv|hatch|pdm|rye|pixi|conda|mamba|go|dnx|dotnet|cargo|make|just"
)
"""Programs that start another one, which they may have to fetch, or to look for in a way of their own."""

_CODE: Final = re.compile(r".+\.(?:jar|rb|php|pl|lua|sh|ps1|dll|exe|wasm|py|pyz|[cm]?[jt]s)")
_TELLS: Final = os.path.isdir("/proc/self/task")  # noqa: PTH112 - no folder of a disk
"""Whether the system tells of processes."""

_FIRST: Final = 256
_DEEPEST: Final = 6
_PIP: Final = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read."""

    body: JsonObject
    """As it is pinned."""

    whole: bool
    """Whether that is all of it. Else a runner decides more, which can be told only when it has started that."""

    fetches: bool = False
    """Whether a runner may fetch something else before it starts it."""


class Reader:
    """Reads what runs behind a launch line.

    Args:
        launch: the line, with its folder and its environment.
        digests: gives digests.
    """

    def __init__(self, launch: Launch, digests: Digests) -> None:
        self._launch = launch
        self._digests = digests

    def read(self, pid: int | None = None) -> Read:
        """Read it all, when it is our turn. This takes its time where files were changed: it is for a thread.

        Args:
            pid: the child that was started; None before that.

        Raises:
            ProcessLookupError: the child has ended meanwhile.
        """
        launch = self._launch
        facts = Facts(digests=self._digests, cwd=launch.cwd, env=launch.env, since=time.monotonic())
        with self._digests.turn():
            return self._read(facts, pid)

    def _read(self, facts: Facts, pid: int | None) -> Read:
        launch = self._launch
        steps = list(launches(entry_of(launch.argv)))
        self._ask(facts)
        open_ = [step.program for place, step in enumerate(steps) if not self._step(facts, steps, place)]
        variables.load(facts, launch.env, launch.cwd)
        for step in steps:
            variables.load(facts, {each.key: each.text for each in step.env}, launch.cwd)
        if open_ and pid is not None and not _started(facts, pid):
            if _TELLS and process(pid) is None:
                raise ProcessLookupError(f"{open_[0]} has ended")
            facts.unread.add(f"what {open_[0]} starts")
        _name(facts)
        self._digests.save()
        fetches = any(_FETCHING.fullmatch(step.program) for step in steps)
        return Read(body=facts.body(), whole=not open_, fetches=fetches)

    def _ask(self, facts: Facts) -> None:
        """Take in what the line names."""
        for each in packages(entry_of(self._launch.argv)):
            name = each.name if each.origin is Origin.REGISTRY else "address"
            if each.ecosystem is Ecosystem.PYPI:
                name = _PIP.sub("-", name).lower()
            kind = "python" if each.ecosystem is Ecosystem.PYPI else each.ecosystem.value
            version = each.version if each.origin is Origin.REGISTRY else ""
            facts.asked[shown(f"{kind} {name}")] = {"version": shown(version), "exact": each.exact}

    def _step(self, facts: Facts, steps: Sequence[Step], place: int) -> bool:
        """Take in one program of the line; tell whether it is known what that runs."""
        step = steps[place]
        word, args = step.word.text, [arg.text for arg in step.args]
        try:
            path = resolve(Launch(argv=(word,), cwd=facts.cwd, env=facts.env))
        except LaunchError:
            facts.unread.add(shown(word))
            return True
        if step.program in _NPX:
            return self._npx(facts, path)
        if place + 1 < len(steps):
            facts.program(step.program, path)
            return True
        return _loads(facts, step.program, path, args, facts.cwd, 0)

    def _npx(self, facts: Facts, path: str) -> bool:
        _executes(facts, "npx", path, 0)
        found = [each for each in packages(entry_of(self._launch.argv)) if each.ecosystem is Ecosystem.NPM]
        words = [re.sub(r"\A--?p(?:ackage)?=", "", each.word.text) for each in found]
        return node.fetched(facts, words, [each.name for each in found], facts.cwd)


def _executes(facts: Facts, name: str, path: str, depth: int) -> tuple[str, list[str]] | None:
    """Take in a program; return the interpreter that it names, and what stands behind that."""
    facts.program(name, path)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - the first bytes
            line = file.read(_FIRST).partition(b"\n")[0]
    except OSError:
        return None
    if not line.startswith(b"#!") or depth == _DEEPEST:
        return None
    words = os.fsdecode(line[2:]).split()
    if words and program_name(words[0]) == "env":
        words = [word for word in words[1:] if not word.startswith("-")]
    if not words:
        return None
    try:
        found = resolve(Launch(argv=(words[0],), cwd=facts.cwd, env=facts.env))
    except LaunchError:
        facts.unread.add(shown(words[0]))
        return None
    facts.program(program_name(words[0]), found)
    return found, words[1:]


def _loads(facts: Facts, name: str, path: str, args: Sequence[str], cwd: str, depth: int) -> bool:
    """Take in a program with all that it loads; tell whether that is known."""
    shim = _behind_shim(facts, path)
    if shim is not None:
        facts.program(f"{name} shim", path)
        path = shim
    through = _executes(facts, name, path, depth)
    if name in _ENGINES:
        return True
    if _FETCHING.fullmatch(name):
        return False
    if _PYTHON.fullmatch(name) and through is None:
        python.load(facts, path, args, cwd)
        return True
    if _NODE.fullmatch(name):
        node.load(facts, args, cwd)
        return True
    if through is not None:
        interpreter, before = through
        return _loads(facts, program_name(interpreter), interpreter, [*before, path, *args], cwd, depth + 1)
    for each in (os.path.join(cwd, arg) for arg in args if _CODE.fullmatch(arg)):  # noqa: PTH118 - as the program would
        if os.path.isfile(each):  # noqa: PTH113 - one system call
            facts.source(each)
    script = next((arg for arg in args if not arg.startswith("-")), "")
    if name in POSIX_SHELLS and script:
        facts.source(os.path.join(cwd, script))  # noqa: PTH118 - as above
    return name not in POSIX_SHELLS


def _behind_shim(facts: Facts, path: str) -> str | None:
    """Return the program that a shim of pyenv starts, by its own rules; None where it is no shim."""
    folder, name = os.path.split(path)
    root = os.path.dirname(folder)  # noqa: PTH120 - one call
    if os.path.basename(folder) != "shims" or not os.path.isdir(f"{root}/versions"):  # noqa: PTH112, PTH119
        return None
    wanted = facts.env.get("PYENV_VERSION", "")
    above = facts.cwd
    while not wanted and above != "/":
        wanted, above = _first_word(f"{above}/.python-version"), os.path.dirname(above)  # noqa: PTH120 - one call
    wanted = wanted or _first_word(f"{root}/version")
    found = f"{root}/versions/{wanted.partition(':')[0]}/bin/{name}"
    return found if wanted and os.path.isfile(found) else None  # noqa: PTH113 - one system call


def _first_word(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - short
            return next(iter(file.read(4096).split()), "")
    except OSError:
        return ""


def _started(facts: Facts, pid: int) -> bool:
    """Take in what a runner has started; tell whether any of it was a program whose loading is known."""
    first = process(pid)
    waiting = [(first, 0)] if first is not None else []
    found = False
    while waiting:
        each, depth = waiting.pop(0)
        name = _known(each)
        if name:
            path = each.argv[0] if each.argv[0].startswith("/") else each.executable
            _loads(facts, name, path, each.argv[1:], each.cwd, 0)
            facts.program(name, each.executable)
            found = True
        elif depth < _DEEPEST:
            waiting += [(child, depth + 1) for child in below(each.pid)]
    return found


def _known(each: Process) -> str:
    """Return what a process is called if it loads code in a known way; empty for one that only starts others."""
    name, executable = program_name(each.argv[0]), program_name(each.executable)
    script = program_name(each.argv[1]) if len(each.argv) > 1 else ""
    if _PYTHON.fullmatch(executable):
        return executable if not _FETCHING.fullmatch(script) else ""
    if _NODE.fullmatch(executable):
        # npm writes what it does over its command line.
        runs = name == executable and script not in {"npx-cli.js", "npm-cli.js", "npx", "npm", "pnpm", "yarn"}
        return executable if runs else ""
    return ""


def _name(facts: Facts) -> None:
    """Take the version of what the line names."""
    for name in facts.asked:
        version = text(obj(facts.packages.get(name)).get("version"))
        if version:
            facts.version = version
            return
