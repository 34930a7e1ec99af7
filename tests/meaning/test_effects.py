"""What a tool does: by its name, its description and its annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.meaning.effects import effects_of
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject


def query(name: str, description: str, said: str = "") -> JsonObject:
    schema: JsonObject = {"properties": {"query": {"type": "string", "description": said}}}
    return {"name": name, "description": description, "inputSchema": schema}


@rows(
    ("body", "about", "queries", "supposes"),
    [
        (query("query", "Queries"), "", True, True),
        (query("query", "Queries the database"), "", True, False),
        (query("query_table", "Queries"), "", True, False),
        (query("query", "Queries"), "sqlite", True, False),
        (query("query", "Queries", "An SQL query"), "", True, False),
        (query("query", "Queries", "A question"), "", False, True),
        (query("query", "Queries the database", "A question"), "", True, False),
        (query("search", "Searches"), "", False, False),
    ],
)
def test_where_nothing_but_a_word_speaks_of_a_database_it_is_only_supposed(
    body: JsonObject, about: str, *, queries: bool, supposes: bool
) -> None:
    found = effects_of(body, frozenset(about.split()))
    assert (found.queries, found.supposes) == (queries, supposes)


def test_annotations_tell_more_than_a_name() -> None:
    assert not effects_of({"name": "get_a"}, frozenset()).writes
    assert effects_of({"name": "get_a", "annotations": {"destructiveHint": True}}, frozenset()).writes
    assert effects_of({"name": "set_a", "annotations": {"readOnlyHint": True}}, frozenset()).asks
