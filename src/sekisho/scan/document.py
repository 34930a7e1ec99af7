"""A report for a machine: one JSON object, whose schema is published with the documents."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sekisho.flow.roles import Role
from sekisho.model.messages import Lang, text
from sekisho.scan import words
from sekisho.scan.steps import steps

if TYPE_CHECKING:
    from sekisho.scan.report import Report, Spot
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["FORMAT", "document", "fingerprint"]

FORMAT: Final = 1
"""The version of the document's schema. A new member does not raise it."""


def document(report: Report, *, version: str) -> JsonObject:
    """Return a report as JSON. Texts of servers stand in it decoded and unescaped: escape what you show.

    Args:
        report: the report.
        version: of this program.
    """
    return {
        "format": FORMAT,
        "generator": {"name": "sekisho", "version": version},
        "persona": report.persona.name.lower(),
        "failOn": report.fail_on.name.lower() if report.fail_on is not None else None,
        "failed": report.failed,
        "servers": [
            {
                "name": server.name,
                "source": server.source,
                "definitions": dict[str, "Json"](server.definitions) if server.definitions is not None else None,
                "roles": [role.value for role in Role if role in server.roles],
            }
            for server in report.servers
        ],
        "lookedAt": [
            {
                "host": place.source.host,
                "scope": place.source.scope.value,
                "file": place.source.file,
                "basis": place.basis.value,
                "outcome": place.outcome.value,
            }
            for place in report.places
        ],
        "findings": [_finding(spot) for spot in report.spots],
        "known": [
            {
                **_finding(known.spot),
                "reason": known.reason,
                "expires": known.expires.isoformat() if known.expires is not None else None,
            }
            for known in report.known
        ],
        "notes": [f"{note.what}: {text(note.why, Lang.EN)}" for note in report.notes],
        "notLookedAt": [{"what": unseen.what, "why": text(unseen.why, Lang.EN)} for unseen in report.unseen],
        "first": [{"rules": list(step.rules), "text": step.text} for step in steps(report, Lang.EN)],
    }


def _finding(spot: Spot) -> JsonObject:
    finding, place = spot.finding, spot.finding.place
    cited = words.cites(finding.rule)
    return {
        "rule": finding.rule,
        "title": words.title(finding.rule, Lang.EN),
        "severity": finding.severity.name.lower(),
        "confidence": finding.confidence.name.lower(),
        "persona": finding.persona.name.lower(),
        "verdict": finding.verdict.name.lower(),
        "owasp": list(cited.owasp) if cited is not None else [],
        "cwe": [f"CWE-{number}" for number in cited.cwe] if cited is not None else [],
        "atlas": list(cited.atlas) if cited is not None else [],
        "server": place.server,
        "kind": place.kind.value,
        "name": place.name,
        "file": spot.file,
        "pointer": spot.pointer,
        "line": spot.region.line if spot.region is not None else None,
        "column": spot.region.column if spot.region is not None else None,
        "excerpt": finding.excerpt,
        "fix": words.fix(finding.rule, Lang.EN),
        "fingerprint": fingerprint(spot),
    }


def fingerprint(spot: Spot) -> str:
    """Return what stays the same of a finding while other definitions come, go and move."""
    place = spot.finding.place
    parts = (spot.finding.rule, place.server, place.kind.value, place.name, " ".join(spot.finding.excerpt.split()))
    return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
