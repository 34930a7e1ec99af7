"""Calls read by a tool's definition: every text with all that it could mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sekisho.meaning.argument import Effects, Meaning
from sekisho.meaning.parameter import Source
from sekisho.meaning.tool import Tool
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject


def tool(
    name: str, properties: JsonObject | None = None, more: JsonObject | None = None, about: tuple[str, ...] = ()
) -> Tool:
    schema: JsonObject = {"type": "object", "properties": properties or {}}
    return Tool({"name": name, "inputSchema": schema, **(more or {})}, about=about)


def read(made: Tool, arguments: JsonObject) -> dict[str, str]:
    return {each.pointer: " ".join(sorted(each.meanings)) for each in made.read(arguments)}


STRING: JsonObject = {"type": "string"}


@rows(
    ("name", "argument", "value", "meanings"),
    [
        ("read_file", "path", "/etc/passwd", "path"),
        ("write_file", "content", "../../etc/passwd; rm -rf $(x)", "text"),
        ("write_file", "content", "http://127.0.0.1/", "text"),
        ("fetch_page", "text", "http://127.0.0.1/", "text url"),
        ("fetch_page", "text", "see http://127.0.0.1/", "text"),
        ("get_user", "id", "../admin", "path word"),
        ("get_user", "id", "42", "word"),
        ("get_user", "id", "/admin", "word"),
        ("get_user", "id", "file:///etc/passwd", "path word"),
        ("get_user", "id", "http://127.0.0.1/", "url word"),
        ("fetch_user", "id", "http://127.0.0.1/", "url word"),
        ("convert", "uri", "file:///etc/passwd", "path resource url"),
        ("convert", "uri", "data:text/html,x", "resource url"),
        ("show", "resourceUri", "notes://today", "resource"),
        ("show", "uri", "content://contacts/1", "resource url"),
        ("show", "uri", "/etc/passwd", "path resource"),
        ("show", "thing", "notes://today", "word"),
        ("thing", "frob", "/etc/passwd", "path word"),
        ("thing", "frob", "~/.ssh/id", "path word"),
        ("thing", "frob", "javascript:x", "url word"),
        ("thing", "frob", "two words", ""),
        ("list", "pattern", "**/*.py", "pattern"),
        ("list", "pattern", "../../**", "path pattern"),
        ("run", "command", "ls; id", "command"),
        ("read_query", "query", "SELECT 1", "sql"),
        ("search", "query", "SELECT 1", "text"),
        ("read_neo4j_cypher", "query", "MATCH (n) RETURN n", "cypher"),
        ("ask", "cypher", "MATCH (n) RETURN n", "cypher"),
        ("sqlite_thing", "frob", "DROP TABLE x", "sql"),
        ("thing", "sql", "DROP TABLE x", "sql"),
        ("thing", "query_2", "DROP TABLE x", "text"),
        ("read_queries", "query_2", "SELECT 1", "sql"),
        ("format", "sql_mode", "ANSI", "word"),
    ],
)
def test_a_value_has_every_meaning_that_it_could_have(name: str, argument: str, value: str, meanings: str) -> None:
    assert read(tool(name, {argument: STRING}), {argument: value}) == {f"/{argument}": meanings}


def test_values_are_found_at_any_depth() -> None:
    made = tool(
        "write_files",
        {"files": {"type": "array", "items": {"type": "object", "properties": {"path": STRING, "content": STRING}}}},
    )
    found = read(made, {"files": [{"path": "a", "content": "../b"}, {"path": "../c"}], "n": 1})
    assert found == {"/files/0/path": "path", "/files/0/content": "text", "/files/1/path": "path", "/n": "word"}


def test_lists_of_texts_mean_what_their_parameter_means() -> None:
    made = tool(
        "read_files",
        {
            "paths": {"type": "array", "items": STRING, "description": "x"},
            "x": {"type": "array", "description": "Paths: file path of each", "items": STRING},
        },
    )
    inner: JsonObject = {"type": "string", "description": "The URL of one"}
    own = tool("read_files", {"x": {"type": "array", "description": "file path of each", "items": inner}})
    assert read(own, {"x": ["c"]}) == {"/x/0": "url"}
    assert read(made, {"paths": ["a", ["b"]], "x": ["c"]}) == {"/paths/0": "path", "/paths/1/0": "path", "/x/0": "path"}


def test_an_absent_parameter_with_a_default_is_read_as_if_it_was_sent() -> None:
    made = tool(
        "fetch",
        {
            "url": {"type": "string", "default": "http://169.254.169.254/"},
            "deep": {"properties": {"path": {"default": "/etc"}}},
        },
    )
    assert read(made, {}) == {"/url": "url"}
    assert read(made, {"url": "https://example.com", "deep": {}}) == {"/url": "url", "/deep/path": "path"}


@rows("sent", [{"url": None}, {"url": ""}])
def test_so_is_one_that_is_sent_empty(sent: JsonObject) -> None:
    made = tool("fetch", {"url": {"type": "string", "default": "http://169.254.169.254/"}})
    assert [each.value for each in made.read(sent) if each.value] == ["http://169.254.169.254/"]


def test_so_is_one_that_another_one_brings_with_it() -> None:
    brought: JsonObject = {"a": {"properties": {"path": {"type": "string", "default": "/etc"}}}}
    made = Tool({"name": "x", "inputSchema": {"properties": {"a": STRING}, "dependentSchemas": brought}})
    assert read(made, {"a": "b"}) == {"/a": "word", "/path": "path"}


@rows(
    ("required", "default", "sent", "found"),
    [
        (["owner", "repo"], "/", {}, {}),
        (["owner", "repo", "x"], "/", {"path": "/"}, {}),
        (["projectId"], "/", {}, {}),
        (["owner", "repo"], "/", {"path": "/etc"}, {"/path": "path"}),
        (["owner", "repo"], "/etc", {}, {"/path": "path"}),
        (["owner", "repo"], ".", {"path": "/"}, {}),
        (["owner", "repo"], ".", {"path": "/src/a.py"}, {"/path": "path"}),
        (["owner"], "/", {}, {"/path": "path"}),
        ([], "/", {}, {"/path": "path"}),
    ],
)
def test_the_top_of_what_another_service_keeps_is_none_of_ours(
    required: list[str], default: str, sent: JsonObject, found: dict[str, str]
) -> None:
    properties: JsonObject = {"path": {"type": "string", "default": default}}
    schema: JsonObject = {"type": "object", "properties": properties, "required": [*required]}
    assert read(Tool({"name": "get_file_contents", "inputSchema": schema}), sent) == found


@rows(
    ("description", "meanings"),
    [
        ("Regular expression to look for", "pattern"),
        ("検索する正規表現", "pattern"),
        ("Glob or regular expression", "path pattern"),
        ("Regex that file names match", "path pattern"),
        ("What to look for", "path pattern"),
    ],
)
def test_what_is_matched_against_text_leads_nowhere(description: str, meanings: str) -> None:
    made = tool("search_files", {"pattern": {"type": "string", "description": description}})
    assert read(made, {"pattern": "../assets/logo.svg"}) == {"/pattern": meanings}


def test_names_of_undeclared_members_are_values_too() -> None:
    made = tool("write_files", {"files": {"type": "object", "additionalProperties": STRING}})
    found = made.read({"files": {"../../x": "text"}})
    assert [(each.value, each.declared) for each in found] == [("../../x", False), ("text", False)]
    assert "path" in found[0].meanings


def test_the_servers_own_words_are_not_read() -> None:
    assert read(tool("x", {"mode": {"enum": ["--fast"]}}), {"mode": "--fast"}) == {}
    assert read(tool("x", {"mode": {"enum": ["--fast"]}}), {"mode": "--slow"}) == {"/mode": "word"}


def test_encoded_values_are_read_decoded_where_something_else_is_declared() -> None:
    made = tool("edit", {"edits": {"type": "array", "items": {"properties": {"path": STRING}}}})
    found = made.read({"edits": '[{"path": "../x"}]'})
    assert [(each.pointer, each.value) for each in found] == [("/edits", '[{"path": "../x"}]'), ("/edits", "../x")]


@rows("value", ["[1", "{broken}", '"[text]"', "[}", "[NaN]"])
def test_what_only_looks_encoded_is_read_as_it_is(value: str) -> None:
    assert len(tool("edit", {"edits": {"type": "array"}}).read({"edits": value})) == 1


@rows(
    ("name", "more", "effects"),
    [
        ("read_file", {}, Effects(opens=True, writes=False)),
        ("read_file", {"annotations": {"readOnlyHint": False}}, Effects(opens=True, writes=True)),
        ("read_file", {"annotations": {"destructiveHint": True}}, Effects(opens=True, writes=True)),
        ("frobnicate", {"annotations": {"readOnlyHint": True}}, Effects(asks=True, writes=True)),
        ("read_and_delete", {}, Effects(writes=True)),
        ("x", {"description": "Fetches a web page"}, Effects(fetches=True)),
        ("x", {"description": "Executes a command"}, Effects(executes=True, shells=True)),
        ("x", {"description": "Connects to a host over TCP"}, Effects(connects=True)),
        ("x", {"description": "Loads a text from disk"}, Effects(opens=True)),
        ("search_files", {}, Effects(writes=False)),
        ("x", {"description": "Renders a template engine's text"}, Effects(renders=True, parses=True)),
        ("parse_xml", {}, Effects(parses=True, writes=False, topics=frozenset({"xpath"}))),
        ("x", {"description": "Sends an email"}, Effects(topics=frozenset({"mail"}))),
        ("x", {"description": "A read-only look at MongoDB"}, Effects(asks=True, documents=True)),
        ("graphql_query", {}, Effects(writes=False, topics=frozenset({"graphql"}))),
        ("create_pull_request", {}, Effects()),
        ("list_tables", {}, Effects(queries=True, writes=False)),
        ("", {}, Effects()),
    ],
)
def test_names_and_annotations_only_add_to_what_a_tool_does(name: str, more: JsonObject, effects: Effects) -> None:
    assert tool(name, more=more).effects == effects


def test_the_launch_line_tells_what_a_server_works_with() -> None:
    assert tool("describe", about=("mcp", "server", "sqlite")).effects.queries
    assert tool("run_query", about=("mcp", "neo4j", "cypher")).effects.graphs
    assert not tool("search_notes", about=("mcp", "neo4j", "cypher")).effects.graphs


@rows(
    ("name", "said", "lines"),
    [
        ("key", "", {"single"}),
        ("key", "One key per line", set[str]()),
        ("public_key", "", set[str]()),
        ("keys", "", set[str]()),
        ("schedule", "", {"single"}),
        ("extra", "A header of the request", {"head"}),
        ("x", "메일 제목", {"letterhead"}),
        ("text", "Any text", set[str]()),
    ],
)
def test_name_and_description_tell_of_what_a_value_becomes_a_line(name: str, said: str, lines: set[str]) -> None:
    made = tool("x", {name: {"type": "string", "description": said}})
    assert [each.lines for each in made.read({name: "a"})] == [lines]


def test_the_launch_line_tells_what_a_server_is_about() -> None:
    assert tool("find", about=("mcp", "ldap")).effects.topics == {"ldap"}


def test_a_tool_without_a_schema_is_read_by_names_and_looks() -> None:
    assert read(Tool({}), {"path": "a", "b": {"c": [True, None, "../x"]}}) == {
        "/path": "path", "/b": "word", "/b/c": "", "/b/c/2": "path",
    }  # fmt: skip


@rows(
    ("more", "value", "read_as"),
    [
        ({}, "../x; rm -rf /", {"/content": "../x; rm -rf /"}),
        ({"enum": ["a", "b"]}, "a", {}),
        ({"enum": ["a", "b"]}, "c", {"/content": "c"}),
        ({"type": "object"}, '{"a": "b"}', {"/content": "b"}),
    ],
)
def test_content_is_read_like_this_the_second_time_as_well(
    more: JsonObject, value: str, read_as: dict[str, str]
) -> None:
    made = Tool({"name": "write_it", "inputSchema": {"properties": {"content": {"type": "string", **more}}}})
    for _ in range(2):
        assert {each.pointer: each.value for each in made.read({"content": value})} == read_as


def test_invented_names_do_not_fill_the_memory() -> None:
    made = tool("x")
    for start in range(0, 10_000, 1000):
        made.read({f"n{number}": "v" for number in range(start, start + 1000)})
    assert made.read({"path": "../x"})[-1].meanings == {"path"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
OBJECTS = st.dictionaries(st.text(max_size=8), JSON, max_size=5)


@given(body=OBJECTS, schema=OBJECTS, arguments=OBJECTS)
def test_no_definition_and_no_arguments_are_too_odd(
    body: JsonObject, schema: JsonObject, arguments: JsonObject
) -> None:
    body["inputSchema"] = schema
    found = Tool(body).read(arguments)
    assert {each.value for each in found} >= {value for value in arguments.values() if isinstance(value, str)} - _words(
        schema
    )


def _words(schema: JsonObject) -> set[str]:
    """Everything that a random schema could hold as the words of an enumeration."""
    return set(str(schema).split("'"))


def test_what_a_server_takes_as_a_free_object_is_data() -> None:
    schema: JsonObject = {"type": "object"}
    made = tool("create_entry", {"fields": schema})
    found = read(
        made, {"fields": {"$schema": "https://json-schema.org/x", "place": "/etc/nginx", "up": "../x", "path": "a"}}
    )
    assert {pointer: found[pointer] for pointer in found if pointer != "/fields/path"} == {
        "/fields/$schema": "",
        "/fields/place": "",
        "/fields/up": "path",
    }
    assert found["/fields/path"] == "path"
    assert (
        "url" in read(tool("fetch_it", {"fields": schema}), {"fields": {"frob": "http://127.0.0.1/"}})["/fields/frob"]
    )


def test_what_a_schema_names_is_told_with_what_says_it_and_ends_somewhere() -> None:
    schema: JsonObject = {
        "properties": {
            "path": {"description": "Path of the file"},
            "parts": {"type": "array", "items": {"properties": {"body": {}}}},
            "ファイルパス": {},
            "again": {"$ref": "#"},
        }
    }
    told = {pointer: dict(meanings) for pointer, meanings in Tool({"name": "t", "inputSchema": schema}).declared()}
    assert told["/path"] == {Meaning.PATH: (Source.NAME, Source.DESCRIPTION)}
    assert told["/parts/*/body"] == {Meaning.TEXT: (Source.NAME,)}
    assert told["/ファイルパス"] == {Meaning.PATH: (Source.NAME,)}
    assert max(pointer.count("/") for pointer in told) == 6
    assert len(told) <= 256


def test_what_a_shell_is_given_to_run_is_a_command_of_its_own_in_a_list_of_words() -> None:
    made = tool("exec", {"command": {"type": "array", "items": STRING}})
    line, flag, script, last = made.read({"command": ["bash", "-lc", "cd a && make", "x"]})
    assert line.value == "bash -lc 'cd a && make' x"
    assert (flag.meanings, script.meanings, last.meanings) == (
        {Meaning.ARGUMENT},
        {Meaning.COMMAND},
        {Meaning.ARGUMENT},
    )


def test_the_only_text_of_a_terminal_is_a_command_and_no_part_of_one() -> None:
    schema: JsonObject = {"properties": {"line": {"type": "string"}}}
    tool = Tool({"name": "execute_in_terminal", "inputSchema": schema})
    for value in ("ls", "ls | head -3", "-x"):
        assert [each.meanings for each in tool.read({"line": value})] == [{Meaning.COMMAND}]


@rows(
    ("value", "read_as"),
    [
        ("/rest/api/3/issue", "./rest/api/3/issue"),
        ("//169.254.169.254/x", "//169.254.169.254/x"),
        ("/\\169.254.169.254/x", "/\\169.254.169.254/x"),
        ("/rest/../../x", "/rest/../../x"),
        ("rest", "rest"),
    ],
)
def test_a_path_of_an_endpoint_begins_at_the_top_of_its_service(value: str, read_as: str) -> None:
    made = tool("api_get", {"path": {"type": "string", "description": "The API endpoint path"}})
    assert [each.value for each in made.read({"path": value})] == [read_as]


@rows(
    ("name", "parameter", "read_as"),
    [
        ("site_crawl", "includePaths", "./docs/.*"),
        ("url_map", "exclude_paths", "./docs/.*"),
        ("site_crawl", "paths", "/docs/.*"),
        ("site_crawl", "include_files", "/docs/.*"),
        ("archive_files", "include_paths", "/docs/.*"),
    ],
)
def test_what_a_crawler_goes_through_are_paths_of_the_site(name: str, parameter: str, read_as: str) -> None:
    made = tool(name, {"url": STRING, parameter: {"type": "array", "items": STRING}})
    assert [each.value for each in made.read({parameter: ["/docs/.*"]})] == [read_as]


@rows(
    ("parameter", "value", "pointers"),
    [
        ("attachments", '["/etc/passwd", "a.txt"]', ["/etc/passwd", "a.txt"]),
        ("urls", '["http://127.0.0.1/"]', ["http://127.0.0.1/"]),
        ("path", "[slug]/page.tsx", []),
        ("labels", '["/etc/passwd"]', []),
    ],
)
def test_a_list_of_files_may_be_written_as_json(parameter: str, value: str, pointers: list[str]) -> None:
    made = tool("update_issue", {parameter: STRING})
    assert [each.value for each in made.read({parameter: value})] == [value, *pointers]
