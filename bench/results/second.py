"""Sets of our own texts: attacks in their surroundings, honest texts, secrets, and what only looks like one.

`second.jsonl` and `third.jsonl` (no secrets; honest texts that speak of models, prompts and instructions as real ones
do) were written before anybody looked at a rule for them.
`fourth.jsonl` (honest texts of tools that talk about instructions, secrets, tickets and contracts; attacks of many
families and languages) was written by somebody who had read the rules, before any was changed for it.
`first` says of each row what was found then: a finding in a text, a part of a secret that was left, something cut out
of what is no secret.
Half of each (`tuning`, by the digest of a text in its surroundings) was looked at afterwards, the other half (`held`)
was not. One author wrote all.
A `carrier` is the honest text that a row stands `in`. A ¦ breaks what a scanner of repositories would take for a
secret; no value was ever one.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FOURTH", "SECOND", "THIRD", "held_attacks", "measure", "rows"]

SECOND: Final = "second"
THIRD: Final = "third"
FOURTH: Final = "fourth"
_PLACE: Final = "@@"
_BREAK: Final = "¦"


@cache
def rows(name: str = SECOND) -> list[dict[str, Any]]:
    """Return the rows as they are played: in their surroundings, and whole."""
    every = [json.loads(line) for line in Path(__file__).with_name(f"{name}.jsonl").read_text("utf-8").splitlines()]
    carriers = {row["name"]: row["text"] for row in every if row["label"] == "carrier"}
    found: list[dict[str, Any]] = []
    for row in every:
        if row["label"] != "carrier":
            said = carriers.get(row.get("in"), _PLACE).replace(_PLACE, row["text"])
            secrets = [each.replace(_BREAK, "") for each in row.get("secrets", ())]
            found.append(row | {"text": said.replace(_BREAK, ""), "own": row["text"], "secrets": secrets})
    return found


def held_attacks(name: str = SECOND) -> list[str]:
    """Return the attacks that no rule may be written from, without their surroundings."""
    return [row["own"] for row in rows(name) if row["label"] == "attack" and row["half"] == "held"]


def measure(alarms: Callable[[str], set[str]], shown: Callable[[Any], Any], name: str = SECOND) -> dict[str, Any]:
    """Return how many rows are told, now and at first: by label and half, by family of attacks, honest ones by rule.

    Args:
        alarms: the rules that hold or mark a text.
        shown: a content as it is shown.
        name: of the set.
    """
    wrongly: Counter[str] = Counter()
    found: dict[str, dict[str, int]] = {}
    families: dict[str, dict[str, int]] = {}
    for row in rows(name):
        hit = _hit(row, alarms, shown)
        _count(found, f"{row['label']}, {row['half']}", row, hit=hit)
        if row["label"] == "attack":
            _count(families, row["family"], row, hit=hit)
        if row["label"] == "honest":
            wrongly.update(alarms(row["text"]))
    return {
        "rows": found, "families": dict(sorted(families.items())), "honest by rule": dict(wrongly.most_common()),
    }  # fmt: skip


def _count(counts: dict[str, dict[str, int]], name: str, row: dict[str, Any], *, hit: bool) -> None:
    each = counts.setdefault(name, {"n": 0, "found": 0, "first": 0})
    each["n"] += 1
    each["found"] += hit
    each["first"] += row["first"]


def _hit(row: dict[str, Any], alarms: Callable[[str], set[str]], shown: Callable[[Any], Any]) -> bool:
    """Tell whether a text has a finding, a secret is left in some part, or what is none was cut out."""
    said = row["text"]
    if row["label"] == "secret":
        return any(
            _written(secret) in _written(shown(content)) for content in _parts(said) for secret in row["secrets"]
        )
    if row["label"] == "alike":
        return any(shown(content) != content for content in _parts(said))
    return bool(alarms(said))


def _parts(said: str) -> list[Any]:
    """Return what a text may stand in: a text, a structured result, an error."""
    return [
        {"content": [{"type": "text", "text": said}]},
        {"content": [], "structuredContent": {"out": said}},
        {"code": -32000, "message": "failed", "data": {"detail": said}},
    ]


def _written(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written[1:-1] if isinstance(value, str) else written
