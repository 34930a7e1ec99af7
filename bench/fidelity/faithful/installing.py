"""Real servers at pinned versions, in the cache that `packages` uses.

Limits: what a server itself depends on is not pinned; install scripts of packages are never run.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from packages import UnavailableError, node_tools, run_npm

from faithful.wire import parse

_CACHE: Final = Path(__file__).resolve().parents[3] / ".cache" / "fidelity"
_LIMIT: Final = 300
"""Seconds for one installation."""
_SCOPE: Final = "@modelcontextprotocol/"
NPM: Final = {
    "server-everything": "2026.8.31",
    "server-filesystem": "2026.8.31",
    "server-memory": "2026.8.31",
    "server-sequential-thinking": "2026.8.31",
}
"""Packages of the npm scope, and their versions."""
PYPI: Final = {
    "mcp-server-git": "2026.10.19",
    "mcp-server-fetch": "2026.10.24",
    "mcp-server-time": "2026.10.19",
    "mcp-server-sqlite": "2025.4.25",
}
"""Packages of the Python index, and their versions."""
_BY_SDK: Final = {"mcp-server-sqlite": "mcp<2"}
"""Those that were written for an older SDK, and need it in an environment of their own."""


def npm_command(name: str) -> list[str]:
    """The command of a server from npm, installed when its version is not there yet.

    Raises:
        UnavailableError: without Node.js, or when npm cannot install the packages.
    """
    node, npm = node_tools()
    home = _CACHE / "node_modules" / (_SCOPE + name)
    if not _is(home, NPM[name]):
        run_npm(node, npm, _CACHE, [f"{_SCOPE}{each}@{version}" for each, version in NPM.items()])
    if not _is(home, NPM[name]):
        raise UnavailableError(f"npm did not install {name} {NPM[name]}")
    return [str(node), str(home / "dist" / "index.js")]


def pypi_command(name: str) -> list[str]:
    """The command of a server from the Python index, installed when its version is not there yet.

    Raises:
        UnavailableError: when pip cannot install the packages.
    """
    sdk = _BY_SDK.get(name)
    home = _CACHE / ("venv" if sdk is None else f"venv-{name}")
    record = f"lib/python*/site-packages/{name.replace('-', '_')}-{PYPI[name]}.dist-info"
    if not any(home.glob(record)):
        wanted = [f"{each}=={version}" for each, version in PYPI.items() if _BY_SDK.get(each) == sdk]
        _run([sys.executable, "-m", "venv", str(home)])
        _run([str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", *wanted, *([sdk] if sdk else [])])
    return [str(home / "bin" / name)]


def _run(command: list[str]) -> None:
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_LIMIT, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise UnavailableError(f"the installation failed: {problem}") from problem
    if ran.returncode != 0:
        said = [line for line in ran.stderr.splitlines() if "WARN" not in line.upper()][:2]
        raise UnavailableError(f"the installation failed: {'; '.join(said) or 'it said nothing'}")


def _is(home: Path, version: str) -> bool:
    manifest = home / "package.json"
    return manifest.is_file() and parse(manifest.read_text("utf-8")).get("version") == version
