"""A server that fetches pages fetches the credentials of the machine that it runs on.

In a cloud every machine can ask 169.254.169.254 for its own role and gets keys. A server that fetches any address gives
them to whoever can name one, and a number with ten digits names it as well. The network is a table here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sekisho.model.range_ids import RangeId
from sekisho.range.incident import Call, Harm, Incident, Layer, bundled

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.range.incident import Server
    from sekisho.range.table import Table

__all__ = ["INCIDENT"]

_KEYS: Final = '{"AccessKeyId": "a-key-that-opens-nothing"}'
_NETWORK: Final = {"169.254.169.254": _KEYS, "93.184.216.34": "A page for everybody."}


def _prepare(folder: Path) -> dict[str, Server]:
    (folder / "network.json").write_text(json.dumps(_NETWORK), encoding="utf-8")
    return {"fetch": bundled("fetch", folder)}


def _fetch(url: str) -> Call:
    return Call(server="fetch", tool="fetch", arguments={"url": url})


def _attack(table: Table, _folder: Path) -> None:
    table.call(_fetch("http://2852039166/latest/meta-data/iam/security-credentials/"))


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
    prepare=_prepare,
    honest=(
        _fetch("http://93.184.216.34/"),
        _fetch("http://93.184.216.34/guide?next=http%3A%2F%2F127.0.0.1%2F#part-2"),
        _fetch("https://93.184.216.34/search?q=169.254.169.254"),
    ),
    attack=_attack,
    harm=_harm,
)
