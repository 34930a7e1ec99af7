"""Puts a server's launch into a sandbox: its program, a planted home, no network, nothing else of this machine.

bubblewrap does it. What the launch names (program, interpreter, files and folders among its arguments) is there to
read; of the user's home only what the launch names, never the home itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sekisho.gateway.environment import Inheritance, environment
from sekisho.gateway.launch import Launch, resolve
from sekisho.scan.cached import Found, cached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sekisho.scan.lure import Lure

__all__ = ["HOME", "boxed", "unboxed", "works"]

HOME: Final = "/home/user"
"""Where the planted home stands inside."""

_SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/nix/store")
_OF_THE_SYSTEM: Final = tuple(f"{folder}/" for folder in _SYSTEM)
_ETC: Final = (
    "alternatives",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "ssl",
    "ca-certificates",
)
_NETWORK: Final = ("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf")
_TREES: Final = (
    ".pyenv",
    ".nvm",
    ".asdf",
    ".volta",
    ".bun/bin",
    ".cargo/bin",
    ".local/bin",
    ".local/share/mise",
    ".local/share/pipx",
    ".local/share/uv",
)
"""Where people keep programs in their home; none of these holds secrets."""

_SHARED: Final = frozenset({"/", "/usr", "/usr/local", "/tmp", "/home", "/var", "/etc"})  # noqa: S108 - never bound
_OFFLINE: Final = {"npm_config_offline": "true", "UV_OFFLINE": "1", "PIP_NO_INDEX": "1"}
_QUIET: Final = {"npm_config_update_notifier": "false", "npm_config_logs_max": "0", "LANG": "C.UTF-8"}
_TRIAL: Final = 10.0


def works() -> bool:
    """Tell whether bubblewrap is here and the system lets it make a sandbox."""
    program = shutil.which("bwrap")
    if program is None:
        return False
    words = [program, "--unshare-all", "--ro-bind", "/", "/", "true"]
    try:
        return subprocess.run(words, capture_output=True, timeout=_TRIAL, check=False).returncode == 0  # noqa: S603 - ours
    except (OSError, subprocess.TimeoutExpired):
        return False


def boxed(command: Sequence[str], declared: Iterable[str], lure: Lure, *, cwd: Path, fetch: bool) -> Launch:
    """Return the launch of a command in a sandbox.

    Args:
        command: program and arguments.
        declared: its variables, `NAME=VALUE`.
        lure: the home that it gets.
        cwd: where the command would be started; relative paths among its arguments are found from there.
        fetch: whether it has the network, and downloads into the planted home what it lacks.

    Raises:
        LaunchError: there is no such program.
        NotCachedError: it would have to be downloaded.
    """
    variables = _variables(declared, HOME, fetch=fetch)
    found = Found(command=tuple(command)) if fetch else cached(command, Path.home())
    program = resolve(Launch(argv=found.command, cwd=str(cwd), env=variables))
    needed = sorted({*_needed(program, found.command[1:], cwd), *([found.root] if found.root is not None else [])})
    words = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    words += ["--share-net"] * fetch
    words += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108 - of the sandbox
    for path in (*_SYSTEM, *(f"/etc/{name}" for name in _ETC), *(_NETWORK if fetch else ())):
        words += ["--ro-bind-try", path, path]
    for tree in (Path.home() / name for name in _TREES):
        words += ["--ro-bind-try", str(tree), str(tree)]
    for path in needed:
        words += ["--ro-bind", str(path), str(path)]
    words += ["--bind", str(lure.home), HOME]
    # The folder's name, so that relative paths lead where they should; what is in it only where the launch names it.
    words += ["--dir", str(cwd), "--chdir", str(cwd), "--", program, *found.command[1:]]
    return Launch(argv=tuple(words), cwd="/", env=variables)


def unboxed(command: Sequence[str], declared: Iterable[str], lure: Lure, *, cwd: Path, fetch: bool) -> Launch:
    """Return the launch of a command with a planted home and nothing else: whatever it does, it does here.

    Args:
        command: as in `boxed`.
        declared: as in `boxed`.
        lure: as in `boxed`.
        cwd: where it is started.
        fetch: whether launchers may download.

    Raises:
        NotCachedError: it would have to be downloaded.
    """
    variables = _variables(declared, str(lure.home), fetch=fetch)
    found = Found(command=tuple(command)) if fetch else cached(command, Path.home())
    return Launch(argv=found.command, cwd=str(cwd), env=variables)


def _variables(declared: Iterable[str], home: str, *, fetch: bool) -> Mapping[str, str]:
    given = environment(os.environ, declared, inheritance=Inheritance.CONFIGURED).variables
    return {**given, **_QUIET, **({} if fetch else _OFFLINE), "HOME": home, "TMPDIR": "/tmp"}  # noqa: S108 - of the sandbox


def _needed(program: str, arguments: Sequence[str], cwd: Path) -> set[Path]:
    """Return what has to be there to read: roots of program and interpreters, and what the arguments name."""
    found = {_root(path) for path in _executed(Path(program))}
    for word in arguments:
        for text in (word, word.partition("=")[2]):
            path = cwd / text
            if text and not text.startswith("-") and path.exists():
                found.add(_root(path) if path.is_file() else path.absolute())
    return {path for path in found if not _is_shared(path) and not str(path).startswith(_OF_THE_SYSTEM)}


def _executed(program: Path) -> Iterator[Path]:
    """Yield a program, what it links to, and the interpreter that its first line names."""
    yield program
    yield program.resolve()
    # In a virtual environment: the interpreter that it was made from.
    if (beside := program.parent / "python").exists():
        yield beside.resolve()
    try:
        with program.open("rb") as file:
            first = file.readline(512)
    except OSError:
        return
    if first.startswith(b"#!"):
        interpreter = Path(os.fsdecode(first[2:].split()[0]) if first[2:].split() else "/bin/sh")
        yield interpreter
        yield interpreter.resolve()


def _root(path: Path) -> Path:
    """Return the folder that belongs to a file: above `bin` all of it, else its own; a file alone in a shared one."""
    folder = path.absolute().parent
    root = folder.parent if folder.name == "bin" else folder
    return path.absolute() if _is_shared(root) else root


def _is_shared(path: Path) -> bool:
    """Whether a folder holds more than one program's things: a home, or what is above one."""
    home = Path.home()
    return str(path) in _SHARED or path == home or path in home.parents
