"""Who may come in: one table of spellings of the same thing, and what is said to those who may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.gateway.http_gate import Credential, Gate, Turned
from sekisho.gateway.http_head import read_head
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.gateway.http_head import Head

HOST = (b"host", b"127.0.0.1:3010")
TOKEN = "a-token-of-24-characters"  # noqa: S105 - of this test
ALICE = (Credential(principal="alice", token=TOKEN),)

LOCAL_HOSTS = [
    b"localhost",
    b"localhost:3010",
    b"LocalHost:3010",
    b"127.0.0.1",
    b"127.0.0.1:1",
    b"127.0.0.1:65535",
    b"[::1]",
    b"[::1]:3010",
]

FOREIGN_HOSTS = [
    b"",
    b":3010",
    b"evil.example",
    b"evil.example:3010",
    b"localhost.evil.example",
    b"localhost.",
    b"localhost:",
    b"localhost:3010:3010",
    b"localhost:x",
    b"localhost:123456",
    b"localhost ",
    b" localhost",
    b"local\thost",
    b"localhost/",
    b"localhost/@evil.example",
    b"localhost@evil.example",
    b"evil.example@localhost",
    b"user:password@localhost:3010",
    b"localhost?x",
    b"localhost#x",
    b"localhost,evil.example",
    b"http://localhost",
    b"127.0.0.1.evil.example",
    b"127.0.0.1.",
    b"127.1",
    b"127.0.0.2",
    b"0x7f.0.0.1",
    b"0177.0.0.1",
    b"2130706433",
    b"0.0.0.0",
    b"::1",
    b"[::1].evil.example",
    b"[::1]evil.example",
    b"[::1",
    b"[::1%25lo]",
    b"[0:0:0:0:0:0:0:1]",
    b"[::ffff:127.0.0.1]",
    b"[::]",
    b"\xef\xbd\x8cocalhost",
    b"localhost\xff",
]

LOCAL_ORIGINS = [
    b"http://localhost",
    b"http://localhost:5173",
    b"HTTP://LOCALHOST:5173",
    b"https://127.0.0.1",
    b"http://127.0.0.1:6274",
    b"http://[::1]:6274",
]

FOREIGN_ORIGINS = [
    b"",
    b"null",
    b"http://",
    b"localhost",
    b"//localhost",
    b"https://evil.example",
    b"http://localhost.evil.example",
    b"http://evil.example:3010",
    b"http://evil.example@localhost",
    b"http://localhost@evil.example",
    b"http://localhost/",
    b"http://localhost/path",
    b"http://localhost?x",
    b"http://localhost, http://evil.example",
    b"http://localhost http://evil.example",
    b"http://[::1].evil.example",
    b"http://192.168.0.1",
    b"file://",
    b"file://localhost",
    b"ws://localhost",
    b"chrome-extension://abcdefghijklmnop",
    b"vscode-webview://localhost",
    b"http:localhost",
    b"http:///localhost",
]


def turned_away(gate: Gate, head: Head, uid: int | None) -> Turned | None:
    found = gate.admit(head, uid)
    return found if isinstance(found, Turned) else None


@rows("host", LOCAL_HOSTS)
def test_the_names_of_this_machine_come_in(host: bytes) -> None:
    assert turned_away(Gate(owner="alice"), read_head([(b"host", host)]), None) is None


@rows("host", FOREIGN_HOSTS)
def test_any_other_spelling_of_a_host_is_turned_away(host: bytes) -> None:
    turned = turned_away(Gate(owner="alice"), read_head([(b"host", host)]), None)
    assert turned is not None
    assert (turned.status, turned.rule) == (421, "foreign-host")


@pytest.mark.parametrize("hosts", [[], [HOST, HOST], [HOST, (b"host", b"evil.example")]])
def test_there_is_one_host_line(hosts: list[tuple[bytes, bytes]]) -> None:
    turned = turned_away(Gate(owner="alice"), read_head(hosts), None)
    assert turned is not None
    assert turned.rule == "foreign-host"


@rows("origin", LOCAL_ORIGINS)
def test_pages_of_this_machine_come_in(origin: bytes) -> None:
    assert turned_away(Gate(owner="alice"), read_head([HOST, (b"origin", origin)]), None) is None


@rows("origin", FOREIGN_ORIGINS)
def test_pages_of_other_origins_are_turned_away(origin: bytes) -> None:
    turned = turned_away(Gate(owner="alice"), read_head([HOST, (b"origin", origin)]), None)
    assert turned is not None
    assert (turned.status, turned.rule) == (403, "foreign-origin")


@pytest.mark.parametrize("local_first", [True, False])
def test_one_foreign_origin_among_two_is_enough(local_first: bool) -> None:  # noqa: FBT001 - a parameter of the test
    origins = [(b"origin", b"http://localhost"), (b"origin", b"https://evil.example")]
    turned = turned_away(Gate(owner="alice"), read_head([HOST, *(origins if local_first else reversed(origins))]), None)
    assert turned is not None
    assert turned.rule == "foreign-origin"


def test_only_this_user_comes_in_where_the_system_tells() -> None:
    gate = Gate(owner="alice", uid=1000)
    assert turned_away(gate, read_head([HOST]), 1000) is None
    for other in (0, 1001, None):
        turned = turned_away(gate, read_head([HOST]), other)
        assert turned is not None
        assert (turned.status, turned.rule) == (403, "foreign-user")


@rows(
    "given",
    [
        [],
        [b""],
        [b"Bearer"],
        [b"Bearer "],
        [TOKEN.encode()],
        [b"Bearer " + TOKEN.encode()[:-1]],
        [b"Bearer " + TOKEN.encode() + b"x"],
        [b"Bearer  " + TOKEN.encode()],
        [b"Basic " + TOKEN.encode()],
        [b"Bearer \xff\xfe"],
        [b"Bearer " + TOKEN.encode()] * 2,
    ],
)
def test_with_a_token_nobody_comes_in_without_it(given: list[bytes]) -> None:
    turned = turned_away(
        Gate(owner="alice", credentials=ALICE, uid=1000),
        read_head([HOST, *((b"authorization", value) for value in given)]),
        1000,
    )
    assert turned is not None
    assert (turned.status, turned.rule) == (401, "missing-token")


def test_the_token_admits_another_user_but_no_foreign_page() -> None:
    gate = Gate(owner="alice", credentials=ALICE, uid=1000)
    shown = (b"authorization", b"Bearer " + TOKEN.encode())
    assert turned_away(gate, read_head([HOST, shown]), 1001) is None
    for foreign in ([(b"host", b"evil.example"), shown], [HOST, shown, (b"origin", b"https://evil.example")]):
        assert turned_away(gate, read_head(foreign), 1000) is not None


def test_nothing_of_the_request_is_repeated() -> None:
    evil = [(b"host", b"evil-words"), (b"origin", b"evil-words"), (b"authorization", b"evil-words")]
    for headers in (evil, [HOST, *evil[1:]], [HOST, evil[2]]):
        turned = turned_away(Gate(owner="alice", credentials=ALICE), read_head(headers), None)
        assert turned is not None
        assert "evil-words" not in turned.message
        assert turned.message.startswith("Sekisho: ")


def test_each_token_says_who_comes_in_and_without_any_it_is_the_owner() -> None:
    two = (*ALICE, Credential(principal="bob", token="b" * 20), Credential(principal="alice", token="c" * 20))
    gate = Gate(owner="root", credentials=two, uid=0)
    for token, principal in ((TOKEN, "alice"), ("b" * 20, "bob"), ("c" * 20, "alice")):
        assert gate.admit(read_head([HOST, (b"authorization", b"Bearer " + token.encode())]), 5) == principal
    assert isinstance(gate.admit(read_head([HOST]), 0), Turned)
    assert Gate(owner="root", uid=0).admit(read_head([HOST]), 0) == "root"


def test_no_token_shows_where_a_gate_is_printed() -> None:
    assert TOKEN not in repr(Gate(owner="alice", credentials=ALICE))


def test_a_header_that_steers_the_server_is_refused_after_who_may_come_in() -> None:
    lines = [HOST, (b"x-jira-url", b"http://169.254.169.254/")]
    refused = turned_away(Gate(owner="root"), read_head(lines), None)
    assert refused is not None
    assert (refused.status, refused.rule) == (400, "header-steers")
    assert "169.254" not in refused.message
    stranger = turned_away(Gate(owner="root", credentials=ALICE), read_head(lines), None)
    assert stranger is not None
    assert stranger.rule == "missing-token"
    known = turned_away(
        Gate(owner="root", credentials=ALICE),
        read_head([*lines, (b"authorization", b"Bearer " + TOKEN.encode())]),
        None,
    )
    assert known == refused
