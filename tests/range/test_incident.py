from __future__ import annotations

from importlib import import_module

from sekisho.range.incidents import incidents, story


def test_each_incident_has_its_file_its_story_and_a_place_of_its_own() -> None:
    known = incidents()
    assert [each.place for each in known if each.place] == list(range(1, 10))
    assert len({each.id for each in known}) == len(known)
    for each in known:
        assert import_module(f"sekisho.range.incidents.{each.id.replace('-', '_')}").INCIDENT is each
        assert story(each).count(".") >= 2
        assert each.honest
        assert each.row.startswith("T")
