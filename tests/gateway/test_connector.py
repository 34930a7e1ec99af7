"""What is behind a face: a session for each principal, halted when everything is, and the right kind of server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.audit import AuditUnavailable
from sekisho.adapters.halt import HaltFlag
from sekisho.engine.effects import Record
from sekisho.engine.state import Face
from sekisho.gateway.connector import Connector
from sekisho.gateway.endpoint import Endpoint
from sekisho.gateway.launch import Launch
from sekisho.gateway.pool import Pool
from sekisho.gateway.remote import Remote
from sekisho.gateway.upstream_http import HttpUpstream
from sekisho.gateway.upstream_stdio import StdioUpstream
from sekisho.gateway.warden_client import Warden
from sekisho.model.subject import Who
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

ME = Who(principal="me", conversation="c1")
YOU = Who(principal="you", conversation="c2")
LAUNCH = Launch(argv=("npx", "-y", "pkg", "s3cr3t"), cwd="/srv", env={})


class Audit:
    """Keeps records in memory, or refuses them."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.refuses = False

    def append(self, record: Record) -> None:
        if self.refuses:
            raise AuditUnavailable("The disk is full", where="/audit", next_step="Free space.")
        self.records.append(record)

    def append_durable(self, record: Record, then: Callable[[bool], None]) -> None:
        self.append(record)
        asyncio.get_running_loop().call_soon(then, True)  # noqa: FBT003 - the port's


class Place:
    """A connector and everything that it needs."""

    def __init__(
        self, directory: Path, target: Launch | Remote, *, warden: Warden | None = None, name: str | None = None
    ) -> None:
        self.audit = Audit()
        self.halt = HaltFlag(directory)
        self.said: list[str] = []
        self.connector = Connector(
            target,
            warden=warden,
            audit=self.audit,
            halt=self.halt,
            seal_key=bytes(32),
            limits=Limits(),
            say=self.said.append,
            name=name,
        )


def remote() -> Remote:
    endpoint = Endpoint.parse("https://host.example/mcp?key=s3cr3t")
    return Remote(endpoint=endpoint, pool=Pool(endpoint), headers=((b"x-api-key", b"s3cr3t"),))


def run(work: Coroutine[object, object, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 10))


def test_a_command_is_known_by_what_it_runs(tmp_path: Path) -> None:
    assert Place(tmp_path, LAUNCH).connector.server == "npx pkg @ /srv"


@pytest.mark.parametrize(("name", "known"), [("mail", "mail"), (None, "npx pkg @ /srv"), ("", "npx pkg @ /srv")])
def test_a_name_that_the_user_gave_comes_first(tmp_path: Path, name: str | None, known: str) -> None:
    assert Place(tmp_path, LAUNCH, name=name).connector.server == known


def test_a_remote_server_is_known_by_its_address(tmp_path: Path) -> None:
    async def work() -> None:
        assert Place(tmp_path, remote()).connector.server == "https://host.example/mcp"

    run(work())


def test_each_principal_has_a_session_of_its_own(tmp_path: Path) -> None:
    async def work() -> None:
        place = Place(tmp_path, LAUNCH)
        place.halt.set()
        mine, yours = place.connector.link(ME, Face.HTTP), place.connector.link(YOU, Face.HTTP)
        assert mine.session is not yours.session
        assert [(record.who, record.server) for record in place.audit.records] == [
            (ME, "npx pkg @ /srv"),
            (YOU, "npx pkg @ /srv"),
        ]
        mine.close()
        yours.close()

    run(work())


@pytest.mark.parametrize("face", Face)
def test_a_link_starts_halted_when_everything_is(tmp_path: Path, face: Face) -> None:
    async def work() -> None:
        place = Place(tmp_path, LAUNCH)
        free = place.connector.link(ME, face)
        assert place.audit.records == []
        place.halt.set()
        halted = place.connector.link(ME, face)
        assert [(record.kind, record.fields) for record in place.audit.records] == [("lifecycle", {"event": "halted"})]
        place.halt.clear()
        place.connector.link(ME, face).close()
        assert len(place.audit.records) == 1
        free.close()
        halted.close()

    run(work())


@pytest.mark.parametrize("face", Face)
def test_a_command_is_reached_over_its_streams(tmp_path: Path, face: Face) -> None:
    async def work() -> None:
        place = Place(tmp_path, LAUNCH, warden=Warden())
        link = place.connector.link(ME, face)
        assert isinstance(place.connector.upstream(link, face), StdioUpstream)
        link.close()

    run(work())


def test_a_command_without_a_warden_is_refused(tmp_path: Path) -> None:
    async def work() -> None:
        place = Place(tmp_path, LAUNCH)
        link = place.connector.link(ME, Face.STDIO)
        with pytest.raises(RuntimeError, match="warden"):
            place.connector.upstream(link, Face.STDIO)
        link.close()

    run(work())


@pytest.mark.parametrize(("face", "listens"), [(Face.STDIO, True), (Face.HTTP, False)])
def test_a_remote_server_is_reached_over_http(tmp_path: Path, face: Face, *, listens: bool) -> None:
    async def work() -> None:
        place = Place(tmp_path, remote())
        link = place.connector.link(ME, face)
        upstream = place.connector.upstream(link, face)
        assert isinstance(upstream, HttpUpstream)
        assert upstream._listens is listens  # pyright: ignore[reportPrivateUsage] - else only a whole session shows it
        link.close()

    run(work())


def test_a_record_of_no_link_is_appended(tmp_path: Path) -> None:
    place = Place(tmp_path, LAUNCH)
    record = Record("turned-away", ME, "s", {}, {})
    place.connector.record(record)
    assert place.audit.records == [record]
    assert place.said == []


def test_a_record_that_can_not_be_written_is_said_and_raises_nothing(tmp_path: Path) -> None:
    place = Place(tmp_path, LAUNCH)
    place.audit.refuses = True
    place.connector.record(Record("turned-away", ME, "s", {}, {}))
    assert place.said == ["The disk is full (/audit). Free space."]
