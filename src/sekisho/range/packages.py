"""Real servers for the range: packages that are here already, or fetched once into an environment of their own."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from sekisho.range.play import Server
from sekisho.range.script import legacy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sekisho.range.script import Script

__all__ = ["GIT", "PACKAGES", "TIME", "Package", "Unavailable", "executed", "prepared"]

_FETCH: Final = 300.0
"""Seconds for one package."""

_LOCAL: Final = 60.0
"""Seconds for everything that needs no network."""


class Unavailable(Exception):  # noqa: N818 - a state of affairs: the demo goes on without
    """A package can't be used here; the text says why, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A server from a package index."""

    name: str
    """What it is called there."""

    module: str
    """What is run of it."""

    version: str
    """The version that is fetched."""

    visit: Callable[[Path], tuple[Sequence[str], Script]]
    """Takes a working directory and returns the server's arguments and what the host says."""


def _time(_folder: Path) -> tuple[Sequence[str], Script]:
    call = {"source_timezone": "Asia/Tokyo", "time": "09:30", "target_timezone": "Asia/Kolkata"}
    return ("--local-timezone", "UTC"), legacy(("convert_time", {**call}))


def _git(folder: Path) -> tuple[Sequence[str], Script]:
    """Make a repository with one commit, whose date is fixed as far as git lets us."""
    if shutil.which("git") is None:
        raise Unavailable("there is no git on the PATH")
    me = ("-c", "user.name=demo", "-c", "user.email=demo@example.com", "-c", "commit.gpgsign=false")
    steps = (("init", "--quiet"), (*me, "commit", "--quiet", "--allow-empty", "--message", "first"))
    for step in steps:
        executed(["git", "-C", str(folder), *step], _LOCAL)
    call = {"repo_path": str(folder)}
    return ("--repository", str(folder)), legacy(("git_log", {**call, "max_count": 1}), ("git_status", {**call}))


TIME: Final = Package(name="mcp-server-time", module="mcp_server_time", version="2026.10.19", visit=_time)
"""Time zones."""

GIT: Final = Package(name="mcp-server-git", module="mcp_server_git", version="2026.10.19", visit=_git)
"""A git repository, made for the demo."""

PACKAGES: Final = (TIME, GIT)
"""What `sekisho demo --real` shows."""


def prepared(package: Package, folder: Path, *, fetching: Callable[[Path], None]) -> tuple[Server, Script, str]:
    """Return how a package's server is started, what to say to it, and its version.

    It is taken from our own environment if it is there, else from one below the user's cache directory, which is made
    and filled with pip when it is missing. Only wheels are taken, so nothing of a package runs before the demo does.

    Args:
        package: which one.
        folder: an empty directory for the server to work in.
        fetching: told of the environment before something is fetched into it.

    Raises:
        Unavailable: it is not here and can't be fetched.
    """
    if importlib.util.find_spec(package.module) is not None:
        python, version = sys.executable, metadata.version(package.name)
    else:
        python, version = str(_fetched(package, fetching)), package.version
    arguments, script = package.visit(folder)
    return Server(command=(python, "-m", package.module, *arguments), cwd=folder), script, version


def _fetched(package: Package, fetching: Callable[[Path], None]) -> Path:
    """Return the Python of an environment that has the package."""
    tag = f"{sys.version_info.major}.{sys.version_info.minor}"
    home = platformdirs.user_cache_path("sekisho", appauthor=False) / "demo" / f"{package.name}-{package.version}-{tag}"
    python = home / "bin" / "python"
    done = home / "fetched"
    if done.exists() and python.exists():
        return python
    fetching(home)
    executed([sys.executable, "-m", "venv", "--clear", str(home)], _LOCAL)
    options = ("--quiet", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:")
    executed([str(python), "-m", "pip", "install", *options, f"{package.name}=={package.version}"], _FETCH)
    done.touch()
    return python


def executed(command: Sequence[str], seconds: float) -> None:
    """Run a command to its end.

    Raises:
        Unavailable: it took longer, could not be started, or failed; with its own last word on that.
    """
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - programs of our own choice
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{Path(command[0]).name} took longer than {seconds:g} s") from None
    except OSError as error:
        raise Unavailable(f"{Path(command[0]).name}: {error.strerror}") from None
    if done.returncode:
        said = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
        errors = [line for line in said if line.startswith("ERROR")]
        raise Unavailable((errors or said or [f"{Path(command[0]).name} ended with code {done.returncode}"])[-1])
