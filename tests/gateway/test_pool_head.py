"""The heads of requests: what is written, and what never is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.gateway.endpoint import Endpoint
from sekisho.gateway.pool_head import Heads
from sekisho.gateway.pool_reply import PoolError
from sekisho.gateway.proxies import Proxy
from tablekit import rows

TOKEN = re.compile(rb"[-a-zA-Z0-9!#$%&'*+.^_`|~]+")
CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
OWN = frozenset({
    b"accept-encoding", b"connection", b"content-length", b"expect", b"host", b"keep-alive", b"proxy-authorization",
    b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade",  # codespell:ignore te
})  # fmt: skip
"""Headers that a connection writes itself."""

URL = Endpoint.parse("http://a.example:81/mcp?k=v")


def heads(url: Endpoint = URL, *, proxy: Proxy | None = None, limit: int = 65536) -> Heads:
    return Heads(url, proxy=proxy, limit=limit)


def test_a_post_has_line_host_length_and_the_fields_in_order() -> None:
    head = heads().encode("POST", [(b"b", b"1"), (b"a", b"2"), (b"b", b"3")], b"xyz", target=None)
    assert head.split(b"\r\n") == [
        b"POST /mcp?k=v HTTP/1.1", b"Host: a.example:81", b"Accept-Encoding: identity", b"Content-Length: 3",
        b"b: 1", b"a: 2", b"b: 3", b"", b"",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "body", "length"),
    [("GET", None, None), ("DELETE", None, None), ("POST", None, 0), ("POST", b"", 0), ("DELETE", b"ab", 2)],
)
def test_a_length_is_there_when_a_body_is_or_could_be(method: str, body: bytes | None, length: int | None) -> None:
    head = heads().encode(method, [], body, target="/x")
    assert head.startswith(method.encode() + b" /x HTTP/1.1\r\n")
    assert head.endswith(b"\r\n\r\n")
    assert (b"Content-Length: %d\r\n" % length in head) if length is not None else (b"Content-Length" not in head)


def test_a_plain_request_by_proxy_names_the_whole_url() -> None:
    proxy = Proxy(host="p", port=1, authorization=b"Basic eA==")
    lines = heads(proxy=proxy).encode("GET", [], None, target=None).split(b"\r\n")
    assert lines[0] == b"GET http://a.example:81/mcp?k=v HTTP/1.1"
    assert b"Proxy-Authorization: Basic eA==" in lines


def test_the_server_behind_a_tunnel_does_not_see_the_credentials_of_the_proxy() -> None:
    proxy = Proxy(host="p", port=1, authorization=b"Basic eA==")
    head = heads(Endpoint.parse("https://a.example/mcp"), proxy=proxy).encode("GET", [], None, target=None)
    assert head.startswith(b"GET /mcp HTTP/1.1\r\nHost: a.example\r\n")
    assert b"roxy" not in head


@given(value=st.binary(max_size=20), name=st.binary(max_size=6) | st.sampled_from(sorted(OWN)))
def test_no_name_or_value_makes_another_line(name: bytes, value: bytes) -> None:
    fields = [(b"first", b"1"), (name, value), (b"last", b"2")]
    if not TOKEN.fullmatch(name) or name.lower() in OWN or CONTROL.search(value):
        with pytest.raises(PoolError):
            heads().encode("GET", fields, None, target=None)
        return
    head = heads().encode("GET", fields, None, target=None)
    assert head.split(b"\r\n")[3:] == [b"first: 1", name + b": " + value, b"last: 2", b"", b""]
    assert head.count(b"\r") == head.count(b"\n") == 7
    assert b"\0" not in head


@rows("value", [b"a\r\nEvil: 1", b"a\nEvil: 1", b"a\rb", b"a\0b", b"\x7f", b"\x1b[2J"])
@rows("place", [0, 1])
def test_header_injection_is_refused(value: bytes, place: int) -> None:
    field = (value, b"x") if place == 0 else (b"x", value)
    with pytest.raises(PoolError) as caught:
        heads().encode("POST", [(b"a", b"b"), field], b"", target=None)
    assert (caught.value.kind, caught.value.sent) == ("protocol", False)


@rows("name", [b"", b"a b", b"a:", b" a", b"a\xff", b"(a)"])
def test_a_name_that_is_no_token_is_refused(name: bytes) -> None:
    with pytest.raises(PoolError):
        heads().encode("GET", [(name, b"x")], None, target=None)


@rows(
    "name",
    [
        b"Host",
        b"content-length",
        b"Transfer-Encoding",
        b"Connection",
        b"TE",  # codespell:ignore
        b"Upgrade",
        b"Expect",
    ],
)
def test_framing_fields_are_not_the_callers(name: bytes) -> None:
    encoder = heads()
    for _ in range(2):
        with pytest.raises(PoolError) as caught:
            encoder.encode("GET", [(name, b"x")], None, target=None)
        assert name.decode() in str(caught.value)


def test_a_tab_and_obsolete_text_are_values() -> None:
    assert b"a: \t\xe3\x81\x82\r\n" in heads().encode("GET", [(b"a", b"\t\xe3\x81\x82")], None, target=None)


@pytest.mark.parametrize("method", ["CONNECT", "TRACE", "get", "", "GET /x HTTP/1.1\r\nA: b\r\n\r\nGET"])
def test_another_method_is_refused(method: str) -> None:
    with pytest.raises(PoolError) as caught:
        heads().encode(method, [], None, target=None)
    assert caught.value.kind == "protocol"


@rows("target", ["", "mcp", "/a b", "/a\r\nX: y", "http://evil.example/", "//\n"])
def test_another_target_is_checked(target: str) -> None:
    with pytest.raises(PoolError) as caught:
        heads().encode("GET", [], None, target=target)
    assert caught.value.kind == "protocol"


def test_too_many_fields_are_refused() -> None:
    with pytest.raises(PoolError) as caught:
        heads(limit=100).encode("GET", [(b"a", b"x" * 200)], None, target=None)
    assert (caught.value.kind, caught.value.sent) == ("too-large", False)


def test_what_is_remembered_is_bounded() -> None:
    encoder = heads()
    for number in range(600):
        assert encoder.encode("GET", [(b"x-%d" % number, b"1")], None, target=f"/{number}")
    remembered = (encoder._lines, encoder._names)  # pyright: ignore[reportPrivateUsage] - memory shows nowhere else
    assert max(map(len, remembered)) <= 256
