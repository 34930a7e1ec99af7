"""FastMCP's own proxy as a process: `fastmcp_proxy.py stdio SCRIPT` or `fastmcp_proxy.py http URL PORT`."""

from __future__ import annotations

import sys

from fastmcp.client.transports import StdioTransport
from fastmcp.server import create_proxy


def main() -> None:
    """Proxy until the input ends or the process is ended."""
    match sys.argv[1:]:
        case ["stdio", script]:
            transport = StdioTransport(command=sys.executable, args=[script])
            create_proxy(transport, name="proxy").run(transport="stdio", show_banner=False)
        case ["http", url, port]:
            create_proxy(url, name="proxy").run(
                transport="http", host="127.0.0.1", port=int(port), show_banner=False, log_level="ERROR"
            )
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
