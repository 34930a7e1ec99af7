"""The proxy environment: who wins, what is exempt, what is refused."""

from __future__ import annotations

import base64

import pytest

from sekisho.gateway.endpoint import AddressError, Endpoint
from sekisho.gateway.proxies import Proxy, proxy_for
from tablekit import rows

PROXY = "http://proxy.example:3128"


def chosen(url: str, environment: dict[str, str]) -> str | None:
    proxy = proxy_for(Endpoint.parse(url), environment)
    return None if proxy is None else f"{proxy.host}:{proxy.port}"


@rows(
    ("url", "environment", "expected"),
    [
        ("http://a.example/", {}, None),
        ("http://a.example/", {"HTTP_PROXY": "http://p:1"}, "p:1"),
        ("http://a.example/", {"HTTPS_PROXY": "http://p:1"}, None),
        ("https://a.example/", {"HTTPS_PROXY": "http://p:1"}, "p:1"),
        ("https://a.example/", {"HTTP_PROXY": "http://p:1"}, None),
        ("https://a.example/", {"HTTPS_PROXY": "http://p:1", "https_proxy": "http://q:2"}, "q:2"),
        ("https://a.example/", {"HTTPS_PROXY": "http://p:1", "https_proxy": ""}, None),
        ("https://a.example/", {"ALL_PROXY": "http://p:1"}, "p:1"),
        ("https://a.example/", {"ALL_PROXY": "http://p:1", "HTTPS_PROXY": "http://q:2"}, "q:2"),
        ("https://a.example/", {"HTTPS_PROXY": "p.example"}, "p.example:80"),
        ("https://a.example/", {"HTTPS_PROXY": " http://[::2]:8/ "}, "::2:8"),
        ("http://a.example/", {"HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET"}, None),
        ("http://a.example/", {"http_proxy": "http://p:1", "REQUEST_METHOD": "GET"}, "p:1"),
    ],
)
def test_the_variable_of_the_scheme_wins(url: str, environment: dict[str, str], expected: str | None) -> None:
    assert chosen(url, environment) == expected


@pytest.mark.parametrize(
    "url", ["http://localhost:1/", "http://127.0.0.1/", "http://127.8.8.8/", "https://[::1]/", "http://x.localhost/"]
)
def test_loopback_is_never_proxied(url: str) -> None:
    assert chosen(url, {"ALL_PROXY": PROXY, "HTTP_PROXY": PROXY, "HTTPS_PROXY": PROXY}) is None


EXEMPT = [
    ("http://a.example/", "*"),
    ("http://a.example/", "b.example, A.Example"),
    ("http://a.example/", "b.example a.example"),
    ("http://x.a.example/", "a.example"),
    ("http://x.a.example/", ".a.example"),
    ("http://a.example/", ".a.example"),
    ("http://x.a.example/", "*.a.example"),
    ("http://a.example:81/", "a.example:81"),
    ("http://10.1.2.3/", "10.0.0.0/8"),
    ("http://10.1.2.3/", "10.1.2.3"),
    ("http://10.1.2.3:81/", "10.1.2.3:81"),
    ("http://10.1.2.3/", "10.1.2.99/24"),
    ("http://[::ffff:10.1.2.3]/", "10.0.0.0/8"),
    ("http://[2001:db8::1]/", "2001:db8::/32"),
    ("http://[2001:db8::1]/", "2001:db8::1"),
    ("http://[2001:db8::1]/", "[2001:DB8:0::1]"),
    ("http://[2001:db8::1]:81/", "[2001:db8::1]:81"),
]


@rows(("url", "rule"), EXEMPT)
def test_an_exempt_host_is_reached_directly(url: str, rule: str) -> None:
    assert chosen(url, {"HTTP_PROXY": PROXY, "NO_PROXY": rule}) is None


NOT_EXEMPT = [
    ("http://a.example/", ""),
    ("http://a.example/", ","),
    ("http://nota.example/", "a.example"),
    ("http://a.example.evil.example/", "a.example"),
    ("http://a.example/", "x.a.example"),
    ("http://a.example:82/", "a.example:81"),
    ("http://10.1.2.3/", "11.0.0.0/8"),
    ("http://10.1.2.3/", "2.3"),
    ("http://10.1.2.3/", "10.0.0.0/99"),
    ("http://a.example/", "10.0.0.0/8"),
    ("http://[2001:db9::1]/", "2001:db8::/32"),
    ("http://a.example/", "."),
    ("http://a.example/", "[a.example"),
]


@rows(("url", "rule"), NOT_EXEMPT)
def test_another_host_is_proxied(url: str, rule: str) -> None:
    assert chosen(url, {"HTTP_PROXY": PROXY, "NO_PROXY": rule}) == "proxy.example:3128"


def test_the_lower_case_exemptions_win() -> None:
    environment = {"HTTP_PROXY": PROXY, "NO_PROXY": "*", "no_proxy": "b.example"}
    assert chosen("http://a.example/", environment) == "proxy.example:3128"


def test_credentials_become_a_header_and_are_not_shown() -> None:
    proxy = Proxy.parse("http://us%40er:p%3Aw@proxy.example:3128/")
    assert proxy.authorization == b"Basic " + base64.b64encode(b"us@er:p:w")
    assert "Basic" not in repr(proxy)


def test_a_user_without_password_has_an_empty_one() -> None:
    assert Proxy.parse("me@proxy.example").authorization == b"Basic " + base64.b64encode(b"me:")


@rows(
    "value",
    [
        "https://proxy.example", "socks5://secret@proxy.example", "http://", "http://secret@", "http://proxy.example/path",
        "http://proxy.example:x", "http://proxy.example:99999", "http://proxy.example?a", "http://pro xy", "http://1.2.3:8",
    ],
)  # fmt: skip
def test_a_proxy_that_is_not_spoken_to_is_refused_and_not_gone_round(value: str) -> None:
    with pytest.raises(AddressError) as caught:
        chosen("http://a.example/", {"HTTP_PROXY": value})
    assert "HTTP_PROXY" in str(caught.value)
    assert "secret" not in str(caught.value)
