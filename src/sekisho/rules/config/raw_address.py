"""A server that is named by a number.

## What it does
Reports addresses of servers whose host is an IP address in any spelling, unless it is this machine.

## Why it matters
A number has no owner that a person could recognise, no certificate that says who answers, and it may belong to
somebody else tomorrow.

## Seen in the wild
Command and control servers, and tunnels that were meant for an afternoon.

## How to fix
Use the server's name.

## Known limits
A name that leads to such an address is not looked up: the scan asks nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.guards.addresses import Kind, addresses_in, kind_of
from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import remote, started
from sekisho.settings.targets import targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry

__all__ = ["RULE"]

_UNSPECIFIED: Final = "0.0.0.0"  # noqa: S104 - compared, not bound


def _check(entry: Entry) -> Iterator[Evidence]:
    for target in targets(entry):
        kinds = [kind_of(address) for address in addresses_in(target.host)]
        if target.host != _UNSPECIFIED and any(kind is not Kind.LOOPBACK for kind in kinds):
            yield Evidence(pointer=target.word.pointer, excerpt=target.host, place=entry.place)


RULE: Final = Rule(
    id="raw-address",
    title="The server is named by a number",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP09:2025", "MCP07:2025"), cwe=(346, 940)),
    check=_check,
    bad=(
        remote("https://203.0.113.7/mcp"),
        remote("https://192.168.1.20:8080/mcp"),
        remote("http://3405803783/mcp"),
        remote("https://[2001:db8::7]/mcp"),
        started("npx", "-y", "mcp-remote@0.1.29", "https://203.0.113.7/sse"),
    ),
    good=(
        remote("https://weather.example.org/mcp"),
        remote("http://127.0.0.1:3000/mcp"),
        remote("http://[::1]:3000/mcp"),
        remote("https://203-0-113-7.example.org/mcp"),
    ),
)
