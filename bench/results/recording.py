"""Real results: official servers are asked for READMEs and sources of packages that are installed here."""

from __future__ import annotations

import functools
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from faithful.installing import npm_command, pypi_command
from packages import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["own_history", "record"]

_ROOT: Final = Path(__file__).resolve().parents[2]
_LARGEST: Final = 200_000
_KEPT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "SSL_CERT_FILE")
_COMMITS: Final = 120
_PAGES: Final = 40
_PARAGRAPHS: Final = 400

Result = tuple[str, Any]
"""What was asked about, and the result."""


def record(least: int) -> Iterator[tuple[str, list[Result]]]:
    """Yield each server with its results; one that can't be had is said and left out."""
    files = _files()
    others = _COMMITS + _PAGES + _PARAGRAPHS
    for name, take in (
        ("git", functools.partial(_git, files)),
        ("fetch", functools.partial(_fetch, files)),
        ("memory", functools.partial(_memory, files)),
        ("filesystem", functools.partial(_filesystem, files[: max(0, least - others) + 600])),
    ):
        try:
            yield name, take()
        except UnavailableError as why:
            print(f"SKIPPED: {name}: {why}")


def _files() -> list[Path]:
    """Return READMEs first, then sources, each kind in a fixed order that mixes packages."""
    places = (Path(sys.prefix) / "lib", _ROOT / ".cache" / "fidelity")
    found = [path for place in places for path in place.rglob("*") if path.suffix in (".md", ".py", ".js", ".ts", "")]
    fit = [path for path in found if path.is_file() and not path.is_symlink() and 0 < path.stat().st_size < _LARGEST]
    prose = [path for path in fit if path.suffix == ".md" or path.name == "METADATA"]
    code = [path for path in fit if path.suffix in (".py", ".js", ".ts")]
    mixed = sorted(code, key=lambda path: hash_of(path.name + str(path.stat().st_size)))
    return [*sorted(prose), *mixed]


def hash_of(text: str) -> int:
    """Return a number that is the same in every run."""
    number = 0
    for char in text:
        number = (number * 131 + ord(char)) % 1_000_003
    return number


def _filesystem(files: list[Path]) -> list[Result]:
    roots = (str(Path(sys.prefix) / "lib"), str(_ROOT / ".cache" / "fidelity"))
    with _Server([*npm_command("server-filesystem"), *roots]) as server:
        return [(path.name, server.call("read_text_file", {"path": str(path)})) for path in files]


def _git(files: list[Path]) -> list[Result]:
    """Show commits of a repository into which the files are put, three at a time."""
    commits = [files[start : start + 3] for start in range(0, 3 * _COMMITS, 3)]
    with tempfile.TemporaryDirectory() as folder:
        _run_git(folder, "init", "-q")
        for number, several in enumerate(commits):
            for path in several:
                Path(folder, f"{number}-{path.name}").write_bytes(path.read_bytes())
            _run_git(folder, "add", "-A")
            _run_git(folder, "commit", "-q", "-m", f"Add {', '.join(path.name for path in several)}")
        return _shown(folder, "--all")


def own_history() -> list[Result]:
    """Show the commits of this repository, whose rules, tests and documents are full of examples of attacks."""
    return _shown(str(_ROOT), "HEAD")


def _shown(folder: str, since: str) -> list[Result]:
    heads = _run_git(folder, "log", since, f"-{_COMMITS}", "--format=%H").split()
    with _Server(pypi_command("mcp-server-git")) as server:
        here = {"repo_path": folder}
        log = server.call("git_log", {**here, "max_count": _COMMITS})
        return [("log", log), *((head, server.call("git_show", {**here, "revision": head})) for head in heads)]


def _run_git(folder: str, *words: str) -> str:
    command = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.com", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def _fetch(files: list[Path]) -> list[Result]:
    """Load READMEs as pages; the server asks for `robots.txt`, which is not there."""
    pages = [path for path in files if path.suffix == ".md" or path.name == "METADATA"][:_PAGES]
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(pages):
            Path(folder, f"{number}.html").write_text(_page(path), "utf-8")
        handler = functools.partial(_Quiet, directory=folder)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
            threading.Thread(target=site.serve_forever, daemon=True).start()
            try:
                with _Server(
                    [*pypi_command("mcp-server-fetch"), "--ignore-robots-txt", "--allow-private-ips"]
                ) as server:
                    base = f"http://127.0.0.1:{site.server_port}"
                    return [
                        (path.name, server.call("fetch", {"url": f"{base}/{number}.html", "max_length": 100_000}))
                        for number, path in enumerate(pages)
                    ]
            finally:
                site.shutdown()


def _page(path: Path) -> str:
    paragraphs = path.read_text("utf-8", errors="replace").replace("&", "&amp;").replace("<", "&lt;").split("\n\n")
    return f"<html><body><article>{''.join(f'<p>{each}</p>' for each in paragraphs)}</article></body></html>"


def _memory(files: list[Path]) -> list[Result]:
    prose = [path for path in files if path.suffix == ".md" or path.name == "METADATA"]
    paragraphs = [
        part for path in prose for part in path.read_text("utf-8", errors="replace").split("\n\n") if len(part) > 80
    ][:: max(1, len(prose) // 40)][:_PARAGRAPHS]
    with tempfile.TemporaryDirectory() as folder:
        env = {"MEMORY_FILE_PATH": str(Path(folder, "memory.jsonl"))}
        with _Server(npm_command("server-memory"), env) as server:
            results = []
            for number, part in enumerate(paragraphs):
                entity = {"name": f"note-{number}", "entityType": "note", "observations": [part]}
                results.append((f"note {number}", server.call("create_entities", {"entities": [entity]})))
            return results


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


class _Server:
    """One server on pipes, asked one thing after the other."""

    def __init__(self, command: list[str], env: dict[str, str] | None = None) -> None:
        environ = {name: os.environ[name] for name in _KEPT if name in os.environ} | (env or {})
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ
        )
        self._number = 0
        told = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
        self._ask("initialize", told)
        self._send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait(timeout=30)

    def call(self, name: str, arguments: dict[str, Any]) -> Any:
        """Return the result of a tool."""
        return self._ask("tools/call", {"name": name, "arguments": arguments})

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._number += 1
        self._send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        for line in self._process.stdout or ():
            said = json.loads(line)
            if said.get("id") == self._number and "method" not in said:
                return said.get("result") or said.get("error")
        raise UnavailableError(f"the server ended at {method}")

    def _send(self, body: dict[str, Any]) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(json.dumps(body).encode() + b"\n")
            self._process.stdin.flush()
