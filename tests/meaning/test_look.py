"""What tools work with that have no parameter for it, and what values look like for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.meaning.argument import Meaning
from sekisho.meaning.parameter import Source
from sekisho.meaning.tool import Tool
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import Json, JsonObject

STRING: JsonObject = {"type": "string"}


def meant(description: str, properties: JsonObject, arguments: JsonObject) -> set[str]:
    """Return what the last text of a call means."""
    schema: JsonObject = {"type": "object", "properties": properties}
    tool = Tool({"name": "t", "description": description, "inputSchema": schema})
    return {str(each) for each in tool.read(arguments)[-1].meanings}


@rows(
    ("description", "value", "expected"),
    [
        ("Run a command in the shell", "do it now", {"command"}),
        ("Render a template with Jinja", "Hello", {"pattern"}),
        ("Search by a regular expression", "a+", {"pattern"}),
        ("Run a query against SQLite", "DROP TABLE x", {"sql"}),
        ("Run a query against SQLite", "drop me a line", set[str]()),
        ("Run Cypher", "MATCH (n) DETACH DELETE n", {"cypher"}),
        ("Run Cypher", "match the colours", {"cypher"}),
        ("Read a file from disk", "/etc/passwd", {"path"}),
        ("Read a file from disk", "..%2fx y", {"path"}),
        ("Connect to a server over TCP", "0x7f000001", {"host"}),
        ("Fetch a web page", "127.0.0.1", {"host"}),
        ("Fetch a web page", "ok,http://127.0.0.1/", {"url"}),
        ("Fetch a web page", "see it", set[str]()),
        ("Do it", "drop table x; rm -rf", set[str]()),
    ],
)
def test_a_tool_is_given_what_it_works_with_whatever_the_parameter_is_called(
    description: str, value: str, expected: set[str]
) -> None:
    assert meant(description, {"frob": STRING}, {"frob": value}) >= expected
    assert meant(description, {"input": STRING, "other": STRING}, {"input": value}) >= expected - {"url"}


@rows(
    ("description", "properties", "value"),
    [
        ("Run a command in the shell", {"command": STRING, "frob": STRING}, "do it now"),
        ("Run a command in the shell", {"frob": STRING, "other": STRING}, "do it now"),
        ("Run a query against SQLite", {"sql": STRING, "frob": STRING}, "what sells best"),
        ("Run a query against SQLite", {"frob": STRING}, "Select the best, please"),
        ("Connect to a server over TCP", {"host": STRING, "frob": STRING}, "some words"),
        ("Write a file by a shell command", {"path": STRING, "frob": STRING, "other": STRING}, "some words"),
    ],
)
def test_what_has_a_parameter_of_its_own_is_in_no_other_one(
    description: str, properties: JsonObject, value: str
) -> None:
    assert meant(description, properties, {"frob": value}) <= {"argument"}


def test_a_url_is_where_a_tool_that_fetches_goes() -> None:
    number: JsonObject = {"type": "integer"}
    assert "host" not in meant("Fetch a web page", {"url": STRING, "frob": STRING}, {"frob": "127.0.0.1"})
    assert "host" in meant("Fetch a web page", {"retries": number, "frob": STRING}, {"frob": "127.0.0.1"})


@rows(
    ("value", "expected"),
    [
        ("a; id", {"word"}),
        ("a `id`", set[str]()),
        ("a > /etc/x", {"word"}),
        ("some words; then more", set[str]()),
        ("one", {"word"}),
    ],
)
def test_a_word_with_more_behind_it_is_still_one(value: str, expected: set[str]) -> None:
    assert meant("Do it", {"frob": STRING}, {"frob": value}) == expected
    assert meant("Runs a command line tool", {"command": STRING, "frob": STRING}, {"frob": value}) == (
        expected or {"argument"}
    )


@rows(
    "value", ["x' OR 1=1", "users; DROP TABLE y", "x UNION SELECT a", "(SELECT 1)", "x WHERE a = 1", "1 --", "a/**/b"]
)
def test_a_value_of_a_tool_that_queries_goes_on_as_no_query(value: str) -> None:
    database = "Reads from the SQLite database"
    assert "sql-name" in meant(database, {"sql": STRING, "frob": STRING}, {"frob": value})
    assert "sql-name" in meant(database, {"sql": STRING, "filter": STRING}, {"filter": value})
    assert meant(database, {"sql": STRING, "note": STRING}, {"note": value}) == {"text"}


def test_members_of_a_filter_are_names_of_fields() -> None:
    free: JsonObject = {"type": "object"}
    assert meant("Find documents", {"filter": free}, {"filter": {"path": "../x"}}) == {"text"}
    assert meant("Find documents", {"domain": {"type": "array"}}, {"domain": ["|", ["path", "=", "/etc"]]}) == {"text"}
    assert "path" in meant("Find documents", {"options": free}, {"options": {"path": "../x"}})
    assert "url" in meant("Fetch", {"filter": free}, {"filter": {"url": "http://127.0.0.1/"}})


def test_the_json_of_other_arguments_is_read_as_they_are() -> None:
    told: JsonObject = {"type": "string", "description": "JSON of the rest"}
    assert meant("Do it", {"params": STRING}, {"params": '{"path": "/etc/passwd"}'}) == {"path"}
    assert meant("Do it", {"frob": told}, {"frob": '[{"url": "http://127.0.0.1/"}]'}) == {"url"}
    assert meant("Do it", {"payload": STRING}, {"payload": '{"path": "/etc/passwd"}'}) == {"text"}
    assert meant("Do it", {"content": STRING}, {"content": '{"path": "/etc/passwd"}'}) == {"text"}


def test_lists_of_lists_have_places_of_their_own() -> None:
    inner: JsonObject = {"type": "string", "description": "File path"}
    nested: JsonObject = {"type": "array", "items": {"type": "array", "items": inner}}
    assert meant("Do it", {"rows": nested}, {"rows": [["a"]]}) == {"path"}
    cells: JsonObject = {"type": "array", "items": {"type": "array", "items": {}}}
    assert meant("Do it", {"values": cells}, {"values": [['{"path": "../x"}']]}) == {"text"}


def test_a_default_behind_a_reference_is_filled_in() -> None:
    schema: JsonObject = {
        "type": "object",
        "properties": {"url": {"$ref": "#/$defs/u"}},
        "$defs": {"u": {"type": "string", "default": "http://169.254.169.254/"}},
    }
    assert [each.value for each in Tool({"inputSchema": schema}).read({})] == ["http://169.254.169.254/"]


def test_the_description_of_a_tool_tells_of_its_parameters() -> None:
    assert meant("Do it.\n\nArgs:\n    x: File path", {"x": STRING}, {"x": "a"}) == {"path"}
    own: JsonObject = {"type": "string", "description": "What to say"}
    assert meant("Do it.\n\nArgs:\n    x: File path", {"x": own}, {"x": "a"}) == {"word"}


def test_what_a_tool_is_given_is_told_for_the_parameter_that_may_hold_it() -> None:
    schema: JsonObject = {"type": "object", "properties": {"frob": STRING}}
    told = dict(Tool({"description": "Runs a command in the shell", "inputSchema": schema}).declared())
    assert told["/frob"] == {Meaning.COMMAND: (Source.LOOK,)}


def test_content_beside_something_else_is_content() -> None:
    said = "Creates a file on the desktop by a shell command"
    assert meant(said, {"path": STRING, "content": STRING}, {"content": "do it now"}) == {"text"}
    assert meant(said, {"content": STRING}, {"content": "do it now"}) == {"command", "text"}


@rows(
    ("description", "name", "schema", "key", "expected"),
    [
        ("Write files", "files", {"type": "object"}, ".git/hooks/pre-commit", True),
        ("Write files", "files", {"type": "object"}, "a.txt", False),
        ("Update rows of a SQLite table", "values", {"type": "object"}, "a = 'x', b", True),
        ("Update rows of a SQLite table", "values", {"type": "object"}, "first name", False),
        ("Update a note", "values", {"type": "object"}, "a = 'x', b", False),
    ],
)
def test_names_of_members_are_files_or_columns(
    description: str, name: str, schema: JsonObject, key: str, *, expected: bool
) -> None:
    tool = Tool({"name": "t", "description": description, "inputSchema": {"properties": {name: schema}}})
    found = tool.read({name: {key: "v"}})[0]
    assert (found.value, bool(found.meanings & {Meaning.PATH, Meaning.SQL_NAME})) == (key, expected)


@rows(
    ("value", "expected"),
    [("http://10.0.0.1/", True), ("http://10.0.0.1 is down", False), ("web", False)],
)
def test_an_address_in_place_of_a_name_is_an_address(value: str, *, expected: bool) -> None:
    assert ("url" in meant("Make it", {"repo": STRING}, {"repo": value})) is expected


@rows(
    ("name", "value", "texts"),
    [
        ("command", ["ls", "-la", "a b"], ["ls -la 'a b'", "-la", "a b"]),
        ("command", ["ls -la", "pwd"], ["ls -la", "pwd"]),
        ("command", ["ls"], ["ls"]),
        ("command", ["ls", 1], ["ls"]),
        ("commands", ["ls", "pwd"], ["ls", "pwd"]),
    ],
)
def test_a_list_of_words_is_one_command(name: str, value: list[Json], texts: list[str]) -> None:
    tool = Tool({"name": "run", "inputSchema": {"properties": {name: {"type": "array"}}}})
    assert [each.value for each in tool.read({name: value})] == texts


@rows(
    ("description", "said", "expected"),
    [
        ("List rows of a MySQL table", "Name of the table", {"sql-name"}),
        ("List rows of a MySQL table", "Words to look for", {"text"}),
        ("List notes", "Name of the table", {"text"}),
    ],
)
def test_a_parameter_that_may_be_anything_is_a_table_where_its_description_says_so(
    description: str, said: str, expected: set[str]
) -> None:
    assert meant(description, {"q": {"type": "string", "description": said}, "n": STRING}, {"q": "a"}) == expected


@rows(
    ("name", "value", "text"),
    [
        ("remote_path", "/srv/app.tgz", "./srv/app.tgz"),
        ("remote_path", "/srv/../x", "/srv/../x"),
        ("remote_path", "a.txt", "a.txt"),
        ("local_path", "/srv/app.tgz", "/srv/app.tgz"),
    ],
)
def test_a_file_of_another_machine_is_below_its_top(name: str, value: str, text: str) -> None:
    tool = Tool({"name": "scp", "inputSchema": {"properties": {name: STRING}}})
    assert [each.value for each in tool.read({name: value})] == [text]
