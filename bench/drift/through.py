"""The same changes through `sekisho run`: a real server, a real host, three starts each.

First use at the honest surface; then a session in which the server changes silently; then a start at the changed one.
"""

from __future__ import annotations

import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attacks
from host import Host

from sekisho.model.definition import surface
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.neutral import stricter

if TYPE_CHECKING:
    from sekisho.model.place import Kind
    from sekisho.wire.strict import Json

__all__ = ["own", "real"]

_AT_ONCE = 4
_WITHHELD = {"name": "withheld", "version": "0"}
"""What Sekisho says itself where a server's name for itself is hidden: the protocol wants one."""

_SAMPLES: dict[str, Any] = {"string": "x", "boolean": True, "integer": 1, "number": 1}

Dump = dict[str, Any]


def _definitions(dump: Dump) -> dict[tuple[Kind, str], Json]:
    return {(it.place.kind, it.place.name): it.body for it in surface("server", dump).definitions}


def _is_new(kind: Kind, body: Json, approved: Json) -> bool:
    """Tell whether a model is shown another text than the approved one; stricter hints make it no other."""
    if body == _WITHHELD:
        return False
    return approved is None or fingerprint(kind, body) not in {
        fingerprint(kind, approved),
        fingerprint(kind, stricter(approved, body)),
    }


def own() -> dict[str, Any]:
    """Show each of our own changes; list what a model was shown of it, and what was called though it was hidden."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(_one, attacks.ATTACKS.items()))
    return {
        "tried": 2 * len(found),
        "reachable": [name for reached, _ in found for name in reached],
        "called_though_hidden": [name for _, called in found for name in called],
    }


def _one(attack: tuple[str, Any]) -> tuple[list[str], list[str]]:
    name, change = attack
    changed = change(attacks.HONEST)
    names = sorted({tool["name"] for tool in (*attacks.HONEST["tools"], *changed["tools"])})
    reached, called = list[str](), list[str]()
    with tempfile.TemporaryDirectory() as place:
        file, state = Path(place) / "offered.json", Path(place) / "state"
        file.write_text(json.dumps(attacks.HONEST), "utf-8")
        with Host(file, state) as host:
            approved = _definitions(host.shown())
        if approved != _definitions(attacks.HONEST):
            raise SystemExit("the first use does not show what the server shows")
        for way in ("silently", "restarted"):
            with Host(file, state) as host:
                if way == "silently":
                    host.shown()
                    file.write_text(json.dumps(changed), "utf-8")
                shown = _definitions(host.shown())
                reached += [
                    f"{name}, {way}"
                    for (kind, which), body in shown.items()
                    if _is_new(kind, body, approved.get((kind, which)))
                ]
                listed = {which for _, which in shown}
                called += [f"{name}, {way}" for each in names if each not in listed and host.call(each, {"to": ["a"]})]
    return reached, called


def real(rows: list[Dump]) -> dict[str, Any]:
    """Call each tool that really changed, as its approved definition says, before and after the change."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        passed = list(pool.map(_passes, rows))
    return {
        "calls": len(rows),
        "passed": sum(after for _, after in passed),
        "refused": [row["id"] for row, (before, after) in zip(rows, passed, strict=True) if before and not after],
        "refused_before_too": [row["id"] for row, (before, _) in zip(rows, passed, strict=True) if not before],
    }


def _passes(row: Dump) -> tuple[bool, bool]:
    passed: list[bool] = []
    with tempfile.TemporaryDirectory() as place:
        file, state = Path(place) / "offered.json", Path(place) / "state"
        for version in ("before", "after"):
            file.write_text(json.dumps({"tools": [row[version]]}), "utf-8")
            with Host(file, state) as host:
                host.shown()
                passed.append(host.call(row["before"]["name"], _arguments(row["before"])))
    return passed[0], passed[1]


def _arguments(tool: Dump) -> Dump:
    schema = tool.get("inputSchema") or {}
    properties = schema.get("properties") or {}
    return {name: _sample(properties.get(name) or {}) for name in schema.get("required") or ()}


def _sample(schema: Dump) -> Any:  # noqa: ANN401 - any JSON
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        return [_sample(schema.get("items") or {}) for _ in range(schema.get("minItems", 0))]
    if kind == "object":
        properties = schema.get("properties") or {}
        return {name: _sample(properties.get(name) or {}) for name in schema.get("required") or ()}
    return _SAMPLES.get(kind)
