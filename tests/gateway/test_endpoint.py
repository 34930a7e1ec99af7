"""Addresses: one spelling each, and no address that two parsers read differently."""

from __future__ import annotations

import pytest

from sekisho.gateway.endpoint import AddressError, Endpoint, is_loopback, parse_target
from tablekit import rows

GOOD = [
    ("http://example.com", "http://example.com", "/"),
    ("HTTP://EXAMPLE.com:80/a", "http://example.com", "/a"),
    ("https://example.com:443/mcp", "https://example.com", "/mcp"),
    ("https://example.com:8443/mcp/", "https://example.com:8443", "/mcp/"),
    ("http://example.com:443", "http://example.com:443", "/"),
    ("https://example.com?a=b&c=%2F..", "https://example.com", "/?a=b&c=%2F.."),
    ("https://example.com/a/../b//c;d?x=y?z", "https://example.com", "/a/../b//c;d?x=y?z"),
    ("https://example.com/@user:pass", "https://example.com", "/@user:pass"),
    ("http://127.0.0.1:8000/mcp", "http://127.0.0.1:8000", "/mcp"),
    ("http://[::1]:8000/mcp", "http://[::1]:8000", "/mcp"),
    ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]", "/"),
    ("http://[2001:DB8::A]/", "http://[2001:db8::a]", "/"),
    ("https://例え.jp/mcp", "https://xn--r8jz45g.jp", "/mcp"),
    ("https://BÜCHER.example/", "https://xn--bcher-kva.example", "/"),
    ("http://my_service-1:9/", "http://my_service-1:9", "/"),
]  # fmt: skip


@rows(("url", "origin", "target"), GOOD)
def test_a_plain_address_is_read(url: str, origin: str, target: str) -> None:
    endpoint = Endpoint.parse(url)
    assert (endpoint.origin, endpoint.target) == (origin, target)


BAD = [
    "", "example.com", "//example.com/", "ftp://example.com/", "http:/example.com", "http:///mcp", "http://:80/",
    "http://user@example.com/", "http://user:secret@example.com/", "http://example.com@evil.example/",
    "http://example.com/#", "http://example.com/#secret", "http://example.com#@evil.example/",
    "http://example.com\\@evil.example/", "http://example.com\\.evil.example/", "http://exa mple.com/",
    "http://example.com/a b", "http://example.com/ä", 'http://example.com/"', "http://example.com/a\r\nX: y",
    "http://example.com/a\n", "\thttp://example.com/", " http://example.com/", "http://exa\nmple.com/",
    "http://example.com./", "http://example..com/", "http://-a.example/", "http://a-.example/",
    "http://%65xample.com/", "http://example.com:0/", "http://example.com:65536/", "http://example.com:8_0/",
    "http://example.com:+80/", "http://example.com:٨٠/", "http://example.com:80:80/", "http://example.com:99999999999/",
    "http://127.1/", "http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/", "http://127.0.0.1.2/",
    "http://127.0.0.0x1/", "http://127.0.0.256/", "http://[::1/", "http://::1/", "http://[::1]x/",
    "http://[fe80::1%25eth0]/",
    "http://[127.0.0.1]/", "http://[]/", "http://faß.example/", "http://a\u200db.example/",
    "http://" + "a" * 64 + ".example/",
    "http://" + "a." * 127 + "example/", "http://ex*mple.com/", "http://\U0001f600\u200c.example/", "http://..ü/",
]  # fmt: skip


@rows("url", BAD)
def test_an_unclear_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(AddressError) as caught:
        Endpoint.parse(url)
    assert "secret" not in str(caught.value)


@rows("target", ["", "mcp", "*", "/a b", "/a\r\nX: y", "/ü", "/a#b", "http://evil.example/"])
def test_an_unclear_target_is_refused(target: str) -> None:
    with pytest.raises(AddressError):
        parse_target(target)


@rows(
    ("host", "answer"),
    [
        ("localhost", True),
        ("a.localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("localhost.example", False),
        ("notlocalhost", False),
        ("10.0.0.1", False),
        ("::2", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound here
        ("::ffff:10.0.0.1", False),
    ],
)
def test_loopback_is_known_by_its_spelling(host: str, answer: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_loopback(host) is answer
