"""Whose connection it is: the real answer of the kernel, also about another user."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from peers.face import desk
from peers.http_host import ACCEPT, wire
from peers.loops import run
from peers.messages import initialize
from sekisho.gateway.peer import own_uid, peer_uid

if TYPE_CHECKING:
    from collections.abc import Generator

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1", "::1"]),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells"),
]

NOBODY = 65534


@contextmanager
def connected(host: str) -> Generator[tuple[socket.socket, socket.socket]]:
    with socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        theirs = socket.create_connection(listener.getsockname()[:2])
        ours, _ = listener.accept()
        with ours, theirs:
            yield ours, theirs


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_our_own_connection_is_ours(host: str) -> None:
    with connected(host) as (ours, _):
        assert peer_uid(ours.getsockname(), ours.getpeername()) == os.getuid() == own_uid()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be somebody else for a moment")
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_connection_of_another_user_is_theirs(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listener:
        listener.settimeout(20)
        address = listener.getsockname()[:2]
        with socket.create_connection(address):  # what this loads, nobody may not be allowed to read
            listener.accept()[0].close()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(writing)
                os.setuid(NOBODY)
                with socket.create_connection(address):
                    os.read(reading, 1)
            finally:
                os._exit(0)  # whatever happens, this process runs no other test
        os.close(reading)
        ours, _ = listener.accept()
        with ours:
            uid = peer_uid(ours.getsockname(), ours.getpeername())
        os.close(writing)
        os.waitpid(child, 0)
    assert uid == NOBODY


def test_a_connection_that_is_gone_is_nobodys() -> None:
    with connected("127.0.0.1") as (ours, theirs):
        names = ours.getsockname(), ("127.0.0.1", 1)
        theirs.close()
        assert peer_uid(*names) is None


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [((), ()), (("127.0.0.1", 1), ()), (("x", 1), ("127.0.0.1", 2)), (("127.0.0.1", 1), ("127.0.0.1", 2**17)), ("", 5)],
)
def test_what_is_no_address_is_nobodys(ours: tuple[object, ...], theirs: tuple[object, ...]) -> None:
    assert peer_uid(ours, theirs) is None


def test_other_systems_do_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert own_uid() is None
    assert peer_uid(("127.0.0.1", 1), ("127.0.0.1", 2)) is None


def test_the_face_asks_whose_each_connection_is() -> None:
    async def work() -> None:
        async with desk(uid=os.getuid()) as at, wire(at.port) as connection:
            assert (await connection.ask("POST", initialize(), *ACCEPT)).status == 200
        async with desk(uid=os.getuid() + 1) as at, wire(at.port) as connection:
            answer = await connection.ask("POST", initialize(), *ACCEPT)
            assert answer.status == 403
            assert at.book.rules() == ["foreign-user"]

    run(work())
