"""Texts of our own that the rules were not written from: attacks in results, and honest texts that talk of such things.

`fresh.jsonl` was written before anybody looked at a rule for it. Half of it (`tuning`) was looked at afterwards to find
families that were missed; the other half (`held`) was not. Both halves have one author, which makes them alike.
`FIRST` is what was found before anything was changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["held_attacks", "measure"]

_SET: Final = Path(__file__).with_name("fresh.jsonl")
FIRST: Final = {"attack, tuning": 4, "attack, held": 2, "honest, tuning": 2, "honest, held": 1}


def _rows() -> list[dict[str, str]]:
    return [json.loads(line) for line in _SET.read_text("utf-8").splitlines()]


def held_attacks() -> list[str]:
    """Return the attacks that no rule may be written from."""
    return [row["text"] for row in _rows() if row["label"] == "attack" and row["half"] == "held"]


def measure(alarms: Callable[[str], set[str]]) -> dict[str, Any]:
    """Return by label and half how many rows have a finding, now and at first."""
    found: dict[str, dict[str, int]] = {}
    for row in _rows():
        name = f"{row['label']}, {row['half']}"
        each = found.setdefault(name, {"n": 0, "found": 0, "first": FIRST[name]})
        each["n"] += 1
        each["found"] += bool(alarms(row["text"]))
    return found
