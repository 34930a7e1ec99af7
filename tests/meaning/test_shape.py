"""What texts look like."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.meaning import shape
from tablekit import rows

PLACES = [
    "/etc/passwd", "~/.ssh/id_ed25519", "~root/x", "./a", "../a", "..", ".", "C:\\Windows", "c:/x", "\\\\host\\share",
    "file:///etc/passwd", "FILE:/etc", "%2fetc%2fpasswd", "\uff0fetc", "$HOME/.ssh", "${HOME}/x", "%USERPROFILE%\\x",
    "  /etc/passwd",
]  # fmt: skip
NO_PLACES = [
    "README.md", "src/app.py", "@scope/pkg", "a/b", "HEAD~1", "feature/x-1", "3/4", "", "not /etc/passwd",
    "/ is the root of everything and every other folder is below it, as the manual says", "/a\n/b", "/" * 5000,
]  # fmt: skip
CLIMBING = [
    "../../etc/passwd", "..", "a/../../b", "x/..", "..\\..\\b", "%2e%2e%2fetc", "%2E%2E/etc", "%252e%252e%252fetc",
    "..%2f..%2fb",
    "\uff0e\uff0e/etc", "..\uff0fetc", "id?file=../x",
    "users/..%5c..%5cx", "ref:../../x", "%c0%ae%c0%ae/x", "%u002e%u002e%u2215x",
]  # fmt: skip
NOT_CLIMBING = [
    "a..b",
    "new..file.txt",
    "1..10",
    "...",
    "v1.0..v2.0",
    "wait... what",
    "main..feature/x",
    "..hidden",
    "",
    "x" * 5000 + "/../",
]
ADDRESSES = [
    "http://a",
    "HTTPS://a/b?c",
    "ftp://x",
    "gopher://x",
    "//evil.example/x",
    "http:\\\\a",
    " http://a ",
    "foo+bar://x",
]
ODD = [
    "javascript:alert(1)",
    "data:text/html,x",
    "tel:*#06#",
    "content://contacts/people/1",
    "file:/etc/passwd",
    "intent:#Intent;end",
]
NO_ADDRESSES = [
    "nginx:latest",
    "a:b",
    "C:\\x",
    "see http://a for more",
    "note: this",
    "12:30",
    "",
    "http",
    "k8s:pods",
]
QUERIES = [
    "SELECT 1", "  select 1", "/**/DROP TABLE users", "-- x\nDELETE FROM a", "(SELECT 1)",
    ";;attach database 'x' as y", "WITH a AS (SELECT 1) SELECT * FROM a",
    "PRAGMA table_info(x)",
]  # fmt: skip
NO_QUERIES = ["selection", "printer", "", "my select", "droplet", "SELECTED items"]


@rows("value", PLACES)
def test_places_look_like_places(value: str) -> None:
    assert shape.is_path(value)


@rows("value", NO_PLACES)
def test_names_and_prose_do_not_look_like_places(value: str) -> None:
    assert not shape.is_path(value)


@rows("value", CLIMBING)
def test_a_step_upwards_is_seen_in_every_spelling(value: str) -> None:
    assert shape.is_climbing(value)


@rows("value", NOT_CLIMBING)
def test_two_dots_alone_are_no_step(value: str) -> None:
    assert not shape.is_climbing(value)


@rows("value", ADDRESSES)
def test_addresses_stand_alone(value: str) -> None:
    assert shape.is_address(value)
    assert shape.address_alone(value)


@rows(
    ("value", "fetched"), [("HTTP://a", True), ("//a/b", True), ("tel:1", True), ("notes://a", False), ("a b", False)]
)
def test_a_name_of_a_servers_own_is_not_fetched(value: str, *, fetched: bool) -> None:
    assert shape.is_fetched(value) is fetched


@rows("value", ODD)
def test_schemes_without_a_host_are_addresses_too(value: str) -> None:
    assert shape.is_address(value)


@rows("value", NO_ADDRESSES)
def test_a_colon_makes_no_address(value: str) -> None:
    assert not shape.is_address(value)


@rows("value", QUERIES)
def test_queries_begin_with_a_statement_behind_comments(value: str) -> None:
    assert shape.is_query(value)


@rows("value", NO_QUERIES)
def test_words_that_begin_like_statements_are_none(value: str) -> None:
    assert not shape.is_query(value)


@rows(("value", "encoded"), [("{}", True), (" [1] ", True), ("{", False), ("[}", False), ("x", False), ("", False)])
def test_encoded_values_have_both_brackets(value: str, *, encoded: bool) -> None:
    assert shape.is_json(value) is encoded


@rows(("value", "single"), [("a", True), (" a ", True), ("a b", False), ("", False), (" ", False)])
def test_a_single_word_has_no_space_inside(value: str, *, single: bool) -> None:
    assert shape.is_single_word(value) is single


@given(st.text())
def test_no_text_is_too_odd_to_be_looked_at(value: str) -> None:
    for look in (
        shape.is_path,
        shape.is_climbing,
        shape.is_address,
        shape.address_alone,
        shape.is_query,
        shape.is_json,
        shape.is_single_word,
    ):
        assert look(value) in (True, False)


@rows(
    ("key", "expected"),
    [
        ("title = 'x', admin", True),
        ("a=1, b", True),
        ("a) VALUES (1); --", True),
        ("id) where 1", True),
        ("first name", False),
        ("Sales (2024)", False),
        ("price >=", False),
        ("a = b", False),
        ("Customer's name", False),
    ],
)
def test_the_name_of_a_column_is_no_more_than_a_name(key: str, *, expected: bool) -> None:
    assert shape.is_more_than_a_name(key) is expected


@rows(
    ("value", "expected"),
    [
        ("\\documentclass{article}", False),
        ("\\verb|a|", False),
        ("\\srv\\share", True),
        ("@/etc/passwd", True),
        ("msl:a.msl", True),
    ],
)
def test_a_command_of_tex_is_no_path_and_what_programs_for_media_read_is_one(value: str, *, expected: bool) -> None:
    assert shape.is_path(value) is expected


def test_an_address_among_many_values_of_one_text_is_found_wherever_it_stands() -> None:
    assert shape.holds_fetched(f"{'note, ' * 200}http://a.example/")
    assert not shape.holds_fetched(f"{'note, ' * 200}see http://a.example/ there")


SIGNS = st.lists(
    st.sampled_from([".", "..", "/", "//", ":", "://", "http", "file", "%2e", "%", "\\", "a", " ", "\uff0e", "\n"]),
    max_size=8,
).map("".join)


@given(SIGNS | st.text())
def test_what_leads_nowhere_by_its_letters_leads_nowhere(value: str) -> None:
    looks = (shape.is_climbing, shape.is_fetched, shape.holds_fetched, shape.is_web, shape.is_file_uri)
    assert not (shape.is_placeless(value) and any(look(value) for look in looks))


@rows(("value", "expected"), [("notes/today.md", True), ("a..b", False), ("a//b", False), ("a:b", False), ("é", False)])
def test_the_first_look_for_places_is_at_letters(value: str, *, expected: bool) -> None:
    assert shape.is_placeless(value) is expected


@rows(
    ("words", "expected"),
    [
        (["bash", "-c"], True),
        (["/bin/sh", "-lc"], True),
        (["docker", "exec", "web", "sh", "-c"], True),
        (["bash"], False),
        (["bash", "-x"], False),
        (["git", "-c"], False),
        (["a b/bash", "-c"], False),
    ],
)
def test_a_shell_and_its_flag_stand_before_a_script(words: list[str], *, expected: bool) -> None:
    assert shape.is_before_script(words) is expected


@rows(
    ("value", "expected"),
    [
        ("a; b", True),
        ("\n会議", True),
        (" \n" * 200 + "会議; b", True),
        ("会議" * 200 + "; b", False),
        ("会議 --a=b", True),
        ("会議の記録を探す。", False),
        ("会議$(b", True),
        ("a, b; c", False),
    ],
)
def test_a_command_may_follow_a_word_in_any_language(value: str, *, expected: bool) -> None:
    assert shape.is_word_and_more(value) is expected


@given(SIGNS | st.text())
def test_what_is_several_words_is_no_address(value: str) -> None:
    assert not (shape.is_several_words(value) and shape.is_address(value))


@rows(
    ("value", "expected"),
    [
        ("SELECT a FROM b", True),
        ("EXEC xp_cmdshell 'dir'", True),
        ("CALL a.b()", True),
        ("GRANT ALL ON a TO b", True),
        ("LOAD DATA INFILE 'a'", True),
        ("SET GLOBAL a = 1", True),
        ("1; DROP TABLE a", True),
        ("call centers near me", False),
        ("set the table for two", False),
        ("show all deals where stage is 'won'", False),
        ("What was granted in 2020?", False),
        ("a" * 100_000, False),
    ],
)
def test_a_statement_is_told_from_words_that_begin_like_one(value: str, *, expected: bool) -> None:
    assert shape.is_certain_query(value) is expected
