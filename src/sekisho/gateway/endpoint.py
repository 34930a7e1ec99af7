"""`Endpoint`: the address of one upstream, read once and strictly.

Parsers disagree about odd addresses (backslashes, octal numbers, user names before an `@`), and a checkpoint that
judges one host while the connection goes to another is none.
So every address has one spelling here, and the others are refused with the spelling to use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

__all__ = ["AddressError", "Endpoint", "is_loopback", "parse_host", "parse_port", "parse_target"]

DEFAULT_PORTS: Final = {"http": 80, "https": 443}

_URL: Final = re.compile(r"(https?)://([^/?#]*)([^#]*)(#?)", re.IGNORECASE)
_TARGET: Final = re.compile(r"/[!$-;=?-\[\]_a-z~]*")
_AUTHORITY: Final = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::(.*))?")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_DEVIATIONS: Final = re.compile("[\u00df\u03c2\u200c\u200d]")
_LONGEST_NAME: Final = 253
_LAST_PORT: Final = 65535


class AddressError(ValueError):
    """An address that is not used: what is wrong with it, and what to write instead.

    The text never repeats the address, because addresses carry passwords and tokens.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where one upstream listens."""

    scheme: str
    """`http` or `https`."""

    host: str
    """Lower-case name in ASCII (IDNA), or an IP literal without brackets."""

    port: int
    """1 to 65535."""

    target: str
    """Path and query, exactly as written."""

    @classmethod
    def parse(cls, url: str) -> Endpoint:
        """Read an http or https URL.

        Raises:
            AddressError: for anything that two parsers could read differently.
        """
        match = _URL.fullmatch(url)
        if match is None:
            raise AddressError("not an http or https URL; write it like https://host.example/mcp")
        scheme, authority, target, fragment = match.groups()
        if fragment:
            raise AddressError("a fragment (#...) is never sent to a server; leave it out of the URL")
        if "@" in authority:
            raise AddressError("a user name or password in the URL is refused; send it as a header instead")
        split = _AUTHORITY.fullmatch(authority)
        if split is None:
            raise AddressError("host and port of the URL are unclear; write host:port, and IPv6 as [::1]:port")
        name, port = split.groups()
        scheme = scheme.lower()
        target = parse_target(target if target.startswith("/") else "/" + target)
        return cls(scheme=scheme, host=parse_host(name), port=parse_port(port, DEFAULT_PORTS[scheme]), target=target)

    @property
    def authority(self) -> str:
        """Host and port for the `Host` header; the default port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what may be shown; path and query may hold secrets."""
        return f"{self.scheme}://{self.authority}"


def parse_target(text: str) -> str:
    """Return path and query as they are.

    Raises:
        AddressError: they do not begin with a slash, or hold a character that would end the request line.
    """
    if not _TARGET.fullmatch(text):
        raise AddressError("path and query must begin with / and be ASCII; percent-encode the other characters")
    return text


def parse_port(text: str | None, default: int) -> int:
    """Return the port, `default` for a missing one.

    Raises:
        AddressError: not a decimal number from 1 to 65535.
    """
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_PORT)) and 1 <= int(text) <= _LAST_PORT):
        raise AddressError(f"the port must be a number from 1 to {_LAST_PORT}")
    return int(text)


def parse_host(text: str) -> str:
    """Return a host in its one spelling: lower-case ASCII, IP literals without brackets.

    Raises:
        AddressError: not a host name or IP literal, or one that resolvers read differently.
    """
    if text.startswith("["):
        return _ipv6(text[1:-1])
    name = _ascii(text).lower()
    if not name:
        raise AddressError("the URL has no host")
    if name.endswith("."):
        raise AddressError("leave out the dot after the host name")
    labels = name.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        return _ipv4(name)
    if len(name) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressError("the host is not a valid host name")
    return name


def is_loopback(host: str) -> bool:
    """Tell whether a host (as `parse_host` returns it) is this machine by its spelling."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        if ":" not in host:
            return IPv4Address(host).is_loopback
        address = IPv6Address(host)
    except AddressValueError:
        return False
    return (address.ipv4_mapped or address).is_loopback


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    # These four mean another name in IDNA 2008 than in IDNA 2003, which is what the standard library speaks.
    if _DEVIATIONS.search(text):
        raise AddressError("the host has a letter that IDNA versions read differently; write its xn-- form")
    try:
        return text.encode("idna").decode("ascii")
    except UnicodeError:
        raise AddressError("the host name cannot be written in IDNA; write its xn-- form") from None


def _ipv6(text: str) -> str:
    if "%" in text:
        raise AddressError("an IPv6 zone (%...) is not supported; use a host name or a global address")
    try:
        return str(IPv6Address(text))
    except AddressValueError:
        raise AddressError("the address in brackets is not a valid IPv6 address") from None


def _ipv4(text: str) -> str:
    try:
        return str(IPv4Address(text))
    except AddressValueError:
        raise AddressError("a numeric host must be four decimal numbers without leading zeros") from None
