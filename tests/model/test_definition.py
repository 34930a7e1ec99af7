from __future__ import annotations

from sekisho.model.definition import surface
from sekisho.model.place import Kind, Place


def test_a_dump_is_cut_into_its_definitions() -> None:
    found = surface(
        "s",
        {
            "serverInfo": {"name": "x"},
            "instructions": "i",
            "tools": [{"name": "t"}, 1],
            "prompts": [{"name": "p"}],
            "resources": [{"uri": "u:1"}],
            "resourceTemplates": [{"uriTemplate": "u:{a}"}, {}],
        },
    )
    assert [(item.place.kind, item.place.name, item.pointer) for item in found.definitions] == [
        (Kind.SERVER, "", "/serverInfo"),
        (Kind.INSTRUCTIONS, "", "/instructions"),
        (Kind.TOOL, "t", "/tools/0"),
        (Kind.PROMPT, "p", "/prompts/0"),
        (Kind.RESOURCE, "u:1", "/resources/0"),
        (Kind.TEMPLATE, "u:{a}", "/resourceTemplates/0"),
        (Kind.TEMPLATE, "", "/resourceTemplates/1"),
    ]
    assert found.definitions[2].place == Place("s", Kind.TOOL, "t")


def test_what_has_another_shape_is_skipped() -> None:
    assert surface("s", {"tools": {}, "prompts": 1, "serverInfo": []}).definitions == ()
