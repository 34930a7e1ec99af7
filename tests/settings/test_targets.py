from __future__ import annotations

import pytest

from sekisho.settings.entry import Entry, Scope, Source
from sekisho.settings.node import Region, Scalar, Text
from sekisho.settings.targets import targets
from tablekit import rows

SOURCE = Source(host="", scope=Scope.NAMED, file="f")
NODE = Scalar("", Region(1, 1, 1, 1))


@pytest.mark.parametrize(
    ("url", "scheme", "host"),
    [
        ("https://A.example/mcp", "https", "a.example"),
        ("HTTP://a.example.:80", "http", "a.example"),
        ("http://[::1]:3/x", "http", "::1"),
        ("wss://user:pass@a.example", "wss", "a.example"),
        ("http://${USER}@a.example", "http", "a.example"),
    ],
)
def test_an_address_is_cut(url: str, scheme: str, host: str) -> None:
    entry = Entry(source=SOURCE, alias="w", pointer="", node=NODE, url=Text(url, "/url"))
    assert [(target.scheme, target.host) for target in targets(entry)] == [(scheme, host)]


@rows("url", ["http://${HOST}/mcp", "http://%HOST%/", "http://[::1", "http://", "stdio", "http://:80"])
def test_what_leads_nowhere_is_no_target(url: str) -> None:
    entry = Entry(source=SOURCE, alias="w", pointer="", node=NODE, url=Text(url, "/url"))
    assert list(targets(entry)) == []


def test_addresses_among_the_arguments_count() -> None:
    args = (Text("https://a.example", "/args/0"), Text("--upstream=http://b.example", "/args/1"), Text("c", "/args/2"))
    entry = Entry(source=SOURCE, alias="w", pointer="", node=NODE, command=Text("x", "/command"), args=args)
    assert [(target.host, target.word.pointer) for target in targets(entry)] == [
        ("a.example", "/args/0"),
        ("b.example", "/args/1"),
    ]
