from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import jsonschema
import pytest

from sekisho.scan.hosts import Basis, Platform, hosts, load
from sekisho.settings.entry import Scope
from tablekit import rows

ROW = 'schema = 1\n[[hosts]]\nid = "a"\nname = "A"\nkeys = [["b"]]\npaths = [{ %s }]\n'
PATH = 'scope = "user", path = "~/a", basis = "inferred"'


def test_the_table_keeps_its_schema() -> None:
    data = files("sekisho") / "data"
    table = tomllib.loads(data.joinpath("hosts.toml").read_text("utf-8"))
    jsonschema.validate(table, json.loads(data.joinpath("schemas", "hosts.json").read_text("utf-8")))


def test_every_host_has_places_and_says_how_sure_they_are() -> None:
    table = hosts()
    assert len(table) >= 20
    assert len({host.id for host in table}) == len(table)
    for host in table:
        assert host.paths
        assert all(path.keys and path.platforms for path in host.paths)
        assert all(path.scope is not Scope.NAMED for path in host.paths)
    assert {path.basis for host in table for path in host.paths} <= set(Basis)


def test_a_path_may_have_keys_and_platforms_of_its_own() -> None:
    (host,) = load(ROW % f'{PATH}, platforms = ["macos"], keys = [["c", "d"]]')
    assert host.paths[0].platforms == {Platform.MACOS}
    assert host.paths[0].keys == (("c", "d"),)
    (host,) = load(ROW % PATH)
    assert host.paths[0].platforms == set(Platform)
    assert host.paths[0].keys == (("b",),)


@rows(
    "text",
    [
        ROW % f'{PATH}, systems = ["macos"]',
        ROW % PATH.replace("inferred", "guessed"),
        ROW % PATH.replace("user", "planet"),
        (ROW % PATH).replace("schema = 1", "schema = 2"),
        (ROW % PATH).replace('name = "A"', 'name = "A"\ntitle = "A"'),
        (ROW % PATH).replace("schema = 1", "schema = 1\nhots = []"),
    ],
)
def test_what_the_schema_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"schema 2|unknown keys|guessed|planet"):
        load(text)
