"""What URIs fill into templates is judged by what these call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sekisho.engine.filled import filled, variables
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject


@rows(
    ("template", "uri", "values"),
    [
        ("db://{table}", "db://users%3B", {"table": "users;"}),
        ("db://{table}/rows", "db://users/rows", {"table": "users"}),
        ("db://{table}/rows", "db://users/columns", {}),
        ("db://{table}/rows", "db:", {}),
        ("db://{table}/rows", "db://s", {}),
        ("repo://{owner}/{repo}/at{/path*}", "repo://a/b/at/src/x", {"owner": "a", "repo": "b", "path": "src/x"}),
        ("repo://{owner}/{repo}", "repo://a", {}),
        ("x://{a}{b}", "x://one", {"a": "", "b": "one"}),
        ("x://a{?q,n}", "x://a?q=1&n=%24&z=3", {"q": "1", "n": "$"}),
        ("x://{+whole}", "x:///a/b", {"whole": "/a/b"}),
        ("x://{part:3}", "x://abc", {"part": "abc"}),
        ("x://fixed", "x://fixed", {}),
        ("", "", {}),
    ],
)  # fmt: skip
def test_a_uri_is_read_by_its_template(template: str, uri: str, values: dict[str, str]) -> None:
    assert variables(template, uri) == values


@rows(
    ("template", "uri", "expected"),
    [
        ("web://{url}", "web://http://127.0.0.1/", {"url"}),
        ("ps://{branch}", "ps://$(id)", {"word"}),
        ("notes://{path}", "notes:///etc/passwd", set[str]()),
        ("other://{url}", "web://x", set[str]()),
        ("x://{a}", "x://" + "a" * 10_000, set[str]()),
    ],
)
def test_what_is_filled_in_means_what_its_variable_means(template: str, uri: str, expected: set[str]) -> None:
    found = filled(uri, [{"name": "t", "uriTemplate": template}], ())
    assert {str(meaning) for each in found for meaning in each.meanings} == expected
    assert {each.pointer for each in found} <= {"/uri"}


def test_a_database_gets_names_only() -> None:
    template: JsonObject = {"name": "rows", "description": "Rows of a SQLite table", "uriTemplate": "db://{table}"}
    (found,) = filled("db://users; DROP TABLE x", [template], ())
    assert "sql-name" in found.meanings


@given(st.text(alphabet="{}?+/,*:=&ab", max_size=40), st.text(alphabet="?/,:=&ab%2", max_size=40))
def test_any_template_and_uri_are_read(template: str, uri: str) -> None:
    variables(template, uri)
