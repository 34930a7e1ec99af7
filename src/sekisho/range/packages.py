"""Real releases for the range: fetched once into a folder of their own below the user's cache directory."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Index", "Package", "Unavailable", "command", "executed", "fetch"]

_FETCH: Final = 300.0
"""Seconds for one package."""

_LOCAL: Final = 60.0
"""Seconds for everything that needs no network."""


class Unavailable(Exception):  # noqa: N818 - a state of affairs: the range goes on without
    """A package can't be used here; the text says why, in one line."""


class Index(Enum):
    """Where packages come from."""

    PYPI = "PyPI"
    NPM = "npm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A release of a server."""

    index: Index
    """Where it comes from."""

    name: str
    """What it is called there."""

    version: str
    """The release."""

    program: str
    """What is run: of PyPI a script, of npm a file in the package."""

    beside: Sequence[str] = ()
    """What it needs in other versions than it would get today."""

    @property
    def shown(self) -> str:
        """Name and release."""
        return f"{self.name} {self.version}"


def _home(package: Package) -> Path:
    tag = f"{sys.version_info.major}.{sys.version_info.minor}" if package.index is Index.PYPI else package.index.value
    name = package.name.replace("/", "-").removeprefix("@")
    return platformdirs.user_cache_path("sekisho", appauthor=False) / "range" / f"{name}-{package.version}-{tag}"


def command(package: Package, *arguments: str) -> tuple[str, ...]:
    """Return how a package that was fetched is started."""
    home = _home(package)
    match package.index:
        case Index.PYPI:
            return (str(home / "bin" / package.program), *arguments)
        case Index.NPM:
            return ("node", str(home / "node_modules" / package.name / package.program), *arguments)
        case _:
            assert_never(package.index)


def fetch(package: Package, fetching: Callable[[Path], None]) -> None:
    """Fetch a package unless it is here. Nothing of it runs: only wheels are taken, and no scripts of npm's.

    Args:
        package: which one.
        fetching: told of the folder before something is fetched into it.

    Raises:
        Unavailable: it is not here and can't be fetched.
    """
    home = _home(package)
    done = home / "fetched"
    if done.exists():
        return
    fetching(home)
    match package.index:
        case Index.PYPI:
            executed([sys.executable, "-m", "venv", "--clear", str(home)], _LOCAL)
            options = ("--quiet", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:")
            wanted = (f"{package.name}=={package.version}", *package.beside)
            executed([str(home / "bin" / "python"), "-m", "pip", "install", *options, *wanted], _FETCH)
        case Index.NPM:
            if shutil.which("npm") is None:
                raise Unavailable("there is no npm on the PATH")
            home.mkdir(parents=True, exist_ok=True)
            options = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(home))
            executed(["npm", "install", *options, f"{package.name}@{package.version}", *package.beside], _FETCH)
        case _:
            assert_never(package.index)
    done.touch()


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
        errors = [line for line in said if line.startswith(("ERROR", "npm error"))]
        raise Unavailable((errors or said or [f"{Path(command[0]).name} ended with code {done.returncode}"])[-1])
