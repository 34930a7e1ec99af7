"""Definitions, findings and observations for tests of pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from sekisho.model.definition import Definition, surface
from sekisho.model.finding import Finding, Severity
from sekisho.model.place import Kind, Place
from sekisho.model.verdict import Verdict
from sekisho.pin.ledger import Observation
from sekisho.rules.example import tool

if TYPE_CHECKING:
    from sekisho.wire.strict import Json, JsonObject

__all__ = [
    "CODE",
    "FILES",
    "JSON",
    "NODE",
    "OWN",
    "SERVER",
    "code_with",
    "definition",
    "objection",
    "observation",
    "tides",
]

SERVER = "tides"

_TEXT = st.characters(exclude_categories=["Cs"])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(_TEXT, max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(_TEXT, max_size=8), inner, max_size=3),
)
"""Any JSON that passes the strict parse."""


NODE: JsonObject = {"path": "/usr/bin/node", "digest": "a", "system": True}
OWN: JsonObject = {"path": "/home/x/bin/node", "digest": "a", "system": False}
FILES: JsonObject = {"version": "1.0.0", "digest": "a"}
CODE: JsonObject = {
    "version": "1.0.0",
    "asked": {"npm files": {"version": "", "exact": False}},
    "programs": {"node": NODE, "npx": OWN},
    "packages": {"npm files": FILES, "npm zod": {"version": "3.0.0", "digest": "z"}},
    "sources": {"/x/start.js": "s"},
    "variables": {"NODE_OPTIONS": "o"},
    "folder": "/work",
    "from_folder": False,
    "unread": [],
}
"""What runs behind a server, as a shell reads it."""


def code_with(member: str, value: Json, base: JsonObject = CODE) -> JsonObject:
    """Return code in which one member is another one."""
    before = base[member]
    return {**base, member: {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value}


def tides(description: str = "Tide tables for a harbour by date.", **more: Json) -> JsonObject:
    """Return a tool with two parameters."""
    return {**tool(description, name="tides", harbour="The harbour.", date="The day."), **more}


def definition(body: Json, kind: Kind = Kind.TOOL, name: str = "tides") -> Definition:
    """Return a definition of the server under test."""
    return Definition(place=Place(SERVER, kind, name), pointer="", body=body)


def objection(
    name: str = "tides",
    *,
    kind: Kind = Kind.TOOL,
    rule: str = "test-rule",
    excerpt: str = "",
    severity: Severity = Severity.HIGH,
    verdict: Verdict = Verdict.ASK,
) -> Finding:
    """Return a finding about a definition of the server under test."""
    return Finding(
        rule=rule, verdict=verdict, pointer="/x", severity=severity, excerpt=excerpt, place=Place(SERVER, kind, name)
    )


def observation(
    dump: JsonObject,
    *findings: Finding,
    listed: frozenset[Kind] = frozenset(Kind) - {Kind.CODE},
    capabilities: str = "roots",
    session: str = "first",
    opening: bool = True,
) -> Observation:
    """Return what a server shows; by default everything, on its first use."""
    return Observation(
        definitions=surface(SERVER, dump).definitions,
        listed=listed,
        capabilities=capabilities,
        session=session,
        opening=opening,
        findings=findings,
    )
