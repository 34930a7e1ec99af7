"""A server that is contacted without encryption.

## What it does
Reports `http:` and `ws:` addresses of servers that are not on this machine.

## Why it matters
Everybody on the way reads what is said, tokens included, and may answer in the server's place.

## Seen in the wild
Tutorials that were written for `localhost` are copied with another host name.

## How to fix
Use `https:`, or reach the server through a tunnel that ends on this machine.

## Known limits
A network that is encrypted below (a VPN) is not known.
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

_PLAIN: Final = frozenset({"http", "ws"})
_HERE: Final = frozenset({"localhost", "host.docker.internal", "host.containers.internal", "gateway.docker.internal"})


def _check(entry: Entry) -> Iterator[Evidence]:
    for target in targets(entry):
        if target.scheme in _PLAIN and not _is_here(target.host):
            excerpt = f"{target.scheme}://{target.host}"
            yield Evidence(pointer=target.word.pointer, excerpt=excerpt, place=entry.place)


def _is_here(host: str) -> bool:
    kinds = [kind_of(address) for address in addresses_in(host)]
    return (
        host in _HERE or host.endswith(".localhost") or (bool(kinds) and all(kind is Kind.LOOPBACK for kind in kinds))
    )


RULE: Final = Rule(
    id="plaintext-address",
    title="The server is contacted without encryption",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP07:2025", "MCP01:2025"), cwe=(319,)),
    check=_check,
    bad=(
        remote("http://weather.example.org/mcp"),
        remote("ws://weather.example.org/mcp"),
        remote("http://192.168.1.20:8080/mcp"),
        started("npx", "-y", "mcp-remote@0.1.29", "http://weather.example.org/sse", "--allow-http"),
        started("weather", "--upstream=HTTP://weather.example.org"),
    ),
    good=(
        remote("https://weather.example.org/mcp"),
        remote("http://localhost:3000/mcp"),
        remote("http://127.0.0.1:3000/mcp"),
        remote("http://[::1]:3000/mcp"),
        remote("http://host.docker.internal:3000/mcp"),
        remote("http://${HOST}/mcp"),
    ),
    miss=(started("weather", env={"WEATHER_URL": "http://weather.example.org"}),),
)
