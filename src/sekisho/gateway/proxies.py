"""Which proxy stands before an upstream, by the environment.

`proxy_for` reads `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`; lower-case names win, and the special one
wins over `ALL_PROXY`. There is no standard; this follows what curl, Go and Python agree on, and refuses what it
does not speak (TLS or SOCKS towards the proxy) instead of going round it.
`Tunnel` is the short conversation (CONNECT) that opens a way through the proxy for TLS.
"""

from __future__ import annotations

import asyncio
import base64
import re
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import unquote_to_bytes

from sekisho.gateway.endpoint import AddressError, is_loopback, parse_host, parse_port

if TYPE_CHECKING:
    from collections.abc import Mapping
    from ipaddress import IPv4Address

    from sekisho.gateway.endpoint import Endpoint

__all__ = ["Proxy", "Tunnel", "TunnelError", "proxy_for"]

_PROXY: Final = re.compile(
    r"(?:([a-z][a-z0-9+.-]*)://)?(?:([^/?#@]*)@)?(\[[^\]]*\]|[^:/?#\[\]@]*)(?::([0-9]*))?/?", re.IGNORECASE
)
_RULE: Final = re.compile(r"([^:\[\]]+|\[[^\[\]]*\]|[0-9a-f]*:[0-9a-f:.]*:[0-9a-f.]*)(?::([0-9]{1,5}))?")
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: [^\r\n]*)?\r\n")
_DEFAULT_PORT: Final = 80
_HEAD_BYTES: Final = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """An HTTP proxy, spoken to in the clear."""

    host: str
    """As in `Endpoint.host`."""

    port: int
    """1 to 65535; 80 when the address names none."""

    authorization: bytes | None = field(default=None, repr=False)
    """The value of `Proxy-Authorization`."""

    @classmethod
    def parse(cls, url: str) -> Proxy:
        """Read a proxy's address: `http://[user:password@]host[:port]`; the scheme may be left out.

        Raises:
            AddressError: another scheme, or not an address.
        """
        match = _PROXY.fullmatch(url)
        if match is None:
            raise AddressError("not a proxy address; write it like http://proxy.example:3128")
        scheme, user, host, port = match.groups()
        if scheme is not None and scheme.lower() != "http":
            raise AddressError("only http:// proxies are supported; TLS upstreams pass through them by CONNECT")
        authorization = None
        if user is not None:
            name, _, password = user.partition(":")
            login = unquote_to_bytes(name) + b":" + unquote_to_bytes(password)
            authorization = b"Basic " + base64.b64encode(login)
        return cls(host=parse_host(host), port=parse_port(port, _DEFAULT_PORT), authorization=authorization)


def proxy_for(endpoint: Endpoint, environment: Mapping[str, str]) -> Proxy | None:
    """Return the proxy for an upstream, None for the direct way.

    Loopback is never proxied: a proxy elsewhere has another loopback.

    Raises:
        AddressError: the variable that applies holds no usable address; its name is in the text.
    """
    if is_loopback(endpoint.host) or _exempt(endpoint, _read(environment, "no_proxy")):
        return None
    for name in (f"{endpoint.scheme}_proxy", "all_proxy"):
        if value := _read(environment, name):
            try:
                return Proxy.parse(value)
            except AddressError as error:
                raise AddressError(f"{name} (or {name.upper()}) in the environment: {error}") from None
    return None


def _read(environment: Mapping[str, str], name: str) -> str:
    """Return a variable; set but empty in lower case switches the upper-case one off."""
    value = environment.get(name)
    if value is None and not (name == "http_proxy" and "REQUEST_METHOD" in environment):
        # Under CGI a client sets HTTP_PROXY with its header "Proxy" (CVE-2016-5385 and kin).
        value = environment.get(name.upper())
    return (value or "").strip()


def _exempt(endpoint: Endpoint, rules: str) -> bool:
    address = _address(endpoint.host)
    for rule in re.split(r"[,\s]+", rules.lower()):
        if rule == "*" or (_holds(rule, address) if "/" in rule else _names(rule, endpoint, address)):
            return True
    return False


def _holds(rule: str, address: IPv4Address | IPv6Address | None) -> bool:
    """Tell whether a CIDR rule holds the address."""
    try:
        return address is not None and address in ip_network(rule, strict=False)
    except ValueError:
        return False


def _names(rule: str, endpoint: Endpoint, address: IPv4Address | IPv6Address | None) -> bool:
    """Tell whether a rule names the host or one of its parents, with the port if it has one."""
    match = _RULE.fullmatch(rule)
    if match is None:
        return False
    name, port = match.groups()
    if port is not None and int(port) != endpoint.port:
        return False
    if address is not None:
        return _address(name.strip("[]")) == address
    name = name.removeprefix("*").strip(".")
    return bool(name) and (endpoint.host == name or endpoint.host.endswith("." + name))


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


class TunnelError(Exception):
    """The proxy does not open the way; the text says what it answered."""


class Tunnel(asyncio.Protocol):
    """Asks a proxy for a tunnel and reads its answer, nothing behind it.

    `opened` is done when the way is open; otherwise it holds a `TunnelError`.
    The wait is bounded by who waits; the answer's head by 16 KiB.
    """

    __slots__ = ("_head", "_request", "opened", "transport")

    transport: asyncio.Transport

    def __init__(self, endpoint: Endpoint, proxy: Proxy) -> None:
        host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
        where = f"{host}:{endpoint.port}".encode("ascii")
        self._request = b"CONNECT %b HTTP/1.1\r\nHost: %b\r\n" % (where, where)
        if proxy.authorization is not None:
            self._request += b"Proxy-Authorization: " + proxy.authorization + b"\r\n"
        self._request += b"\r\n"
        self._head = bytearray()
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Collect the answer's head."""
        start = max(0, len(self._head) - 3)
        self._head += data
        end = self._head.find(b"\r\n\r\n", start)
        if end < 0:
            if len(self._head) > _HEAD_BYTES:
                self._refuse("it answered without an end")
            return
        status = _STATUS.match(self._head)
        if status is None:
            self._refuse("it does not speak HTTP/1.1")
        elif not status[1].startswith(b"2"):
            hint = "; put user and password into its address" if status[1] == b"407" else ""
            self._refuse(f"it answered CONNECT with {status[1].decode()}{hint}")
        elif end + 4 != len(self._head):
            # The server waits for our ClientHello, so these bytes are the proxy's own and must not reach TLS.
            self._refuse("it sent bytes of its own into the tunnel")
        elif not self.opened.done():
            self.opened.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """The proxy hung up."""
        del exc
        if not self.opened.done():
            self.opened.set_exception(TunnelError("it closed the connection"))

    def _refuse(self, reason: str) -> None:
        if not self.opened.done():
            self.opened.set_exception(TunnelError(reason))
        self.transport.abort()
