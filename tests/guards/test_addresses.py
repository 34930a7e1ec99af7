from __future__ import annotations

import json
import socket
import tomllib
from importlib.resources import files
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.addresses import Kind, addresses_in, kind_of, looks_numeric
from tablekit import rows

DATA = files("sekisho") / "data"


def table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(DATA.joinpath("addresses.toml").read_text("utf-8"))


def test_the_table_keeps_its_schema() -> None:
    jsonschema.validate(table(), json.loads(DATA.joinpath("schemas", "addresses.json").read_text("utf-8")))


@rows(
    ("address", "kind"),
    [
        ("127.0.0.1", Kind.LOOPBACK),
        ("10.1.2.3", Kind.PRIVATE),
        ("169.254.1.1", Kind.LINK_LOCAL),
        ("169.254.169.254", Kind.METADATA),
        ("100.100.100.200", Kind.METADATA),
        ("100.64.0.1", Kind.SHARED),
        ("203.0.113.1", Kind.SPECIAL),
        ("::1", Kind.LOOPBACK),
        ("::ffff:169.254.169.254", Kind.METADATA),
        ("2001::ffff:ffff:80ff:fffe", Kind.SPECIAL),
        ("2002:7f00:1::", Kind.LOOPBACK),
        ("2a00::5efe:a00:1", Kind.PRIVATE),
        ("fd00:ec2::254", Kind.METADATA),
        ("8.8.8.8", None),
        ("::ffff:8.8.8.8", None),
        ("2606:4700::1", None),
        ("2a00::5efe:808:808", None),
    ],
)
def test_an_address_is_of_a_kind_or_public(address: str, kind: Kind | None) -> None:
    assert kind_of(ip_address(address)) is kind


@rows("network", [net for nets in table()["networks"].values() for net in nets])
def test_every_network_of_the_table_is_not_public_at_both_ends(network: str) -> None:
    found = ip_network(network)
    assert kind_of(found[0]) is not None
    assert kind_of(found[-1]) is not None


@given(st.ip_addresses())
def test_what_python_calls_private_is_not_public(address: IPv4Address | IPv6Address) -> None:
    embeds = isinstance(address, IPv6Address) and int(address) >> 120 == 0
    if not embeds and (address.is_private or address.is_multicast or address.is_reserved or address.is_link_local):
        assert kind_of(address) is not None


@given(
    st.lists(
        st.one_of(
            st.integers(0, 2**32 - 1).map(str),
            st.integers(0, 255).map(hex),
            st.integers(0, 255).map(lambda number: f"0{number:o}"),
        ),
        min_size=1,
        max_size=4,
    ).map(".".join)
)
def test_what_the_c_library_takes_for_an_address_is_among_the_readings(host: str) -> None:
    try:
        packed = socket.inet_aton(host)
    except OSError:
        return
    assert IPv4Address(packed) in set(addresses_in(host))


@rows("host", ["example.com", "1.2.3.4.5", "x1", "1" * 30, "09a", "::g", "1.2.3.x", "", ".", "1..2"])
def test_a_name_is_no_address(host: str) -> None:
    assert list(addresses_in(host)) == []


@rows(
    ("host", "expected"),
    [("010.1.1.1", {"8.1.1.1", "10.1.1.1"}), ("0x", {"0.0.0.0"}), ("1.2", {"1.0.0.2"}), ("256.1", {"0.0.0.1"})],
)
def test_every_reading_of_a_number_is_given(host: str, expected: set[str]) -> None:
    assert {str(address) for address in addresses_in(host)} == expected


def test_a_host_that_ends_in_a_number_is_no_name() -> None:
    assert [looks_numeric(host) for host in ("a.1", "a.0x1.", "a.1b", "", "a")] == [True, True, False, False, False]
