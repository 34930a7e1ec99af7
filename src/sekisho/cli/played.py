"""An incident that was played, in words: the two cells of a table, and what each layer said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

from sekisho.cli.layout import WIDTH
from sekisho.cli.screen import words
from sekisho.model.escape import printable
from sekisho.model.range_ids import RangeId
from sekisho.range.incident import Layer
from sekisho.wire.pointer import PointerError, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.range.incident import Harm
    from sekisho.range.play import Played
    from sekisho.range.table import Exchange, Refusal
    from sekisho.wire.strict import JsonObject

__all__ = ["as_plain", "reasons", "through", "without"]

_VALUE: Final = 200

_WITHOUT_WORD: Final = frozenset({Layer.NAME, Layer.WIRE})
"""Layers that stop something without a refusal of its own, and without anything that waits."""


def without(played: Played) -> str:
    """Return what came of it without Sekisho."""
    return _came(played.without.harm)


def through(played: Played) -> str:
    """Return what came of it with Sekisho."""
    side, well = played.through, played.incident.well
    refused = len(side.refused)
    if side.harm is not None:
        return _came(side.harm)
    if well is not None and (played.waits or played.incident.layer in _WITHOUT_WORD):
        return words(well)
    match refused:
        case 0:
            return words(RangeId.HARM_NONE)
        case 1:
            return words(RangeId.REFUSED_ONCE)
        case _:
            return words(RangeId.REFUSED_OFTEN, count=refused)


def _came(harm: Harm | None) -> str:
    return words(RangeId.HARM_NONE) if harm is None else words(harm.cell, **harm.values)


def reasons(played: Played) -> Iterator[str]:
    """Return what each layer said, a line each, printable and of any length."""
    side, layer = played.through, played.incident.layer
    for exchange, refusal in side.refused:
        yield f"{refusal.rule}  {printable(refusal.pointer)}  {_value(exchange, refusal)}"
    if layer is Layer.WIRE:
        for code, message in filter(None, (exchange.error for exchange in side.attack)):
            yield f"{layer}  {code}  {printable(message)}"
    for waits in played.waits:
        label = waits.rules[0] if waits.rules else Layer.PIN
        yield f'{label}  {printable(waits.name)}  {printable(waits.pointer)}  + "{printable(waits.says, width=_VALUE)}"'
    if side.harm is not None and layer is Layer.FLOW:
        yield f"{layer}  {words(RangeId.DEMO_NOT_YET)}"
    if side.harm is not None and layer is Layer.NONE:
        yield f"{layer}  {words(RangeId.DEMO_LOST)}"
    if side.harm is None and layer is Layer.NAME:
        names = {exchange.call.tool for exchange in side.attack if exchange.call is not None}
        shown = [name for name in side.tools if any(name.endswith(each) for each in names)]
        yield f"{layer}  {printable(', '.join(shown))}"


def _value(exchange: Exchange, refusal: Refusal) -> str:
    """Return what stands at the place of a refusal; nothing where the place is not told in full."""
    message = cast("JsonObject", json.loads(exchange.line))
    try:
        found = resolve(message.get("params"), refusal.pointer)
    except PointerError:
        return ""
    return f'"{printable(found if isinstance(found, str) else json.dumps(found), width=WIDTH)}"'


def as_plain(played: Played) -> dict[str, object]:
    """Return it as JSON values."""
    incident = played.incident
    return {
        "id": incident.id,
        "row": incident.row,
        "page": incident.page,
        "layer": str(incident.layer),
        "sources": list(incident.sources),
        "without": None if played.without.harm is None else str(played.without.harm.cell),
        "with": None if played.through.harm is None else str(played.through.harm.cell),
        "refusals": [
            {"rule": refusal.rule, "pointer": refusal.pointer, "ticket": refusal.ticket}
            for _, refusal in played.through.refused
        ],
        "waits": [{"name": each.name, "pointer": each.pointer, "rules": list(each.rules)} for each in played.waits],
        "honest": {"passed": sum(each.passed for each in played.honest), "of": len(played.honest)},
        "questions": played.through.questions,
        "events": played.events,
        "verified": played.verified,
        "problems": list(played.problems),
    }
