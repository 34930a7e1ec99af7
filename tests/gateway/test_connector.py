"""What is behind a face: sessions with a server each, of the right kind, halted when everything is."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from childkit import ECHO, python
from peers.face import Book
from peers.ledgers import MemoryLedgers
from peers.loops import run
from sekisho.adapters.halt import HaltFlag
from sekisho.engine.effects import Record
from sekisho.engine.state import Face
from sekisho.gateway.connector import Connector
from sekisho.gateway.desk import Desk
from sekisho.gateway.endpoint import Endpoint
from sekisho.gateway.pool import Pool
from sekisho.gateway.remote import Remote
from sekisho.gateway.upstream_http import HttpUpstream
from sekisho.gateway.upstream_stdio import StdioUpstream
from sekisho.gateway.warden_client import Warden
from sekisho.model.subject import Who
from sekisho.policy.configuration import Terms

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from sekisho.gateway.launch import Launch

WHO = Who(principal="alice", conversation="first")


class Shop:
    """A connector and what it was made of."""

    def __init__(self, target: Launch | Remote, folder: Path, warden: Warden | None) -> None:
        self.book = Book()
        self.said: list[str] = []
        self.halt = HaltFlag(folder)
        self.connector = Connector(
            target,
            warden=warden,
            audit=self.book,
            halt=self.halt,
            desk=Desk(MemoryLedgers(), say=self.said.append),
            seal_key=bytes(32),
            terms=Terms(),
            say=self.said.append,
        )


@asynccontextmanager
async def remote() -> AsyncGenerator[Remote]:
    endpoint = Endpoint.parse("https://host.example/mcp?key=secret")
    pool = Pool(endpoint)
    yield Remote(endpoint=endpoint, pool=pool, headers=())
    await pool.aclose()


def test_a_command_is_a_child_and_a_url_is_called(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(python(ECHO), tmp_path, Warden())
        assert isinstance(shop.connector.link(WHO, Face.HTTP).upstream, StdioUpstream)
        assert shop.connector.server.endswith(" @ /")
        async with remote() as target:
            called = Shop(target, tmp_path, None)
            assert isinstance(called.connector.link(WHO, Face.STDIO).upstream, HttpUpstream)
            assert called.connector.server == "https://host.example/mcp"

    run(work())


def test_a_command_without_a_warden_is_a_mistake_of_ours(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(python(ECHO), tmp_path, None)
        with pytest.raises(RuntimeError, match="warden"):
            shop.connector.backend(WHO, Face.STDIO)

    run(work())


def test_a_new_session_is_halted_when_everything_is(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(python(ECHO), tmp_path, Warden())
        shop.connector.backend(WHO, Face.STDIO)
        assert not shop.book.records
        shop.halt.set()
        shop.connector.backend(WHO, Face.STDIO)
        assert [record.fields["event"] for record in shop.book.records] == ["halted"]

    run(work())


def test_what_belongs_to_no_link_is_recorded_or_said(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(python(ECHO), tmp_path, Warden())
        record = Record("turned-away", WHO, "server", {"rule": "x"}, {})
        shop.connector.record(record)
        assert shop.book.records == [record]
        shop.book.lost = True
        shop.connector.record(record)
        assert len(shop.said) == 1

    run(work())
