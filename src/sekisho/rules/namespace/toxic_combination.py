"""Servers that together open a way from private data to the outside.

## What it does
Reports, once for all servers, a tool that brings in text of strangers, a tool that reads private data, and a tool
that sends something out, when these belong to at least two servers.

## Why it matters
Each is fine alone.
Together, a page or a message can tell the agent to read the one and send it through the other, and no server has
done anything wrong.

## Seen in the wild
An issue in a public repository led an agent to copy a private one; chats were sent out through a messenger.
Honest setups have such a combination more often than not, which is why it is low.

## How to fix
Let the gateway stand before all of these servers, so that it asks before private data reaches others; or give the
hosts that read outside text no server that sends.

## Known limits
Roles are read from names, first sentences and parameters in English and Japanese, so a tool that hides its trade is
not seen.
One server that has all three is not reported; a host's own tools are not known here.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Final

from sekisho.flow.roles import Role, roles
from sekisho.model.finding import Confidence, Severity
from sekisho.model.place import Kind
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import listing, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.finding import Evidence
    from sekisho.text.reading import Reading

__all__ = ["RULE"]

_SERVERS: Final = 20
"""How many servers of each role are tried: the way needs only three."""

_WAY: Final = (Role.OUTSIDE, Role.PRIVATE, Role.OUTWARD)


def _check(readings: tuple[Reading, ...]) -> Iterator[Evidence]:
    first: dict[Role, dict[str, Reading]] = {role: {} for role in _WAY}
    for reading in readings:
        if reading.definition.place.kind is Kind.TOOL:
            for role in roles(reading.definition.body):
                first[role].setdefault(reading.definition.place.server, reading)
    ways = product(*(islice(first[role].values(), _SERVERS) for role in _WAY))
    widest = max(ways, key=_servers, default=None)
    if widest is not None and _servers(widest) > 1:
        yield widest[-1].named(
            " -> ".join(f"{role.value}: {_called(one)}" for role, one in zip(_WAY, widest, strict=True))
        )


def _servers(way: tuple[Reading, ...]) -> int:
    return len({reading.definition.place.server for reading in way})


def _called(reading: Reading) -> str:
    return f"{reading.definition.place.server} {reading.definition.place.name}"


RULE: Final = Rule(
    id="toxic-combination",
    title="Together the servers open a way from private data to the outside",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.ALLOW,
    references=References(owasp=("MCP10:2025", "MCP06:2025"), cwe=(200, 441), atlas=("AML.T0057",)),
    check=_check,
    bad=(
        {
            "web": listing(tool("Fetches a page.", name="fetch", url="Which.")),
            "files": listing(tool("Reads a file.", name="read_file")),
        },
        {
            "tracker": listing(tool("Lists comments of an issue.", name="list_issue_comments")),
            "files": listing(tool("Reads a file.", name="readFile")),
            "chat": listing(tool("Posts to a channel.", name="chat_post")),
        },
        {
            "mail": listing(tool("受信したメールの一覧を取得します。", name="mail_a")),
            "chat": listing(tool("チャンネルにメッセージを送信します。", name="chat_b")),
        },
    ),
    good=(
        {
            "clock": listing(tool("Tells the time.", name="get_time")),
            "files": listing(tool("Reads a file.", name="read_file"), tool("Writes a file.", name="write_file")),
        },
        {"files": listing(tool("Reads a file.", name="read_file")), "chat": listing(tool("Posts.", name="post_note"))},
        {
            "weather": listing(tool("Gets a forecast.", name="get_forecast")),
            "chat": listing(tool("Sends a message.", name="send_message"), tool("Lists.", name="list_messages")),
        },
    ),
    miss=(
        {
            "web": listing(tool("Fetches a page.", name="fetch", url="Which.")),
            "files": listing(tool("Handles things on the disk.", name="handle")),
        },
    ),
)
