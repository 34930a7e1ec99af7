"""A server that fetches web pages, with the flaw of many: it never asks whose address it is.

What stands for the network is a file in its working directory: an object, from host to text.
Hosts are read as a system's resolver reads them, so 2852039166 is 169.254.169.254.
"""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from sekisho.range.servers.stdio import Failed, Tool, serve

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Fetch"]


class Fetch:
    """The tools.

    Args:
        network: the texts of pages, by host.
    """

    def __init__(self, network: Mapping[str, str]) -> None:
        self._network = network
        self.tools: Final = (
            Tool(
                name="fetch",
                says="Fetches a web page and returns its text.",
                takes={"url": "The address of the page."},
                act=self.fetch,
                reads=True,
            ),
        )

    def fetch(self, url: str) -> str:
        """Return the text of a page."""
        host = urlsplit(url).hostname or ""
        with suppress(OSError):  # a name
            host = socket.inet_ntoa(socket.inet_aton(host))
        if host not in self._network:
            raise Failed("no route to host")
        return self._network[host]


if __name__ == "__main__":
    serve("fetch", Fetch(cast("dict[str, str]", json.loads(Path("network.json").read_bytes()))).tools)
