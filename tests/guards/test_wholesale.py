"""What is to be deleted is named, and everything is no name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.engine.guarding import guard
from sekisho.guards.objection import CLEAN
from sekisho.guards.wholesale import deletes, judge_all
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import NOTHING_KNOWN
from tablekit import rows


@rows("value", ["*", "_all", "%", "**", ".*", "^.*$", "*.*", " * ", "'*'", "*,-.kibana*", "%%"])
def test_everything_is_objected_to(value: str) -> None:
    assert [each.rule for each in judge_all(value).objections] == ["deletes-all"]


@rows("value", ["logs-2024-*", "a", "", "all", "*.tmp", "50%", "**Note**", "a,*b", "x" * 300])
def test_what_is_named_is_not(value: str) -> None:
    assert judge_all(value) == CLEAN


@rows(
    ("words", "expected"),
    [(("delete", "index"), True), (("drop", "table"), True), (("list", "index"), False), (("remove", "user"), False)],
)
def test_a_tool_deletes_by_its_name(words: tuple[str, ...], *, expected: bool) -> None:
    assert deletes(words) is expected


@rows(
    ("tool", "arguments", "refused"),
    [
        ("delete_index", {"index": "*"}, True),
        ("delete_keys", {"keys": ["a", "*"]}, True),
        ("get_index", {"index": "*"}, False),
        ("delete_note", {"content": "*"}, False),
    ],
)
def test_the_names_of_a_tool_that_deletes_are_judged(tool: str, arguments: dict[str, object], *, refused: bool) -> None:
    made = Tool({"name": tool, "inputSchema": {"properties": {key: {} for key in arguments}}})
    found = guard(made.read(arguments), made, NOTHING_KNOWN).found  # pyright: ignore[reportArgumentType] - a table of JSON
    assert {each.objection.rule for each in found} == ({"deletes-all"} if refused else set())


@given(value=st.text("*_all%.,- ^$'", max_size=300))
def test_no_text_makes_the_guard_raise(value: str) -> None:
    assert all(each.end == len(value) for each in judge_all(value).objections)
