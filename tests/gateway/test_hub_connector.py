"""What is behind a face of many servers: a hub of its own for each host, halted when everything is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from childkit import launch
from peers.face import Book
from peers.ledgers import MemoryLedgers
from peers.loops import run, until
from peers.places import place, scripted
from sekisho.adapters.halt import HaltFlag
from sekisho.engine.effects import Record
from sekisho.engine.events import HostSent
from sekisho.engine.state import Face
from sekisho.gateway.connector import Connector
from sekisho.gateway.desk import Desk
from sekisho.gateway.hub_connector import HubConnector
from sekisho.gateway.warden_client import Warden
from sekisho.model.subject import Who
from sekisho.pin.review import quarantine
from sekisho.policy.configuration import Terms
from sekisho.wire.jsonrpc import read_message
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.engine.effects import SendToHost
    from sekisho.gateway.hub_link import HubLink
    from sekisho.wire.jsonrpc import Id, JsonObject

WHO = Who(principal="alice", conversation="first")


class Host:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.bodies: dict[Id | None, JsonObject] = {}
        self.changed = asyncio.Event()

    def deliver(self, sent: SendToHost, data: bytes) -> None:
        assert data
        self.bodies[sent.about] = sent.body
        self.changed.set()

    def close_stream(self, channel: int, about: Id) -> None: ...

    def end_session(self) -> None: ...


class Shop:
    """A configuration of two servers."""

    def __init__(self, folder: Path) -> None:
        self.command = scripted(place(folder))
        self.book = Book()
        self.said: list[str] = []
        self.halt = HaltFlag(folder)
        self.warden = Warden()
        self.ledgers = MemoryLedgers()
        self.desk = Desk(self.ledgers, say=self.said.append)
        self.connector = HubConnector(
            {alias: self.server(alias) for alias in ("two", "one")},
            audit=self.book,
            halt=self.halt,
            seal_key=bytes(32),
            say=self.said.append,
        )

    def server(self, alias: str) -> Connector:
        return Connector(
            launch(*self.command),
            warden=self.warden,
            audit=self.book,
            halt=self.halt,
            desk=self.desk,
            seal_key=bytes(32),
            terms=Terms(),
            say=self.said.append,
            name=alias,
        )

    def opened(self) -> tuple[HubLink, Host]:
        link, host = self.connector.backend(WHO, Face.STDIO), Host()
        link.open(host)
        return link, host


async def asked(link: HubLink, host: Host, id_: Id, method: str, params: JsonObject) -> JsonObject:
    body: JsonObject = {"jsonrpc": "2.0", "id": id_, "method": method, "params": params}
    link.receive(HostSent(read_message(body), WHO, 0, link.clock()))
    await until(host.changed, lambda: id_ in host.bodies)
    return host.bodies[id_]


HELLO: JsonObject = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "h", "version": "1"}}

SAID: JsonObject = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def test_every_host_has_servers_of_its_own_in_the_order_of_the_configuration(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        assert shop.connector.server == "sekisho"
        names: list[list[str]] = []
        for _ in range(2):
            link, host = shop.opened()
            greeting = obj((await asked(link, host, 1, "initialize", HELLO))["result"])
            assert obj(greeting["serverInfo"])["name"] == "sekisho"
            listed = obj((await asked(link, host, 2, "tools/list", {}))["result"])
            names.append([str(obj(tool)["name"]) for tool in items(listed["tools"])])
            await link.finish(5.0)
            await link.aclose()
        assert names[0] == names[1]
        assert [name for name in names[0] if name.endswith("__echo")] == ["two__echo", "one__echo"]
        await shop.warden.close()

    run(work())


def test_a_new_hub_is_halted_when_everything_is(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        shop.halt.set()
        link, host = shop.opened()
        refused = await asked(link, host, 1, "tools/list", {})
        assert "error" in refused
        await link.aclose()
        await shop.warden.close()

    run(work())


def test_hubs_that_are_there_and_new_ones_go_on_with_a_new_configuration(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        link, host = shop.opened()
        await asked(link, host, 1, "initialize", HELLO)
        shop.connector.configure({alias: shop.server(alias) for alias in ("one", "new")}, frozenset({"one", "new"}))
        late, another = shop.opened()
        await asked(late, another, 1, "initialize", HELLO)
        for each, told in ((link, host), (late, another)):
            listed = obj((await asked(each, told, 2, "tools/list", {}))["result"])
            names = [str(obj(tool)["name"]) for tool in items(listed["tools"])]
            assert [name for name in names if name.endswith("__echo")] == ["one__echo", "new__echo"]
            await each.finish(5.0)
            await each.aclose()
        await shop.warden.close()

    run(work())


def test_what_belongs_to_no_server_is_recorded_or_said(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        record = Record("turned-away", WHO, "sekisho", {"rule": "x"}, {})
        shop.connector.record(record)
        assert shop.book.records == [record]
        shop.book.lost = True
        shop.connector.record(record)
        assert len(shop.said) == 1

    run(work())


def test_a_host_that_comes_back_is_answered_from_what_was_approved_without_its_servers(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        lists: list[list[str]] = []
        for broken in (False, True):
            if broken:
                shop.command = ("/nowhere/at/all",)
                shop.connector.configure({alias: shop.server(alias) for alias in ("two", "one")}, frozenset())
            link, host = shop.opened()
            await asked(link, host, 1, "initialize", HELLO)
            link.receive(HostSent(read_message(SAID), WHO, 0, link.clock()))
            listed = obj((await asked(link, host, 2, "tools/list", {}))["result"])
            lists.append(sorted(str(obj(tool)["name"]) for tool in items(listed["tools"])))
            if broken:
                called = await asked(link, host, 3, "tools/call", {"name": "one__echo", "arguments": {}})
                assert "server-cannot-start" in str(called)
                kept = shop.ledgers.kept["one"].ledger
                shop.ledgers.decide(quarantine(kept, "it lies"))
                shop.desk.look()
                listed = obj((await asked(link, host, 4, "tools/list", {}))["result"])
                assert {str(obj(tool)["name"]).partition("__")[0] for tool in items(listed["tools"])} == {"two"}
            await link.finish(5.0)
            await link.aclose()
        assert lists[0] == lists[1] != []
        await shop.warden.close()

    run(work())
