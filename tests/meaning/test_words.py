"""Names cut into words, and what the table says about them."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import jsonschema

from sekisho.meaning.words import TOPICS, cut, lexicon, named
from tablekit import rows

DATA = files("sekisho").joinpath("data")
TABLE = tomllib.loads(DATA.joinpath("meanings.toml").read_text("utf-8"))


def test_the_table_keeps_its_schema() -> None:
    jsonschema.validate(TABLE, json.loads(DATA.joinpath("schemas", "meanings.json").read_text("utf-8")))


def test_no_name_has_two_kinds() -> None:
    kinds = [
        name
        for about, entry in TABLE.items()
        if "phrases" in entry and about not in {"parses", *TOPICS}
        for name in entry.get("names", ())
    ]
    acts = {
        name
        for act in ("fetches", "executes", "shells", "connects", "opens", "queries", "graphs")
        for name in TABLE[act]["names"]
    }
    plain = [name for name in kinds if name not in acts]
    assert sorted(plain) == sorted(set(plain))


@rows("name", ["saveTo", "save_to", "save-to", "SaveTo", "SAVE_TO", "save.to", "save to"])
def test_a_name_is_cut_the_same_in_every_style(name: str) -> None:
    assert cut(name) == ("save", "to")


def test_the_words_of_a_place_are_those_of_all_names_on_the_way_as_far_as_a_name_is_read() -> None:
    assert named("/saveTo/0/file_name") == ("save", "to", "0", "file", "name")
    assert named("/" + "a-" * 200) == ("a",) * 100


@rows(
    ("name", "words"),
    [
        ("baseURL", ("base", "url")),
        ("URLPath", ("url", "path")),
        ("file2", ("file", "2")),
        ("ファイル名", ("ファイル名",)),
        ("", ()),
        ("__", ()),
    ],
)
def test_acronyms_digits_and_other_scripts_are_words_of_their_own(name: str, words: tuple[str, ...]) -> None:
    assert cut(name) == words


@rows(
    ("name", "kind"),
    [
        ("file_path", "path"),
        ("fileContent", "text"),
        ("file_id", "word"),
        ("image_url", "url"),
        ("url_path", "path"),
        ("my_working_dir", "path"),
        ("saveTo", "path"),
        ("sqlQuery", "sql"),
        ("search_query", "text"),
        ("sqlQueries", "sql"),
        ("query2", "sql"),
        ("cyphers", "cypher"),
        ("path_10", "path"),
        ("path_100", None),
        ("image_base64", "text"),
        ("address", None),
        ("2", None),
        ("frobnicate", None),
        ("", None),
    ],
)
def test_the_longest_ending_of_a_name_decides(name: str, kind: str | None) -> None:
    assert lexicon().kind(cut(name)) == kind


@rows(
    ("said", "kinds"),
    [
        ("Path to the document", {"path"}),
        ("The URL or local file", {"url", "path"}),
        ("保存先のパス", {"path"}),
        ("ウェブページのURL", {"url", "fetches"}),
        ("curls and curlicues", set[str]()),
        ("", set[str]()),
    ],
)
def test_descriptions_speak_in_whole_words_and_several_languages(said: str, kinds: set[str]) -> None:
    assert lexicon().spoken(said) >= kinds
    assert kinds or not lexicon().spoken(said)


def test_what_a_tool_does_stands_in_its_name() -> None:
    assert lexicon().acting(cut("read_query")) == {"reads", "queries"}
    assert lexicon().acting(cut("nothing")) == frozenset()


@rows(
    ("name", "description", "asks"),
    [
        ("sql", "", True),
        ("sql2", "", True),
        ("sqlStatements", "", True),
        ("sql_mode", "", False),
        ("statement", "", False),
        ("q1", "The SQL query", True),
        ("batch", "SQL statements, one in a line", True),
        ("x", "実行するSQL文", True),
        ("note", "What you learnt about SQL", False),
    ],
)
def test_a_parameter_that_is_sql_says_so_by_name_or_description(name: str, description: str, *, asks: bool) -> None:
    assert lexicon().asks_in_sql(name, description) is asks


@rows(
    ("said", "kinds"),
    [
        ("Shell scripts to run", {"command"}),
        ("Absolute paths", set[str]()),
        ("File paths", {"path"}),
        ("Local directories", {"path"}),
        ("Cypher queries", {"cypher"}),
    ],
)
def test_descriptions_speak_of_several_things_as_of_one(said: str, kinds: set[str]) -> None:
    assert kinds <= lexicon().spoken(said)


def test_weak_names_and_carriers_are_known_in_the_plural_too() -> None:
    assert lexicon().says_little(cut("scripts"))
    assert lexicon().carries(cut("expressions"))


def test_a_weak_name_leaves_it_to_the_description() -> None:
    assert lexicon().says_little(("input",))
    assert not lexicon().says_little(("path",))
