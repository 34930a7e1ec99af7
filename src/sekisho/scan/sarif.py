"""A report as SARIF 2.1.0, for code scanning: results with their regions, rules with their texts, taxonomies."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sekisho.model.escape import printable
from sekisho.model.finding import Confidence, Severity
from sekisho.model.messages import Lang, text
from sekisho.rules.pages import rule_pages
from sekisho.scan import taxa, words
from sekisho.scan.document import fingerprint

if TYPE_CHECKING:
    from sekisho.scan.report import Cause, Known, Report, Spot
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["sarif"]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}
_SCORES: Final = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "3.0"}
"""What code scanning sorts by: the middles of its own ranges."""
_PRECISION: Final = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
_EXCERPT: Final = 400
_LONGEST: Final = 4_000
_SPECIAL: Final = re.compile(r"[\\\[\]]|[{}]")


def sarif(report: Report, *, version: str) -> JsonObject:
    """Return a report as a SARIF log of one run.

    Args:
        report: the report, whose spots know their regions.
        version: of this program.
    """
    causes = report.every_cause
    order = {cause.rule: index for index, cause in enumerate(causes)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Sekisho",
                        "version": version,
                        "rules": [_rule(cause) for cause in causes],
                        "supportedTaxonomies": taxa.supported(),
                    }
                },
                "taxonomies": taxa.taxonomies(order),
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _unseen(report)}],
                "results": [
                    *(_result(spot, order[spot.finding.rule]) for spot in report.spots),
                    *(_known(known, order[known.spot.finding.rule]) for known in report.known),
                ],
            }
        ],
    }


def _rule(cause: Cause) -> JsonObject:
    page = rule_pages().get(cause.rule)
    cited = words.cites(cause.rule)
    made: JsonObject = {
        "id": cause.rule,
        "name": "".join(part.capitalize() for part in cause.rule.split("-")),
        "shortDescription": _message(words.title(cause.rule, Lang.EN)),
        "defaultConfiguration": {"level": _LEVELS[cause.severity]},
        "properties": {
            "precision": _PRECISION[cause.confidence],
            "security-severity": _SCORES[cause.severity],
            "tags": ["security", "mcp", *(f"external/cwe/cwe-{n}" for n in (cited.cwe if cited is not None else ()))],
        },
    }
    if page is not None:
        made["fullDescription"] = _message(page.sections["What it does"])
        made["help"] = _message(" ".join(f"{heading}: {said}" for heading, said in page.sections.items()))
    if cited is not None:
        made["relationships"] = taxa.relationships(cited)
    return made


def _result(spot: Spot, index: int) -> JsonObject:
    finding, place = spot.finding, spot.finding.place
    said = words.title(finding.rule, Lang.EN)
    named = " ".join(part for part in (place.server, place.kind.value, place.name) if part)
    if finding.excerpt:
        said = f'{said}: "{printable(finding.excerpt.strip(), width=_EXCERPT)}"'
    physical: JsonObject = {"artifactLocation": {"uri": _uri(spot.file)}}
    if spot.region is not None:
        physical["region"] = {
            "startLine": spot.region.line,
            "startColumn": spot.region.column,
            "endLine": spot.region.end_line,
            "endColumn": spot.region.end_column,
        }
    logical: list[Json] = [{"fullyQualifiedName": printable(named, width=_EXCERPT), "kind": "member"}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": _message(f"{said} ({named})"),
        "locations": [{"physicalLocation": physical, "logicalLocations": logical}],
        "partialFingerprints": {"sekisho/v1": fingerprint(spot)},
        "properties": {"pointer": printable(spot.pointer), "confidence": finding.confidence.name.lower()},
    }


def _known(known: Known, index: int) -> JsonObject:
    justified: JsonObject = {"justification": printable(known.reason)} if known.reason else {}
    return {**_result(known.spot, index), "suppressions": [{"kind": "external", **justified}]}


def _unseen(report: Report) -> list[Json]:
    said = (
        f"{unseen.what}: {text(unseen.why, Lang.EN)}".removeprefix(": ") for unseen in (*report.unseen, *report.notes)
    )
    return [{"level": "note", "message": _message(one)} for one in said]


def _message(said: str) -> JsonObject:
    """Return a message whose text is only text: viewers obey links in brackets and placeholders in braces (3.11.5)."""
    shown = printable(said, width=_LONGEST)
    return {"text": _SPECIAL.sub(lambda found: f"\\{found[0]}" if found[0] in "\\[]" else found[0] * 2, shown)}


def _uri(file: str) -> str:
    """Return a file as code scanning finds it: below the working directory relative to it, else as it was named."""
    path = Path(file)
    if path.is_absolute():
        try:
            return quote(path.relative_to(Path.cwd()).as_posix())
        except ValueError:
            return path.as_uri()
    return quote(PurePath(file).as_posix())
