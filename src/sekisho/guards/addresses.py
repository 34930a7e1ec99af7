"""Addresses in every spelling, and which of them are not on the public Internet.

An IPv4 address may be written as one to four numbers, each decimal, octal or hexadecimal (inet_aton), with zeros that
one parser takes for octal and the next one ignores; it may hide in an IPv6 address. Every reading is judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import TYPE_CHECKING, Final, TypedDict, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Kind", "Known", "addresses_in", "kind_of", "known", "looks_numeric"]

_PART: Final = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")
_OCTAL: Final = re.compile(r"0[0-7]+")
_PARTS: Final = 4
_LONGEST_PART: Final = 24
"""Digits; a longer number is none that any parser takes."""
_BITS: Final = 32
_ISATAP: Final = 0x5EFE
"""What stands before an IPv4 address in the interface id of ISATAP (RFC 5214), the universal bit apart."""


class Kind(IntEnum):
    """Why an address is not public. The number is what an objection tells."""

    LOOPBACK = 1
    """The machine itself."""

    PRIVATE = 2
    """A network of one's own."""

    LINK_LOCAL = 3
    """The next cable."""

    METADATA = 4
    """Where a cloud hands out credentials."""

    SHARED = 5
    """Behind a carrier's translation."""

    SPECIAL = 6
    """Documentation, multicast, reserved."""

    INNER_NAME = 7
    """A name that only an inner resolver knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The table, made ready."""

    four: tuple[tuple[int, int, Kind], ...]
    """Ranges of IPv4, the narrowest first."""

    six: tuple[tuple[int, int, Kind], ...]
    """Ranges of IPv6, the narrowest first."""

    embedded: tuple[tuple[int, int, int], ...]
    """Ranges of IPv6 with an IPv4 address inside: first, last, and how far to shift to the right."""

    inner: frozenset[str]
    """Names that are not public, with all below them."""

    carriers: frozenset[str]
    """Names below which an address is written as a name."""

    metadata: frozenset[str]
    """Names of metadata services."""

    ports: frozenset[int]
    """Ports that no web address has."""

    developing: frozenset[int]
    """Ports at which a machine serves what is being developed on it."""


class _Embedded(TypedDict, total=False):
    network: str
    at: int


class _Document(TypedDict):
    networks: dict[str, list[str]]
    embedded: dict[str, _Embedded]
    names: dict[str, list[str]]
    ports: dict[str, list[int]]


@cache
def known() -> Known:
    """Return the table, read from the package once."""
    import tomllib  # noqa: PLC0415 - a server starts without the table
    from importlib.resources import files  # noqa: PLC0415 - as above

    text = files("sekisho").joinpath("data", "addresses.toml").read_text(encoding="utf-8")
    document = cast("_Document", cast("object", tomllib.loads(text)))
    ranges = [
        (ip_network(network), Kind[name.upper().replace("-", "_")])
        for name, networks in document["networks"].items()
        for network in networks
    ]
    return Known(
        four=_sorted([(net, kind) for net, kind in ranges if isinstance(net, IPv4Network)]),
        six=_sorted([(net, kind) for net, kind in ranges if isinstance(net, IPv6Network)]),
        embedded=tuple(map(_embedded, document["embedded"].values())),
        inner=frozenset(document["names"]["inner"]),
        carriers=frozenset(document["names"]["carriers"]),
        metadata=frozenset(document["names"]["metadata"]),
        ports=frozenset(document["ports"]["bad"]),
        developing=frozenset(document["ports"]["developing"]),
    )


def kind_of(address: IPv4Address | IPv6Address) -> Kind | None:
    """Say why an address is not public, None if it is. An IPv4 address inside of one counts as well."""
    value = int(address)
    if isinstance(address, IPv4Address):
        return _within(known().four, value)
    found = _within(known().six, value)
    if value >> _BITS & 0xFDFFFFFF == _ISATAP and found is None:
        found = _within(known().four, value & 0xFFFFFFFF)
    for first, last, shift in known().embedded:
        if found is None and first <= value <= last:
            found = _within(known().four, value >> shift & 0xFFFFFFFF)
    return found


def looks_numeric(host: str) -> bool:
    """Say whether the last label is a number: such a host is an address or an error, never a name (WHATWG URL)."""
    last = host.rstrip(".").rpartition(".")[2]
    return bool(last) and _PART.fullmatch(last) is not None


def addresses_in(host: str) -> Iterator[IPv4Address | IPv6Address]:
    """Yield every address that a host in lower case, without brackets, may be; nothing for a name."""
    if ":" in host:
        yield from _six(host.partition("%")[0])
    elif looks_numeric(host):
        yield from dict.fromkeys(_four(host.rstrip(".").split(".")))


def _sorted(
    ranges: list[tuple[IPv4Network, Kind]] | list[tuple[IPv6Network, Kind]],
) -> tuple[tuple[int, int, Kind], ...]:
    found = [(int(network.network_address), int(network.broadcast_address), kind) for network, kind in ranges]
    return tuple(sorted(found, key=lambda each: (each[1] - each[0], each)))


def _embedded(entry: _Embedded) -> tuple[int, int, int]:
    network = IPv6Network(entry.get("network", ""))
    shift = network.max_prefixlen - _BITS - entry.get("at", 0)
    return int(network.network_address), int(network.broadcast_address), shift


def _within(ranges: tuple[tuple[int, int, Kind], ...], value: int) -> Kind | None:
    for first, last, kind in ranges:
        if first <= value <= last:
            return kind
    return None


def _six(host: str) -> Iterator[IPv6Address]:
    try:
        yield IPv6Address(host)
    except ValueError:
        return


def _four(parts: list[str]) -> Iterator[IPv4Address]:
    """Read a dotted number as inet_aton does, and once more without octal; what is too large is cut as by C."""
    if len(parts) > _PARTS or not all(_PART.fullmatch(part) and len(part) <= _LONGEST_PART for part in parts):
        return
    for octal in (True, False):
        numbers = [_number(part, octal=octal) for part in parts]
        *front, last = numbers
        value = last % (1 << 8 * (_PARTS - len(front)))
        for index, number in enumerate(front):
            value |= number % 256 << 8 * (_PARTS - 1 - index)
        yield IPv4Address(value)


def _number(part: str, *, octal: bool) -> int:
    if part[:2] in {"0x", "0X"}:
        return int(part[2:] or "0", 16)
    return int(part, 8) if octal and _OCTAL.fullmatch(part) else int(part)
