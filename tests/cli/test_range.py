from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clikit import Desk, narrow
from sekisho.cli import demo
from sekisho.range.play import play

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

    from sekisho.range.incident import Incident
    from sekisho.range.play import Played


def test_incidents_are_listed_and_one_is_played_with_all_that_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Played] = []

    def once(incident: Incident, *, folder: Path, environ: Mapping[str, str]) -> Played:
        kept.extend([] if kept else [play(incident, folder=folder, environ=environ)])
        return kept[0]

    monkeypatch.setattr(demo, "play", once)
    desk = Desk(tmp_path)
    listed = desk.call("range", "list")
    assert narrow(listed.output)
    assert "rug-pull            Rug pull (demo 3)\n" in listed.output
    plain = json.loads(desk.call("range", "list", "--json").output)
    assert {"id", "title", "story", "row", "page", "layer", "sources", "release"} == set(plain[0])
    shown = desk.call("range", "run", "two-readings")
    assert shown.exit_code == 0
    assert narrow(shown.output)
    for line in (
        "  WITHOUT       obeyed, 2 times",
        "  RFC 8259, section 4",
        "2 of 2 honest calls passed",
        "  wire  -32601  Sekisho: this method does not exist in 2025-11-25",
    ):
        assert f"{line}\n" in shown.output
    (told,) = json.loads(desk.call("range", "run", "two-readings", "--json").output)
    assert (told["with"], told["verified"], told["problems"]) == (None, True, [])


def test_an_incident_that_does_not_exist_is_exit_code_two(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert "There is no incident nothing." in desk.call("range", "run", "nothing").stderr
    assert desk.call("range", "run").exit_code == 2
