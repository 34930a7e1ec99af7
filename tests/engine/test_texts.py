"""The texts of calls and completions, each with its place."""

from __future__ import annotations

from sekisho.engine.texts import texts
from sekisho.meaning.tool import Tool


def test_a_call_has_its_arguments_and_a_completion_what_is_begun_and_known() -> None:
    tool = Tool({"name": "p", "inputSchema": {"properties": {"a": {}, "b": {}}}})
    assert [(each.pointer, each.value) for each in texts("tools/call", {"arguments": {"a": "x"}}, tool)] == [
        ("/a", "x")
    ]
    begun = texts(
        "completion/complete", {"argument": {"name": "a", "value": "x"}, "context": {"arguments": {"b": "y"}}}, tool
    )
    assert [(each.pointer, each.value) for each in begun] == [("/argument/value", "x"), ("/context/arguments/b", "y")]
