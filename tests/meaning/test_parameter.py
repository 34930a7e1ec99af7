"""What a parameter is by schema, name and description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.meaning.argument import Effects, Meaning
from sekisho.meaning.parameter import parameter
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject

PLAIN = Effects()
DATABASE = Effects(queries=True)


def meanings(name: str, schema: JsonObject | None = None, effects: Effects = PLAIN) -> set[str]:
    return {str(each) for each in parameter((schema or {},), (name,), effects, declared=True).meanings}


@rows(
    ("name", "schema", "expected"),
    [
        ("path", {}, {"path"}),
        ("url", {}, {"url"}),
        ("x", {"format": "uri"}, {"url"}),
        ("x", {"format": "date-time"}, set[str]()),
        ("x", {"format": "hostname"}, {"host"}),
        ("source", {"description": "Path or URL of the document"}, {"path", "url"}),
        ("uri", {"description": "URI of a page or local file"}, {"resource"}),
        ("input", {"description": "Absolute path of the image"}, {"path"}),
        ("input", {"description": "What to say"}, {"text"}),
        ("content", {"description": "The text to write to the file"}, {"text"}),
        ("image", {"contentEncoding": "base64"}, {"text"}),
        ("thing", {"description": "A shell command"}, {"command"}),
        ("thing", {"title": "File path"}, {"path"}),
        ("image", {"description": "Image to show: path or URL"}, {"path", "url", "word"}),
        ("nodeId", {"description": "The ID of the node, as found in the URL of a page"}, {"word"}),
        ("where", {"description": "Folder to search"}, {"path"}),
        ("q", {"description": "The SQL query to run"}, {"sql"}),
        ("body", {"description": "SQL statements", "format": "uri"}, {"sql", "url"}),
        ("description", {"description": "What the SQL query is for"}, {"text"}),
        ("path", {"description": "File with the SQL statements"}, {"path"}),
        ("thing", {}, set[str]()),
        ("thing", {"description": "Text to store"}, {"text"}),
        ("thing", {"description": "A regular expression"}, {"pattern"}),
        ("ファイルパス", {}, {"path"}),
        ("名前", {}, set[str]()),
        ("regex", {"format": "regex"}, {"pattern"}),
        ("project_id", {"description": "Project ID or URL-encoded path"}, {"word"}),
        ("configFile", {"description": "The contents of the file, not the path to it"}, {"text"}),
        ("file", {"description": "Content of the file or a path to it"}, {"path"}),
        ("function", {"description": "JavaScript source to execute in the page"}, {"text"}),
        ("function", {"description": "A shell command with JavaScript code"}, {"command"}),
        ("directory", {"description": "The contents of the directory to list"}, {"path"}),
    ],
)
def test_schema_name_and_description_are_joined(name: str, schema: JsonObject, expected: set[str]) -> None:
    assert meanings(name, schema) == expected


@rows(
    ("name", "schema", "regular"),
    [
        ("regex", {}, True),
        ("file_regexp", {}, True),
        ("x", {"format": "regex"}, True),
        ("pattern", {"title": "A regular expression"}, True),
        ("regex", {"description": "Wildcard, such as *.py"}, False),
        ("regex", {"description": "Of the file path"}, False),
        ("pattern", {}, False),
    ],
)
def test_a_regular_expression_says_so_and_finds_no_files(name: str, schema: JsonObject, *, regular: bool) -> None:
    assert parameter((schema,), (name,), PLAIN, declared=True).regular is regular


@rows(
    ("name", "elsewhere", "database"),
    [("query", "text", "sql"), ("table_name", "word", "sql-name"), ("path", "path", "path")],
)
def test_a_query_is_one_only_where_there_is_a_database(name: str, elsewhere: str, database: str) -> None:
    assert meanings(name) == {elsewhere}
    assert meanings(name, effects=DATABASE) == {database}


def test_the_words_of_an_enumeration_are_the_servers_own() -> None:
    schema: JsonObject = {"enum": ["--fast", "slow", 3], "const": "x"}
    assert parameter((schema,), ("mode",), PLAIN, declared=True).words == {"--fast", "slow", "x"}


@rows(
    ("schema", "encoded"),
    [({"type": "object"}, True), ({"type": ["string", "array"]}, False), ({}, False), ({"type": "integer"}, True)],
)
def test_a_text_in_place_of_something_else_may_be_its_encoding(schema: JsonObject, *, encoded: bool) -> None:
    assert parameter((schema,), ("x",), PLAIN, declared=True).encoded is encoded


def test_the_root_has_no_name() -> None:
    assert parameter(({},), (), PLAIN, declared=True).meanings == frozenset[Meaning]()


@rows(
    ("name", "description", "remote"),
    [
        ("path", "The API endpoint path, such as /rest/api/3/project", True),
        ("path", "The documentation path (e.g. /guides/nextjs)", True),
        ("path", "Path the cookie is visible to", True),
        ("remotePath", "", True),
        ("path", "Path of the file; see the API path", False),
        ("path", "Where it is", False),
        ("cwd", "The API endpoint path", False),
    ],
)
def test_a_path_in_the_address_of_a_service_is_none_of_files(name: str, description: str, *, remote: bool) -> None:
    nodes: tuple[JsonObject, ...] = ({"description": description},)
    assert parameter(nodes, (name,), PLAIN, declared=True).remote is remote
    assert not parameter(nodes, ("path",), Effects(opens=True), declared=True).remote
