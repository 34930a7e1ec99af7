"""One client: asks, answers what the server asks with fixed answers, and keeps all that came."""

from __future__ import annotations

import queue
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from faithful.wire import as_list, as_object

if TYPE_CHECKING:
    from faithful.links import Link
    from faithful.wire import Json, Object

_ANSWER = 30.0
"""Seconds for one answer."""
_QUIET = 0.7
"""Seconds of silence after which nothing more is expected at the end."""
_PAGES = 50
"""Pages of one list."""
_PROGRESS = "notifications/progress"
VERSION = "2025-11-25"
LISTS = {
    "tools/list": ("tools", "tools", "name"),
    "prompts/list": ("prompts", "prompts", "name"),
    "resources/list": ("resources", "resources", "uri"),
    "resources/templates/list": ("resources", "resourceTemplates", "uriTemplate"),
}
"""By method: the capability, the member of the result, and what names an entry."""
EVERYTHING: Object = {
    "roots": {"listChanged": True},
    "sampling": {"tools": {}, "context": {}},
    "elicitation": {"form": {}, "url": {}},
}
"""All that this client can be asked for."""


class SessionFailedError(Exception):
    """No answer came; the message says to what."""


@dataclass(slots=True)
class Session:
    """A client on a link, and the transcript that it writes."""

    link: Link
    """Where the server is."""
    root: str
    """The one root that it names, a file URI."""
    transcript: Object = field(default_factory=dict[str, "Json"])
    """What came, by label."""
    _aside: dict[str, list[Json]] = field(default_factory=dict[str, "list[Json]"])
    """What belongs to no request, by method: parameters in order."""
    _count: int = 0

    def open(self, capabilities: Object) -> Object:
        """Initialize, and return what the server can do."""
        client: Object = {"name": "fidelity", "version": "1"}
        params: Object = {"protocolVersion": VERSION, "capabilities": capabilities, "clientInfo": client}
        answer = self.ask("initialize", "initialize", params)
        self.link.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return as_object(as_object(answer.get("result")).get("capabilities"))

    def lists(self, offered: Object) -> dict[str, list[Json]]:
        """Ask for all pages of all lists that the server has; the entries by method."""
        found: dict[str, list[Json]] = {}
        for method, (capability, member, name) in LISTS.items():
            if capability in offered:
                found[method] = self._list(method, member, name)
        return found

    def ask(self, label: str, method: str, params: Object | None = None) -> Object:
        """Send a request, serve the server meanwhile, and write down the answer and its progress.

        Raises:
            SessionFailedError: the link broke, or nothing came within 30 seconds.
        """
        self._count += 1
        number, token = self._count, f"progress-{self._count}"
        message: Object = {"jsonrpc": "2.0", "id": number, "method": method}
        if params is not None:
            message["params"] = {**params, "_meta": {"progressToken": token}} if method == "tools/call" else params
        progress: list[Json] = []
        asked: list[Json] = []
        self.link.send(message)
        deadline = time.monotonic() + _ANSWER
        while True:
            came = self._next(deadline - time.monotonic(), label)
            if came.get("id") == number and "method" not in came:
                break
            of_call = as_object(came.get("params")).get("progressToken") == token
            self._take(came, progress if of_call else None, asked)
        self._write(label, {name: value for name, value in came.items() if name != "id"})
        if progress:
            self._write(f"{label}: progress", progress)
        if asked:
            self._write(f"{label}: asked", asked)
        return came

    def finish(self) -> Object:
        """Wait until it is quiet, close the link, and return the transcript."""
        while True:
            try:
                came = self.link.inbox.get(timeout=_QUIET)
            except queue.Empty:
                break
            if isinstance(came, str):
                self._write("the end", came)
                break
            self._take(came, None, [])
        for method, values in sorted(self._aside.items()):
            self._write(f"aside: {method}", values)
        self.link.close()
        return self.transcript

    def _list(self, method: str, member: str, name: str) -> list[Json]:
        entries: list[Json] = []
        cursor: Json = None
        for page in range(_PAGES):
            label = f"{method} page {page + 1}"
            answer = self.ask(label, method, {} if cursor is None else {"cursor": cursor})
            result = dict(as_object(answer.get("result")))
            entries += as_list(result.pop(member, None))
            self.transcript[label] = {"jsonrpc": answer.get("jsonrpc"), "error": answer.get("error"), "result": result}
            cursor = result.get("nextCursor")
            if cursor is None:
                break
        for position, entry in enumerate(entries):
            self._write(f"{method} {position} {as_object(entry).get(name)}", entry)
        return entries

    def _next(self, seconds: float, label: str) -> Object:
        try:
            came = self.link.inbox.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            raise SessionFailedError(f"no answer to {label}") from None
        if isinstance(came, str):
            raise SessionFailedError(f"{label}: {came}")
        return came

    def _take(self, came: Object, progress: list[Json] | None, asked: list[Json]) -> None:
        method, params = came.get("method"), came.get("params")
        if method == _PROGRESS and progress is not None:
            progress.append({name: value for name, value in as_object(params).items() if name != "progressToken"})
        elif isinstance(method, str) and "id" in came:
            # Roots are asked for whenever the server likes; the rest is asked for in the course of a call.
            (self._aside.setdefault(method, []) if method == "roots/list" else asked).append([method, params])
            self.link.send({"jsonrpc": "2.0", "id": came["id"], **self._reply(method, as_object(params))})
        elif isinstance(method, str):
            self._aside.setdefault(method, []).append(params)
        else:
            self._aside.setdefault("a stray answer", []).append(came)

    def _reply(self, method: str, params: Object) -> Object:
        match method:
            case "roots/list":
                return {"result": {"roots": [{"uri": self.root, "name": "the place"}]}}
            case "sampling/createMessage":
                said: Object = {"type": "text", "text": "an answer that is always the same"}
                return {"result": {"role": "assistant", "content": said, "model": "fixed", "stopReason": "endTurn"}}
            case "elicitation/create" if params.get("mode") == "url":
                return {"result": {"action": "accept"}}
            case "elicitation/create":
                return {"result": {"action": "accept", "content": {"name": "Mio", "check": True}}}
            case "ping":
                return {"result": {}}
            case _:
                return {"error": {"code": -32601, "message": "This client does not know the method"}}

    def _write(self, label: str, value: Json) -> None:
        again = sum(1 for known in self.transcript if known == label or known.startswith(f"{label} (again"))
        self.transcript[f"{label} (again {again})" if again else label] = value
