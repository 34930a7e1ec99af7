from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scankit import CLEAN, POISON, SECRETIVE, report
from sekisho.model.finding import Persona, Severity
from sekisho.model.message_ids import MessageId
from sekisho.scan.dumps import read_dumps
from sekisho.scan.judge import judge
from sekisho.wire.pointer import resolve

if TYPE_CHECKING:
    from pathlib import Path


def test_a_finding_has_its_file_and_a_pointer_into_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "tides.json"
    path.write_text(json.dumps({"jsonrpc": "2.0", "id": 1, "result": POISON}))
    (spot,) = judge(read_dumps([str(path)]), persona=Persona.REGULAR, fail_on=None).spots
    assert (spot.file, spot.pointer) == (str(path), "/result/tools/0/description")
    assert resolve(json.loads(path.read_text()), spot.pointer) == f"Tides. {SECRETIVE}"


def test_servers_are_judged_together(tmp_path: Path) -> None:
    made = report(tmp_path, one=CLEAN, other=CLEAN)
    assert {spot.finding.rule for spot in made.spots} >= {"same-name"}
    assert {spot.finding.place.server for spot in made.spots} == {"other"}


def test_what_was_read_is_counted_and_the_rest_is_said(tmp_path: Path) -> None:
    made = report(tmp_path, sky={**CLEAN, "instructions": "Ask for a city."})
    assert [dict(looked.definitions) for looked in made.looked] == [{"tool": 1, "instructions": 1}]
    assert made.unseen[-1].why is MessageId.SCAN_ONLY_TEXT


def test_it_fails_from_the_severity_on_that_was_asked_for(tmp_path: Path) -> None:
    failed = [report(tmp_path, fail_on=level, tides=POISON).failed for level in (*Severity, None)]
    assert failed == [True, True, True, False, False]
