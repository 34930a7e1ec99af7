from __future__ import annotations

from sekisho.model.place import Kind
from sekisho.pin.position import Position, position
from sekisho.wire.pointer import parse
from tablekit import rows

P = Position


def steps(pointer: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdigit() else step for step in parse(pointer))


@rows(
    ("pointer", "expected"),
    [
        ("/description", P.PROSE),
        ("/title", P.PROSE),
        ("/annotations/title", P.PROSE),
        ("/annotations/readOnlyHint", P.HINT),
        ("/annotations/other", P.VALUE),
        ("/inputSchema/description", P.PROSE),
        ("/inputSchema/properties/a/description", P.PROSE),
        ("/inputSchema/properties/a/items/anyOf/0/$comment", P.PROSE),
        ("/inputSchema/$defs/A/properties/b/title", P.PROSE),
        ("/inputSchema/items/0/description", P.PROSE),
        ("/inputSchema/properties/description", P.PARAMETER),
        ("/inputSchema/properties/a/properties/b", P.PARAMETER),
        ("/inputSchema/properties", P.PROPERTIES),
        ("/inputSchema/required", P.REQUIRED),
        ("/inputSchema/properties/required", P.PARAMETER),
        ("/inputSchema/properties/a/type", P.TYPE),
        ("/inputSchema/properties/a/default/description", P.VALUE),
        ("/inputSchema/properties/a/enum", P.VALUE),
        ("/inputSchema/properties/a/examples/0/title", P.VALUE),
        ("/inputSchema/$defs/A", P.VALUE),
        ("/outputSchema/properties/a/description", P.PROSE),
        ("/inputSchema", P.VALUE),
        ("/_meta/description", P.VALUE),
        ("/icons/0/src", P.VALUE),
        ("/icons/0/sizes", P.SIZES),
        ("/name", P.VALUE),
        ("/unknown/title", P.VALUE),
        ("", P.VALUE),
    ],
)
def test_a_field_of_a_tool_is_what_it_stands_for(pointer: str, expected: Position) -> None:
    assert position(Kind.TOOL, steps(pointer)) is expected


@rows(
    ("kind", "pointer", "expected"),
    [
        (Kind.INSTRUCTIONS, "", P.PROSE),
        (Kind.SERVER, "/version", P.VERSION),
        (Kind.SERVER, "/title", P.PROSE),
        (Kind.SERVER, "/name", P.VALUE),
        (Kind.PROMPT, "/arguments/0", P.PARAMETER),
        (Kind.PROMPT, "/arguments/0/required", P.MANDATORY),
        (Kind.PROMPT, "/arguments/0/description", P.PROSE),
        (Kind.PROMPT, "/arguments/0/name", P.VALUE),
        (Kind.PROMPT, "/version", P.VALUE),
        (Kind.RESOURCE, "/size", P.BYTES),
        (Kind.RESOURCE, "/annotations/lastModified", P.TIME),
        (Kind.RESOURCE, "/annotations/title", P.VALUE),
        (Kind.TEMPLATE, "/size", P.VALUE),
    ],
)
def test_a_field_of_anything_else_too(kind: Kind, pointer: str, expected: Position) -> None:
    assert position(kind, steps(pointer)) is expected
