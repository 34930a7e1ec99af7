"""A host for the client scenarios of the official conformance suite, on the official SDK's client over stdio.

Limits: scenarios that need authorization and those of extensions are not known here.

The suite starts it with the address of its test server as the last argument and names the scenario in the
environment (`MCP_CONFORMANCE_SCENARIO`, `…_CONTEXT`, `…_PROTOCOL_VERSION`).
The driver starts `python -m sekisho run --url ADDRESS` and does through it what the scenario asks; with
`CLIENT_DRIVER_ENTRY=1` it starts `sekisho run --entry` of a configuration that names the address.
With `--direct` (or `CLIENT_DRIVER_DIRECT=1`) it talks to the test server itself, which shows that the driver is
right.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import anyio
from driver.host import connected
from driver.scenarios import SCENARIOS
from mcp.client.stdio import StdioServerParameters

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIMIT = 25
"""Seconds for one scenario; the suite gives up after 30."""


def main() -> int:
    """Run the scenario that the environment names; 2 for one that is not known."""
    parser = argparse.ArgumentParser(description="Drives one client scenario of the conformance suite.")
    parser.add_argument("--direct", action="store_true", help="talk to the test server itself")
    parser.add_argument("url", help="address of the suite's test server")
    chosen = parser.parse_args()
    name = os.environ.get("MCP_CONFORMANCE_SCENARIO", "")
    if name not in SCENARIOS:
        print(f"client_driver: no scenario {name!r}; known: {', '.join(sorted(SCENARIOS))}", file=sys.stderr)
        return 2
    direct = chosen.direct or os.environ.get("CLIENT_DRIVER_DIRECT") == "1"
    anyio.run(_run, name, chosen.url if direct else _through_sekisho(chosen.url))
    return 0


def _through_sekisho(url: str) -> StdioServerParameters:
    named = ["--url", url]
    if os.environ.get("CLIENT_DRIVER_ENTRY") == "1":
        config = Path(os.environ["HOME"]) / "sekisho.toml"
        config.write_text(f"[servers.suite]\nurl = {json.dumps(url)}\n", "utf-8")
        named = ["--entry", "suite", "--config", str(config)]
    return StdioServerParameters(command=sys.executable, args=["-m", "sekisho", "run", *named], env=dict(os.environ))


async def _run(name: str, server: str | StdioServerParameters) -> None:
    version = os.environ.get("MCP_CONFORMANCE_PROTOCOL_VERSION", "2025-11-25")
    with anyio.fail_after(_LIMIT):
        async with connected(server, version=version) as host:
            await SCENARIOS[name](host, _context())


def _context() -> Mapping[str, object]:
    """What the scenario hands to its client; empty for most."""
    return cast("Mapping[str, object]", json.loads(os.environ.get("MCP_CONFORMANCE_CONTEXT") or "{}"))


if __name__ == "__main__":
    sys.exit(main())
