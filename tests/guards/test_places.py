from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import jsonschema

from sekisho.guards.places import Access, innocent, places, touches
from tablekit import rows

DATA = files("sekisho") / "data"


def test_the_table_keeps_its_schema() -> None:
    table = tomllib.loads(DATA.joinpath("paths.toml").read_text("utf-8"))
    jsonschema.validate(table, json.loads(DATA.joinpath("schemas", "paths.json").read_text("utf-8")))


@rows("name", ["credentials", "secrets", "protected"])
def test_every_pattern_of_the_table_is_found(name: str) -> None:
    table = getattr(places(), name)
    for pattern in tomllib.loads(DATA.joinpath("paths.toml").read_text("utf-8"))[name]:
        inside = pattern.replace("*", "x").rstrip("/") + "/x" * pattern.endswith("/")
        where = ("/", *inside.strip("/").split("/")) if pattern.startswith("/") else ("", "a", *inside.split("/"))
        assert table.holds(where), pattern
        assert pattern.startswith("/") or table.holds(("/", *inside.split("/"))), pattern


@rows(
    ("path", "held"),
    [
        (("/", "home", "me", ".ssh"), True),
        (("/", "home", "me", ".config", "gcloud", "x", "y"), True),
        (("/", "home", "me", ".config", "other"), False),
        (("/", "home", "me", ".netrc", "x"), False),
        (("/", "x", "etc", "shadow"), False),
        (("", "etc", "shadow"), False),
        (("/", "etc", "shadow"), True),
        (("/",), False),
        (("c:", "windows", "system32", "config", "sam"), True),
    ],
)
def test_a_trail_counts_anywhere_and_an_anchor_only_there(path: tuple[str, ...], held: bool) -> None:  # noqa: FBT001 - a column
    assert places().credentials.holds(path) is held


@rows("path", ["a/b.txt", "", "src/main.py", "notes 2026/x", "Library2/x"])
def test_a_path_whose_names_are_in_no_table_is_innocent(path: str) -> None:
    assert innocent(path)
    assert list(touches(("/", *path.split("/")), Access.WRITE)) == []


@rows("path", [".ssh/x", "a/ID_RSA", "x.pem", "ssh_host_x", ".s[s]h", "x::$DATA", "etc/x", ".\u017fsh"])
def test_of_any_other_nothing_is_said(path: str) -> None:
    assert not innocent(path)
