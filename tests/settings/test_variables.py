from __future__ import annotations

import json

from sekisho.settings.entry import Scope, Settings, Source
from sekisho.settings.formats import Format
from sekisho.settings.node import Text
from sekisho.settings.reading import read
from sekisho.settings.variables import variables


def test_variables_are_found_wherever_an_entry_sets_them() -> None:
    server = {
        "command": "env",
        "args": ["A=1", "docker", "run", "-e", "B=2", "-eC=3", "--env=D=4", "-e", "E", "image:1", "--x=5"],
        "env": {"F": "6"},
    }
    text = json.dumps({"mcpServers": {"w": server, "v": {"command": "x", "env": ["G=7", "H"]}}})
    settings = read(text.encode(), Source(host="", scope=Scope.NAMED, file="f"), Format.JSON)
    assert isinstance(settings, Settings)
    first, second = settings.entries
    assert {(found.key, found.text) for found in variables(first)} == {
        ("A", "1"),
        ("B", "2"),
        ("C", "3"),
        ("D", "4"),
        ("F", "6"),
    }
    assert [found.pointer for found in variables(first) if found.key == "B"] == ["/mcpServers/w/args/4"]
    assert next(variables(second)) == Text("7", "/mcpServers/v/env/0", "G")
