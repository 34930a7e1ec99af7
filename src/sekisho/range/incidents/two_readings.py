"""A message that two parsers read differently, and a method that the protocol does not have.

Of two equal keys a log shows one and a server obeys the other. A method that no revision has is a back door of the
server; a proxy that passes on what it does not know opens it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sekisho.model.range_ids import RangeId
from sekisho.range import servers
from sekisho.range.incident import Call, Harm, Incident, Layer, Server
from sekisho.range.script import ATTEMPTS

if TYPE_CHECKING:
    from sekisho.range.table import Table

__all__ = ["INCIDENT", "weather"]


def weather(folder: Path) -> Server:
    """Return the weather server, working in a folder. It is one file without imports of ours."""
    program = Path(servers.__path__[0]) / "weather.py"
    return Server(command=(sys.executable, "-I", str(program)), cwd=folder)


def _attack(table: Table, _folder: Path) -> None:
    for said in ATTEMPTS:
        table.say("weather", said)


def _harm(table: Table, _folder: Path) -> Harm | None:
    count = sum(not exchange.failed for exchange in table.exchanges)
    return Harm(cell=RangeId.HARM_OBEYED, values={"count": count}) if count else None


def _forecast(city: str) -> Call:
    return Call(server="weather", tool="get_forecast", arguments={"city": city})


INCIDENT: Final = Incident(
    id="two-readings",
    title=RangeId.TITLE_TWO_READINGS,
    page=0,
    row="T2.1",
    layer=Layer.WIRE,
    sources=("RFC 8259, section 4",),
    prepare=lambda folder: {"weather": weather(folder)},
    honest=(_forecast("Kyoto"), _forecast("Sapporo")),
    attack=_attack,
    harm=_harm,
    well=RangeId.WELL_UNOBEYED,
)
