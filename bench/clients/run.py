"""Real clients list and call through `sekisho run` and `sekisho serve`, in front of a server on the official SDK.

    python bench/clients/run.py [--write]

Limits: Claude Code connects without an account, but lists and calls nothing then, so its row shows `connected`
as `claude mcp list` says it. What can't be installed is skipped, and said. Exits with 1 when a client failed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from borrowed import UnavailableError, place, python_peer, sekisho, serve
from npm_clients import ClaudeCode, Inspector
from python_clients import fastmcp, fastmcp_version, sdk, sdk_version

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from borrowed import Place
    from python_clients import Seen, Target

    Use: TypeAlias = Callable[[Target, Place], Awaitable[Seen]]

_RESULTS: Final = Path(__file__).with_name("results.json")
_TOOLS: Final = ["add", "move", "picture", "fail", "say", "count", "wish"]
_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Row:
    """One client on one route."""

    client: str
    version: str
    route: str
    tools: int
    """How many tools it listed; 0 where it lists none."""
    outcome: str
    """What `add(40)` answered, or what the client says about the entry, or the error."""
    passed: bool


def main() -> int:
    """Run every client that is there."""
    parser = argparse.ArgumentParser(description="Real clients through Sekisho.")
    parser.add_argument("--write", action="store_true", help=f"update {_RESULTS.name}")
    chosen = parser.parse_args()
    print(_line("client", "version", "route", "tools", "answer", ""))
    with tempfile.TemporaryDirectory() as folder:
        rows = asyncio.run(_all(place(Path(folder))))
    if chosen.write:
        _RESULTS.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", "utf-8")
    return 0 if all(row.passed for row in rows) else 1


def _clients() -> list[tuple[str, str, Use]]:
    """Return name, version and use of every client that can be had here."""
    found: list[tuple[str, str, Use]] = [
        ("mcp SDK, 2025-11-25", sdk_version(), lambda target, at: sdk(target, at.env, "legacy")),
        ("mcp SDK, 2026-07-28", sdk_version(), lambda target, at: sdk(target, at.env, "auto")),
        ("FastMCP", fastmcp_version(), lambda target, at: fastmcp(target, at.env, at.folder / "fastmcp.log")),
    ]
    for name, kind in (("MCP Inspector", Inspector), ("Claude Code", ClaudeCode)):
        try:
            client = kind.found()
        except UnavailableError as problem:
            print(f"skipped: {name} ({problem})")
            continue
        found.append((name, client.version, lambda target, at, client=client: client.use(target, at.env, at.folder)))
    return found


async def _all(at: Place) -> list[Row]:
    server = python_peer("sdk_server.py")
    rows: list[Row] = []
    async with serve(at, "--", *server) as served:
        routes: dict[str, Target] = {"run": sekisho("run", "--", *server), "serve": served.url}
        for name, version, use in _clients():
            for route, target in routes.items():
                row = await _one(name, version, route, use(target, at))
                rows.append(row)
                mark = "ok" if row.passed else "FAILED"
                print(_line(row.client, row.version, route, str(row.tools), row.outcome, mark), flush=True)
    return rows


async def _one(name: str, version: str, route: str, using: Awaitable[Seen]) -> Row:
    try:
        async with asyncio.timeout(_SECONDS):
            tools, outcome = await using
    except Exception as error:  # noqa: BLE001 - whatever a client raises is its row's outcome
        return Row(name, version, route, 0, f"{type(error).__name__}: {error}", passed=False)
    connected = "connected" in outcome.lower() and not tools
    return Row(name, version, route, len(tools), outcome, passed=connected or (tools == _TOOLS and outcome == "42"))


def _line(*cells: str) -> str:
    return " ".join(cell.ljust(width) for cell, width in zip(cells, (21, 10, 6, 6, 22, 6), strict=True)).rstrip()


if __name__ == "__main__":
    sys.exit(main())
