"""The corpora, as dumps by server, and where they are."""

from __future__ import annotations

import gzip
import json
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

__all__ = ["adaptive", "attacks", "benign", "folder", "is_copy", "originals", "servers"]

HERE = Path(__file__).parent
_COPIES = ("name_overlap", "tool_transfer")


def folder() -> Path | None:
    """Where the corpora lie; None where this machine has none."""
    named = os.environ.get("SEKISHO_BENCH_DATA")
    found = Path(named) / "corpus" if named else None
    return found if found is not None and (found / "definitions.benign.jsonl.gz").is_file() else None


def _rows(name: str) -> list[dict[str, Any]]:
    place = folder()
    if place is None:
        return []
    with gzip.open(place / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [{**row, "definition": json.loads(row["text"])} for row in map(json.loads, lines)]


def benign(limit: int | None = None) -> list[dict[str, Any]]:
    """Presumed benign definitions."""
    return _rows("definitions.benign")[:limit]


def attacks() -> list[dict[str, Any]]:
    """Definitions with an attack in them, with their family."""
    return [{**row, "family": _family(row)} for row in _rows("definitions.attack")]


def _family(row: dict[str, Any]) -> str:
    """MSB names the attack in the suffix of the file; without a suffix the definition carries an injection."""
    if row["bench"] != "msb":
        return "offensive tools (cisco evals)"
    _, dash, suffix = row["source"].rsplit("/", 1)[-1].removesuffix(".py").partition("-")
    return suffix if dash else "prompt_injection"


def is_copy(family: str) -> bool:
    """Whether the attack is a copy of another server's tool, which nothing shows without that one."""
    return family.startswith(_COPIES) or "name_overlap" in family


def originals() -> dict[str, list[dict[str, Any]]]:
    """Return the tools that copies are made of, by server."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in benign():
        if row["bench"] == "msb":
            found[row["server"]].append(row["definition"])
    return dict(found)


def servers(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The definitions of each server."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        # One file a tool, where a server keeps snapshots: they are one server, and no strangers to each other.
        source = row["source"]
        found[source.rpartition("/")[0] if source.endswith(".snap") else source].append(row["definition"])
    return dict(found)


def adaptive() -> list[dict[str, Any]]:
    """Our own set: written by somebody who has read the rules."""
    return [json.loads(line) for line in (HERE / "adaptive.jsonl").read_text("utf-8").splitlines()]
