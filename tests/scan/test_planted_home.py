from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from homekit import HOSTS, PLANTED, plant
from sekisho.engine.entries import survey_entries
from sekisho.scan.collect import Outcome, collect
from sekisho.scan.hosts import Platform
from sekisho.scan.templates import Ground

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.engine.entries import Located
    from sekisho.scan.collect import Collection


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    plant(tmp_path)
    return collect(
        Ground(home=tmp_path / "home", folders=(tmp_path / "project",), platform=Platform.LINUX, root=tmp_path / "root")
    )


@pytest.fixture
def found(collection: Collection) -> tuple[Located, ...]:
    return survey_entries(entry for settings in collection.settings for entry in settings.judged)


def test_every_file_is_found_and_read(collection: Collection) -> None:
    assert {settings.source.host for settings in collection.settings} == HOSTS
    assert len(HOSTS) >= 16
    assert collection.problems == ()
    assert {looked.outcome for looked in collection.looked} == {Outcome.READ, Outcome.ABSENT}
    assert [entry.alias for settings in collection.settings for entry in settings.unread] == []


def test_every_planted_fault_is_found_and_nothing_else(found: tuple[Located, ...]) -> None:
    reported = {(located.source.host, located.entry.alias, located.finding.rule) for located in found}
    assert PLANTED - reported == set()
    assert reported - PLANTED == set()


def test_every_finding_is_at_its_place(found: tuple[Located, ...], tmp_path: Path) -> None:
    for located in found:
        with open(located.source.file, encoding="utf-8") as file:  # noqa: PTH123 - a path as the report has it
            line = file.read().splitlines()[located.region.line - 1]
        assert located.source.file.startswith(str(tmp_path))
        assert line[located.region.column - 1 :].strip()
        assert (located.region.line, located.region.column) != (1, 1)


def test_no_report_holds_a_secret(found: tuple[Located, ...]) -> None:
    assert not any("q7Rw2mZx" in located.finding.excerpt or "hunter22" in located.finding.excerpt for located in found)
