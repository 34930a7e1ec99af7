"""`Table`: the tools of several servers as an agent has them before it, without Sekisho or with it.

A host holds one list of tools. Where two servers offer the same name, the one that came last has it: that is what hosts
do which keep their tools by name, and it is what `same_name` is about.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self, TypeAlias, cast

from sekisho.model.answers import REFUSAL_KEY
from sekisho.range.host import Host, HostError
from sekisho.range.script import opening, request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sekisho.range.incident import Call, Server
    from sekisho.range.script import Said

__all__ = ["Exchange", "Refusal", "Table", "Way", "direct", "through"]

Json: TypeAlias = "dict[str, object]"

_BETWEEN: Final = "__"
"""Stands between alias and name where Sekisho stands before several servers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One connection of a host."""

    command: Sequence[str]
    """What is started."""

    cwd: Path
    """Where."""

    servers: Sequence[str]
    """The aliases of the servers behind it."""

    @property
    def prefixed(self) -> bool:
        """Whether names carry an alias."""
        return len(self.servers) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal of Sekisho, as its answer tells it."""

    rule: str
    """The rule."""

    pointer: str
    """Where in the params."""

    ticket: str
    """The ticket; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One message of the agent and its answer."""

    call: Call | None
    """The call, None for a line of another kind."""

    line: bytes
    """What was sent."""

    answer: Json
    """What came back."""

    seconds: float
    """How long that took."""

    @property
    def text(self) -> str:
        """All text of the answer."""
        result = _object(self.answer.get("result"))
        parts = cast("list[Json]", result.get("content") or [])
        return "\n".join(str(part.get("text", "")) for part in parts)

    @property
    def failed(self) -> bool:
        """Whether the answer is an error."""
        return "error" in self.answer or bool(_object(self.answer.get("result")).get("isError"))

    @property
    def error(self) -> tuple[int, str] | None:
        """Return code and message of an answer that is a JSON-RPC error, None for any other."""
        error = _object(self.answer.get("error"))
        return (cast("int", error.get("code")), str(error.get("message"))) if error else None

    @property
    def refusal(self) -> Refusal | None:
        """Return what Sekisho refused, None when it let the message pass."""
        about = _object(_object(self.answer.get("result")).get("_meta"))
        about = about or _object(_object(self.answer.get("error")).get("data"))
        detail = _object(about.get(REFUSAL_KEY))
        if not detail:
            return None
        rule, pointer, ticket = (str(detail.get(key, "")) for key in ("rule", "pointer", "ticket"))
        return Refusal(rule=rule, pointer=pointer, ticket=ticket)


@dataclass(slots=True)
class _Open:
    """A connection that is open."""

    way: Way
    host: Host
    tools: dict[str, Json] = field(default_factory=dict[str, "Json"])
    """Visible name -> definition."""


class Table:
    """A host that is connected to servers, and keeps what it heard. A context manager: leaving ends them.

    Args:
        ways: its connections.
        environ: the environment of all of them.
    """

    def __init__(self, ways: Sequence[Way], environ: Mapping[str, str]) -> None:
        self.exchanges: list[Exchange] = []
        """Everything that was said after the listing, in order."""
        self.questions = 0
        """How often a person would have been asked something."""
        self._ways = ways
        self._environ = environ
        self._open: list[_Open] = []
        self._number = 10

    def __enter__(self) -> Self:
        """Connect, and list the tools.

        Raises:
            HostError: a server does not take part.
        """
        try:
            self._connect()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End the connections."""
        self._close()

    def again(self) -> None:
        """End all connections and connect anew: the next day."""
        self._close()
        self._connect()

    def read(self) -> str:
        """Return all that a model reads of the tools that it has now."""
        return json.dumps([each.tools for each in self._open], ensure_ascii=False)

    def names(self) -> list[str]:
        """Return the names of the tools that a model has now."""
        return [name for each in self._open for name in each.tools]

    def call(self, call: Call) -> Exchange:
        """Call a tool of a server, as a model would that read the list.

        Raises:
            HostError: there was no answer.
        """
        line, name = self._holder(call)
        return self._exchange(line, self._request("tools/call", {"name": name, "arguments": {**call.arguments}}), call)

    def say(self, server: str, said: Said) -> Exchange:
        """Send a line as it is.

        Raises:
            HostError: there was no answer.
        """
        return self._exchange(self._before(server), said, None)

    def _holder(self, call: Call) -> tuple[_Open, str]:
        """Return the connection that a host takes for a call, and the name it uses there."""
        own = self._before(call.server)
        if own.way.prefixed:
            return own, f"{call.server}{_BETWEEN}{call.tool}"
        return next((each for each in reversed(self._open) if call.tool in each.tools), own), call.tool

    def _before(self, server: str) -> _Open:
        return next(each for each in self._open if server in each.way.servers)

    def _request(self, method: str, params: Json) -> Said:
        self._number += 1
        return request(self._number, method, params)

    def _exchange(self, line: _Open, said: Said, call: Call | None) -> Exchange:
        began = time.perf_counter()
        answer = line.host.ask(said.line)
        exchange = Exchange(call=call, line=said.line, answer=answer, seconds=time.perf_counter() - began)
        self.exchanges.append(exchange)
        return exchange

    def _connect(self) -> None:
        for way in self._ways:
            self._open.append(_Open(way, Host(way.command, self._environ, cwd=way.cwd)))
        for each in self._open:
            for said in opening():
                if said.answered:
                    _checked(each.host.ask(said.line), said.method)
                else:
                    each.host.tell(said.line)
            listed = _checked(each.host.ask(self._request("tools/list", {}).line), "tools/list")
            each.tools = {str(tool["name"]): tool for tool in cast("list[Json]", listed.get("tools", []))}

    def _close(self) -> None:
        for each in self._open:
            self.questions += each.host.questions
            each.host.close()
        self._open = []


def _checked(answer: Json, method: str) -> Json:
    if "result" not in answer:
        raise HostError(f"{method} was answered by an error")
    return _object(answer["result"])


def direct(servers: Mapping[str, Server]) -> list[Way]:
    """Return the connections of a host without Sekisho: one for each server."""
    return [Way(command=server.command, cwd=server.cwd, servers=(alias,)) for alias, server in servers.items()]


def through(servers: Mapping[str, Server], folder: Path) -> list[Way]:
    """Return the connection of a host through Sekisho: `run -- CMD` for one server, `run --config` for several.

    Args:
        servers: by alias.
        folder: takes the configuration.
    """
    front = [sys.executable, "-m", "sekisho", "run"]
    if len(servers) == 1:
        ((alias, server),) = servers.items()
        command = [*front, "--cwd", str(server.cwd), "--", *server.command]
        return [Way(command=command, cwd=folder, servers=(alias,))]
    file = folder / "sekisho.toml"
    file.write_text("\n".join(_entries(servers)), encoding="utf-8")
    return [Way(command=[*front, "--config", str(file)], cwd=folder, servers=tuple(servers))]


def _entries(servers: Mapping[str, Server]) -> Iterator[str]:
    # What JSON writes of a text is a text of TOML too.
    for alias, server in servers.items():
        yield f"[servers.{alias}]"
        yield f"command = {json.dumps([*server.command])}"
        yield f"cwd = {json.dumps(str(server.cwd))}"


def _object(value: object) -> Json:
    return cast("Json", value) if isinstance(value, dict) else {}
