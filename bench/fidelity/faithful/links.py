"""Connections that hand over every message as it came: newline JSON on pipes, and Streamable HTTP.

Limits: 2025-11-25 and before only, no resumption, one client per link.
Messages arrive in `inbox`; None there says that nothing will come any more, or that a post failed.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import queue
import signal
import subprocess
import threading
from typing import TYPE_CHECKING, Protocol

from faithful.wire import dump, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from faithful.wire import Object

_GRACE = 5.0
"""Seconds that a process gets to end by itself."""
_PATIENCE = 60.0
"""Seconds for one HTTP response."""
_INBOX = 10_000
"""Messages that may wait."""
Inbox = queue.Queue["Object | str"]
"""Messages, or a sentence that says why the link is broken."""


class Link(Protocol):
    """One connection."""

    inbox: Inbox
    """What came."""

    def send(self, message: Object) -> None:
        """Send one message; the answer comes into the inbox."""
        ...

    def close(self) -> None:
        """End the connection and what it started."""
        ...


class StdioLink:
    """A server as a child process."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], log: Path) -> None:
        """Start `command` in a session of its own; its error output goes to `log`."""
        self.inbox: Inbox = queue.Queue(_INBOX)
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=dict(env),
                start_new_session=True,
            )
        threading.Thread(target=self._read, daemon=True).start()

    def send(self, message: Object) -> None:
        """Write one line."""
        if self._process.stdin is not None:
            self._process.stdin.write(dump(message) + b"\n")
            self._process.stdin.flush()

    def close(self) -> None:
        """Close the input, and end the process group when that is not enough."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        stop(self._process)

    def _read(self) -> None:
        for line in self._process.stdout or ():
            try:
                self.inbox.put(parse(line))
            except ValueError:
                self.inbox.put(f"not JSON on standard output: {line[:80]!r}")
        self.inbox.put("standard output was closed")


class HttpLink:
    """A server at an address of this machine."""

    def __init__(self, port: int) -> None:
        """Talk to 127.0.0.1:`port`/mcp; nothing is sent yet."""
        self.inbox: Inbox = queue.Queue(_INBOX)
        self._port = port
        self._headers: dict[str, str] = {}
        self._listening: http.client.HTTPConnection | None = None

    def send(self, message: Object) -> None:
        """Post one message. A request's answer is read by a thread, everything else is done on return."""
        if "method" in message and "id" in message:
            threading.Thread(target=self._ask, args=(message,), daemon=True).start()
            return
        self._ask(message)
        if message.get("method") == "notifications/initialized":
            connection, response = self._request("GET", None, accept="text/event-stream")
            self._listening = connection
            if response.status == http.HTTPStatus.OK:
                threading.Thread(target=self._listen, args=(response,), daemon=True).start()

    def close(self) -> None:
        """End the session."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection, _ = self._request("DELETE", None, accept="application/json")
            connection.close()
        if self._listening is not None and self._listening.sock is not None:
            with contextlib.suppress(OSError):
                self._listening.sock.shutdown(2)

    def _ask(self, message: Object) -> None:
        try:
            connection, response = self._request("POST", dump(message), accept="application/json, text/event-stream")
            if session := response.headers.get("mcp-session-id"):
                self._headers["mcp-session-id"] = session
            if response.headers.get_content_type() == "text/event-stream":
                self._events(response)
            elif response.status != http.HTTPStatus.ACCEPTED:
                self._body(response)
            connection.close()
        except (OSError, http.client.HTTPException, ValueError) as problem:
            self.inbox.put(f"HTTP: {problem!r}")

    def _request(
        self, verb: str, body: bytes | None, *, accept: str
    ) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE)
        kind = {"content-type": "application/json"} if body is not None else {}
        connection.request(verb, "/mcp", body, {"accept": accept, **kind, **self._headers})
        return connection, connection.getresponse()

    def _body(self, response: http.client.HTTPResponse) -> None:
        body = response.read()
        message = parse(body) if body else {}
        self.inbox.put(message if "jsonrpc" in message else f"HTTP {response.status}: {body[:200]!r}")

    def _listen(self, response: http.client.HTTPResponse) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError, AttributeError):
            self._events(response)

    def _events(self, response: http.client.HTTPResponse) -> None:
        data: list[str] = []
        for line in response:
            text = line.decode().rstrip("\r\n")
            if text.startswith("data:"):
                data.append(text[5:].removeprefix(" "))
            elif not text and data:
                joined = "\n".join(data)
                data.clear()
                if joined:
                    message = parse(joined)
                    version = message.get("result")
                    if isinstance(version, dict) and isinstance(named := version.get("protocolVersion"), str):
                        self._headers["mcp-protocol-version"] = named
                    self.inbox.put(message)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process whose input ended; then SIGTERM, then SIGKILL to its group."""
    for number in (None, signal.SIGTERM, signal.SIGKILL):
        if number is not None and process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
            return
