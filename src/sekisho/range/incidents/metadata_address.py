"""A server that fetches pages fetches the credentials of the machine that it runs on.

In a cloud every machine can ask 169.254.169.254 for its own role and gets keys. A server that fetches any address gives
them to whoever can name one, and a number with ten digits names it as well. The network is a table here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.range_ids import RangeId
from sekisho.range.calls import fetch, fetching
from sekisho.range.incident import Harm, Incident, Layer

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.range.table import Table

__all__ = ["INCIDENT"]

_KEYS: Final = '{"AccessKeyId": "a-key-that-opens-nothing"}'
_NETWORK: Final = {"169.254.169.254": _KEYS, "93.184.216.34": "A page for everybody."}


def _attack(table: Table, _folder: Path) -> None:
    table.call(fetch("http://2852039166/latest/meta-data/iam/security-credentials/"))


def _harm(table: Table, _folder: Path) -> Harm | None:
    return Harm(cell=RangeId.HARM_METADATA) if any(_KEYS in each.text for each in table.exchanges) else None


INCIDENT: Final = Incident(
    id="metadata-address",
    title=RangeId.TITLE_METADATA_ADDRESS,
    place=8,
    page=21,
    row="T2.8",
    layer=Layer.URL,
    sources=("CVE-2025-5276", "modelcontextprotocol/servers issue 4143"),
    prepare=lambda folder: fetching(folder, _NETWORK),
    honest=(
        fetch("http://93.184.216.34/"),
        fetch("http://93.184.216.34/guide?next=http%3A%2F%2F127.0.0.1%2F#part-2"),
        fetch("https://93.184.216.34/search?q=169.254.169.254"),
    ),
    attack=_attack,
    harm=_harm,
)
