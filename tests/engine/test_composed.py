from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.composed import composed
from sekisho.meaning.tool import Tool
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject

LIST: JsonObject = {"type": "array", "items": {"type": "string"}}
TOOL: JsonObject = {
    "name": "start",
    "description": "Start a process",
    "inputSchema": {
        "properties": {
            "executable": {"type": "string"},
            "command": {"type": "string"},
            "args": LIST,
            "flags": LIST,
            "extra_args": {"type": "string"},
        }
    },
}


@rows(
    ("arguments", "words", "line"),
    [
        ({"executable": "git", "args": ["-c", "a b"]}, (), "/args git -c 'a b'"),
        ({"command": "bash", "args": ["-c", "x"]}, (), "/args bash -c x"),
        ({"executable": "/usr/bin/git", "extra_args": "-c x"}, (), "/extra_args /usr/bin/git -c x"),
        ({"args": ["cp", "a"]}, ("docker",), "/args cp a"),
        ({"extra_args": "cp a"}, ("docker",), "/extra_args cp a"),
        ({"args": ["cp", "a"]}, ("docker", "git"), ""),
        ({"args": ["cp", "a"]}, (), ""),
        ({"executable": "my-server", "args": ["x"]}, (), ""),
        ({"executable": "git log", "args": ["x"]}, (), ""),
        ({"executable": "git", "command": "ls", "args": ["x"]}, ("git",), ""),
        ({"executable": "git", "args": ["x"], "flags": ["y"]}, (), ""),
        ({"executable": "git"}, (), ""),
        ({"executable": "aws", "args": ["x"]}, (), "/args aws x"),
        ({"executable": "osascript", "args": ["x"]}, (), "/args osascript x"),
    ],
)
def test_a_command_that_comes_in_parts_is_put_together(
    arguments: JsonObject, words: tuple[str, ...], line: str
) -> None:
    found = composed(Tool(TOOL).read(arguments), words)
    assert " ".join(f"{each.pointer} {each.value}" for each in found) == line


def test_words_that_no_schema_names_are_not_put_together() -> None:
    tool = Tool({"name": "start", "inputSchema": {"properties": {"executable": {"type": "string"}}}})
    assert composed(tool.read({"executable": "git", "args": ["x"]}), ()) == ()
