from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema
import pytest

from scankit import CLEAN, POISON, SECRETIVE, report
from sekisho.engine.inspect import RULE_FAILED
from sekisho.model.finding import Severity
from sekisho.rules.example import listing, tool
from sekisho.scan.document import document

from .test_report import made, spot

if TYPE_CHECKING:
    from sekisho.scan.report import Report

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/scan.schema.json").read_text("utf-8"))


def closed(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the schema with every object closed, so that a member without a description is found."""
    if isinstance(schema, dict):
        made = {key: closed(value) for key, value in cast("dict[str, Any]", schema).items()}
        return {"additionalProperties": False, **made} if made.get("type") == "object" else made
    return [closed(one) for one in cast("list[Any]", schema)] if isinstance(schema, list) else schema


def valid(made: Report) -> dict[str, Any]:
    written: dict[str, Any] = document(made, version="1.2.3")
    jsonschema.Draft202012Validator(closed(SCHEMA)).validate(written)  # pyright: ignore[reportUnknownMemberType] - theirs
    return written


def test_the_published_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("fail_on", [*Severity, None])
def test_a_report_is_what_the_published_schema_says(tmp_path: Path, fail_on: Severity | None) -> None:
    written = valid(report(tmp_path, fail_on=fail_on, tides=POISON, sky=CLEAN, moon=CLEAN))
    assert written["failed"] is (fail_on is not None and fail_on <= Severity.HIGH)
    assert valid(made(spot(RULE_FAILED, Severity.HIGH)))["findings"]


def test_a_finding_has_the_words_as_they_were(tmp_path: Path) -> None:
    written = valid(report(tmp_path, tides=listing(tool(f"Tides.\x1b[2J {SECRETIVE}"))))
    (found,) = [one for one in written["findings"] if one["rule"] == "terminal-sequence"]
    assert "\x1b[2J" in found["excerpt"]


def test_a_fingerprint_stays_while_others_come_and_go(tmp_path: Path) -> None:
    poisoned, other = tool(SECRETIVE, name="get_tides"), tool("Sky over a place.", name="sky")
    alone = valid(report(tmp_path, tides=listing(poisoned)))["findings"]
    later = valid(report(tmp_path, tides=listing(other, poisoned)))["findings"]
    assert [one["fingerprint"] for one in alone] == [one["fingerprint"] for one in later]
    assert alone[0]["pointer"] != later[0]["pointer"]
