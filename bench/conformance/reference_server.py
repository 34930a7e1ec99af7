"""A reference MCP server on the official Python SDK, for the official conformance suite.

python bench/conformance/reference_server.py --port 4100
python bench/conformance/reference_server.py --stdio
"""

from __future__ import annotations

import argparse

from reference.serving import serve_http, serve_stdio


def main() -> None:
    """Serve on the transport that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    transport = parser.add_mutually_exclusive_group(required=True)
    transport.add_argument("--port", type=int, help="Streamable HTTP on this loopback port, at /mcp")
    transport.add_argument("--stdio", action="store_true", help="standard input and output")
    parser.add_argument("--only", choices=["2025", "2026"], help="refuse the other generation of the protocol (HTTP)")
    chosen = parser.parse_args()
    if chosen.stdio:
        serve_stdio()
    else:
        serve_http(chosen.port, chosen.only)


if __name__ == "__main__":
    main()
