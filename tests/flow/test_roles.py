from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sekisho.flow.roles import Role, roles
from sekisho.rules.example import tool
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject

OUTSIDE, PRIVATE, OUTWARD = Role.OUTSIDE, Role.PRIVATE, Role.OUTWARD
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@rows(
    ("name", "description", "expected"),
    [
        ("read_file", "Reads a file.", {PRIVATE}),
        ("readFile", "", {PRIVATE}),
        ("list-issue-comments", "", {OUTSIDE}),
        ("get_mail", "", {OUTSIDE, PRIVATE}),
        ("send_mail", "", {OUTWARD}),
        ("issue_write", "Create or update an issue.", {OUTWARD}),
        ("create_pull_request", "", {OUTWARD}),
        ("create_folder", "", set[Role]()),
        ("execute_command", "Runs a shell command.", {PRIVATE, OUTWARD}),
        ("run_forecast", "", set[Role]()),
        ("delete_comment", "Deletes a comment.", set[Role]()),
        ("get_forecast", "Weather of a city.", set[Role]()),
        ("web_search", "", {OUTSIDE}),
        ("a", "ファイルを読み取ります。", {PRIVATE}),
        ("b", "メールを送信します。", {OUTWARD}),
        ("c", "コードを実行します。", {PRIVATE, OUTWARD}),
        ("d", "課題を作成します。", {OUTWARD}),
        ("frobnicate", "Does things.", set[Role]()),
        ("get_forecast", "Weather. Never mind files, mail and pages.", set[Role]()),
    ],
)
def test_the_first_verb_decides_and_its_object_follows(name: str, description: str, expected: set[Role]) -> None:
    assert roles(tool(description, name=name)) == expected


@rows("parameter", ["url", "URL", "page_url", "webhook", "endpoint", "link"])
def test_a_read_from_an_address_of_the_callers_choice_brings_in_and_sends_out(parameter: str) -> None:
    body: JsonObject = {"name": "fetch", "inputSchema": {"properties": {parameter: {}}}}
    assert roles(body) == {OUTSIDE, OUTWARD}


@given(JSON)
def test_any_definition_has_roles_or_none(body: object) -> None:
    assert roles(body) <= set(Role)  # pyright: ignore[reportArgumentType] - any JSON
    assert roles({"name": body, "description": body, "inputSchema": body}) <= set(Role)  # pyright: ignore[reportArgumentType] - as above
