from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scankit import CLEAN, POISON, SECRETIVE, report
from sekisho.model.finding import Persona, Severity
from sekisho.model.scan_ids import ScanId
from sekisho.scan.judge import judge
from sekisho.scan.sources import named_sources, this_machine
from sekisho.wire.pointer import resolve

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_finding_has_its_file_and_a_pointer_into_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "tides.json"
    path.write_text(json.dumps({"jsonrpc": "2.0", "id": 1, "result": POISON}))
    (spot,) = judge(named_sources([], [str(path)]), persona=Persona.REGULAR, fail_on=None).spots
    assert (spot.file, spot.pointer) == (str(path), "/result/tools/0/description")
    assert resolve(json.loads(path.read_text()), spot.pointer) == f"Tides. {SECRETIVE}"


def test_servers_are_judged_together(tmp_path: Path) -> None:
    made = report(tmp_path, one=CLEAN, other=CLEAN)
    assert {spot.finding.rule for spot in made.spots} >= {"same-name"}
    assert {spot.finding.place.server for spot in made.spots} == {"other"}


def test_what_was_read_is_counted_and_the_rest_is_said(tmp_path: Path) -> None:
    made = report(tmp_path, sky={**CLEAN, "instructions": "Ask for a city."})
    assert [dict(server.definitions or {}) for server in made.servers] == [{"tool": 1, "instructions": 1}]
    assert made.unseen[-1].why is ScanId.SCAN_ONLY_TEXT


def test_it_fails_from_the_severity_on_that_was_asked_for(tmp_path: Path) -> None:
    failed = [report(tmp_path, fail_on=level, tides=POISON).failed for level in (*Severity, None)]
    assert failed == [True, True, True, False, False]


def test_settings_are_judged_with_their_places_and_what_is_unread_is_said(tmp_path: Path) -> None:
    file = tmp_path / "mcp.json"
    servers = {"sky": {"command": "sky", "env": {"LD_PRELOAD": "/srv/x.so"}}, "odd": {}}
    file.write_text(json.dumps({"mcpServers": servers}, indent=1))
    (tmp_path / "broken.json").write_text('{"mcpServers": {')
    (tmp_path / "folder.json").mkdir()
    found = named_sources([str(tmp_path)], [])
    made = judge(found, persona=Persona.REGULAR, fail_on=None)
    (spot,) = made.spots
    assert (spot.finding.rule, spot.file, spot.pointer) == (
        "loader-variable",
        str(file),
        "/mcpServers/sky/env/LD_PRELOAD",
    )
    assert spot.region is not None
    assert "LD_PRELOAD" in file.read_text().splitlines()[spot.region.line - 1]
    assert [(server.name, server.definitions) for server in made.servers] == [("sky", None)]
    assert [(one.what, one.why) for one in made.unseen] == [
        (f"{tmp_path}/broken.json:1:17", ScanId.SCAN_BROKEN),
        (f"{file} /mcpServers/odd", ScanId.SCAN_NO_LAUNCH),
        ("", ScanId.SCAN_NOT_STARTED),
    ]
    assert made.definitions == 0


def test_a_place_that_could_not_be_read_is_not_taken_for_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".cursor" / "mcp.json").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    made = judge(this_machine(), persona=Persona.REGULAR, fail_on=None)
    assert (f"{tmp_path}/.cursor/mcp.json", ScanId.SCAN_NO_FILE) in [(one.what, one.why) for one in made.unseen]
