"""Asks a running server what it offers, as a host of either generation would: all capabilities, every page.

It speaks through the gateway's own link, so what a server says is parsed, bounded and recorded as in any session.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from sekisho.engine.events import HostSent
from sekisho.wire.jsonrpc import parse, serialise
from sekisho.wire.strict import Limits
from sekisho.wire.versions import (
    LATEST_LEGACY,
    LATEST_MODERN,
    META_CLIENT_CAPABILITIES,
    META_CLIENT_INFO,
    META_PROTOCOL_VERSION,
)
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.engine.effects import SendToHost
    from sekisho.gateway.link import Link
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

__all__ = ["surface"]

_LISTS: Final = (
    ("tools", "tools/list", "tools"),
    ("prompts", "prompts/list", "prompts"),
    ("resources", "resources/list", "resources"),
    ("resources", "resources/templates/list", "resourceTemplates"),
)
_PAGES: Final = 1_000
_ITEMS: Final = 10_000
_SETTLES: Final = 1.0
"""Seconds in which a server may say that its lists have changed once it knows its host."""

_CAPABILITIES: Final[JsonObject] = {"roots": {"listChanged": True}, "sampling": {}, "elicitation": {}}


async def surface(make: Callable[[], Link], who: Who, root: str) -> tuple[JsonObject, frozenset[str]]:
    """Return what a server offers to hosts of both generations.

    Returns:
        A dump, empty when it answered neither; and the lists that it declared and did not give to their end.

    Args:
        make: makes a link with a fresh server behind it.
        who: on whose behalf.
        root: the URI of the folder that is said to be open.
    """
    found: JsonObject = {}
    failed: set[str] = set()
    for modern in (False, True):
        link = make()
        host = _Host(link, who, root, modern=modern)
        link.open(host)
        try:
            _join(found, await host.offers())
            failed |= host.failed
        finally:
            await link.aclose()
    return found, frozenset(failed)


def _join(found: JsonObject, more: JsonObject) -> None:
    """Add what another generation shows beside what is there."""
    for key, value in more.items():
        there = found.setdefault(key, value)
        if there is not value and isinstance(there, list):
            there.extend(item for item in items(value) if item not in there)


class _Host:
    """A host that lists everything, and declines what it is asked."""

    def __init__(self, link: Link, who: Who, root: str, *, modern: bool) -> None:
        self._link = link
        self._who = who
        self._root = root
        self._modern = modern
        self._open: dict[Id, asyncio.Future[JsonObject]] = {}
        self._asked = 0
        self._changed = False
        self.failed: set[str] = set()
        """The lists that were not given to their end."""

    def deliver(self, sent: SendToHost, data: bytes) -> None:  # noqa: ARG002 - of the port
        body = sent.body
        id_ = body.get("id")
        if "method" not in body:
            waiting = self._open.pop(id_, None) if isinstance(id_, int | str) else None
            if waiting is not None and not waiting.done():
                waiting.set_result(body)
        elif isinstance(id_, int | str):
            self._say({"id": id_, **self._answer(str(body["method"]))})
        elif str(body["method"]).endswith("/list_changed"):
            self._changed = True

    def close_stream(self, channel: int, about: Id) -> None:  # noqa: ARG002 - of the port
        """An answer does not come any more."""
        waiting = self._open.pop(about, None)
        if waiting is not None and not waiting.done():
            waiting.set_result({})

    def end_session(self) -> None:
        """Nothing comes any more."""
        for about in tuple(self._open):
            self.close_stream(0, about)

    def _answer(self, method: str) -> JsonObject:
        match method:
            case "ping":
                return {"result": {}}
            case "roots/list":
                return {"result": {"roots": [{"uri": self._root, "name": "project"}]}}
            case "elicitation/create":
                return {"result": {"action": "decline"}}
            case _:
                return {"error": {"code": -1, "message": "The user declined."}}

    async def offers(self) -> JsonObject:
        """Return what the server shows to this host; empty when it does not speak its generation."""
        hello = await self._ask("server/discover" if self._modern else "initialize", self._hello())
        if not hello:
            return {}
        if not self._modern:
            self._say({"method": "notifications/initialized"})
        found = {key: hello[key] for key in ("instructions", "serverInfo") if key in hello}
        capabilities = obj(hello.get("capabilities"))
        found |= await self._lists(capabilities)
        if not self._modern:
            await asyncio.sleep(_SETTLES)
            if self._changed:
                found |= await self._lists(capabilities)
        return found

    def _hello(self) -> JsonObject:
        if self._modern:
            return {}
        info: JsonObject = {"name": "sekisho", "version": "1"}
        return {"protocolVersion": str(LATEST_LEGACY), "capabilities": _CAPABILITIES, "clientInfo": info}

    async def _lists(self, capabilities: JsonObject) -> JsonObject:
        self.failed.clear()
        return {member: await self._list(method, member) for key, method, member in _LISTS if key in capabilities}

    async def _list(self, method: str, member: str) -> list[Json]:
        found: list[Json] = []
        cursor: str | None = None
        for _ in range(_PAGES):
            page = await self._ask(method, {"cursor": cursor} if cursor is not None else {})
            if not isinstance(page.get(member), list):
                break
            found += items(page[member])
            following = text(page.get("nextCursor"))
            if following is None:
                return found
            if following == cursor or len(found) >= _ITEMS:
                break
            cursor = following
        self.failed.add(member)
        return found

    async def _ask(self, method: str, params: JsonObject) -> JsonObject:
        self._asked += 1
        waiting = self._open[self._asked] = asyncio.get_running_loop().create_future()
        if self._modern:
            params = {**params, "_meta": self._meta()}
        self._say({"id": self._asked, "method": method, "params": params})
        return obj((await waiting).get("result"))

    def _meta(self) -> JsonObject:
        info: JsonObject = {"name": "sekisho", "version": "1"}
        return {
            META_PROTOCOL_VERSION: str(LATEST_MODERN),
            META_CLIENT_CAPABILITIES: _CAPABILITIES,
            META_CLIENT_INFO: info,
        }

    def _say(self, body: JsonObject) -> None:
        message = parse(serialise({"jsonrpc": "2.0", **body}), Limits())
        self._link.receive(HostSent(message, self._who, 0, self._link.clock()))
