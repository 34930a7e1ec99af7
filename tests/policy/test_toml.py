"""Places in TOML, compared with what `tomllib` reads."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.model.message_ids import MessageId
from sekisho.policy.problem import ConfigurationError, Place
from sekisho.policy.toml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.policy.toml import Path

KEYS = st.sampled_from(["a", "b", "-", "1", '"a"', "'b'", '"c d"', '"\\u0061x"', "'#'", '"]"', '""', '"\\""'])
BLANKS = st.sampled_from(["", " ", "\t "])
LINES = st.sampled_from(["\n", "\r\n", " # [x] = {\n", "\n\n\t"])
ATOMS = st.sampled_from([
    "1", "true", "-inf", "0x1f", "1979-05-27", "1979-05-27 07:32:00Z", '""', "''", '"a"', '"\\"#"', "'#]'", '"[{,"',
    '"""a"""', '"""\n"" \\" a"""', '"""a"""""', '"""""""', "'''\n''a''''", "''''''", '"""\\\n  a = 1"""',
    '"""#\n[x]"""',
])  # fmt: skip


def dotted_keys() -> st.SearchStrategy[str]:
    return st.lists(st.builds("{}{}{}".format, BLANKS, KEYS, BLANKS), min_size=1, max_size=3).map(".".join)


def lists(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    breaks = st.sampled_from(["", " ", "\n", " # ,]\n"])
    members = st.lists(st.builds("{}{}{}".format, breaks, values, breaks), max_size=3).map(",".join)
    return st.builds("[{}{}]".format, members, st.sampled_from(["", "\n", "# ]\n"]))


def tables(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.builds("{}={}{}{}".format, dotted_keys(), BLANKS, values, BLANKS)
    return st.lists(pairs, max_size=3).map(lambda each: f"{{{','.join(each)}}}")


VALUES = st.recursive(ATOMS, lambda inner: lists(inner) | tables(inner), max_leaves=6)
PAIRS = st.builds("{}={}{}".format, dotted_keys(), BLANKS, VALUES)
HEADERS = st.builds("[{}]".format, dotted_keys()) | st.builds("[[{}]]".format, dotted_keys())
STATEMENTS = st.builds("{}{}{}".format, BLANKS, PAIRS | HEADERS, LINES)


def paths(value: object, above: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, below in cast("dict[str, object]", value).items():
            yield (*above, key)
            yield from paths(below, (*above, key))
    elif isinstance(value, list):
        for number, below in enumerate(cast("list[object]", value)):
            yield (*above, number)
            yield from paths(below, (*above, number))


def reads(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


@given(st.lists(STATEMENTS, max_size=6))
def test_every_key_and_element_has_a_place_and_nothing_else(statements: list[str]) -> None:
    text = ""
    for statement in statements:  # those that make no TOML together are left out
        text += statement if reads(text + statement) else ""
    document = parse(text, file="f")
    assert document.values == tomllib.loads(text)
    assert set(document.places) == set(paths(document.values))
    lines = text.replace("\r\n", "\n").split("\n")
    for path, place in document.places.items():
        at = lines[place.line - 1][place.column - 1 :]
        assert at
        if isinstance(path[-1], str):
            assert at.startswith((path[-1] or '"', '"', "'"))


@given(st.text(max_size=40) | st.lists(st.sampled_from(list("a.=[]{}\"'\\\n#, 1")), max_size=12).map("".join))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        document = parse(text, file="f")
    except ConfigurationError as error:
        (problem,) = error.problems
        assert problem.message is MessageId.CONFIG_SYNTAX
        assert problem.place is not None
        assert 1 <= problem.place.line <= text.count("\n") + 1
    else:
        assert set(document.places) == set(paths(document.values))


def test_places_count_lines_and_columns_from_one() -> None:
    text = 'version = 1\r\n\r\n[servers.git]\r\n  command = [\r\n    "a", "b",\r\n]\r\nenv = { é = "x", Y.z = 1 }\r\n'
    places = parse(text.replace("é", '"é"'), file="f").places
    assert places[("version",)] == Place(1, 1)
    assert places[("servers",)] == Place(3, 2)
    assert places[("servers", "git")] == Place(3, 10)
    assert places[("servers", "git", "command")] == Place(4, 3)
    assert places[("servers", "git", "command", 1)] == Place(5, 10)
    assert places[("servers", "git", "env", "é")] == Place(7, 9)
    assert places[("servers", "git", "env", "Y", "z")] == Place(7, 22)


def test_a_table_below_an_array_of_tables_belongs_to_its_last_one() -> None:
    places = parse("[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2\n", file="f").places
    assert places[("a", 0, "b", "c")] == Place(3, 1)
    assert places[("a", 1)] == Place(4, 1)
    assert places[("a", 1, "b", "c")] == Place(6, 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = \n", Place(1, 5)),
        ("a = 1\nb = ", Place(2, 5)),
        ("a = 1\na = 2\n", Place(2, 6)),
        ('a = "\x00"', Place(1, 6)),
    ],
)
def test_what_is_not_toml_is_told_with_its_place(text: str, place: Place) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse(text, file="f")
    (problem,) = caught.value.problems
    assert (problem.message, problem.file, problem.place) == (MessageId.CONFIG_SYNTAX, "f", place)
    assert "line" not in str(problem.values["problem"])


def test_a_number_that_nobody_can_read_is_no_crash() -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse(f"a = {'1' * 5000}", file="f")
    assert caught.value.problems[0].message is MessageId.CONFIG_SYNTAX


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse(f"a = {'[' * 100_000}", file="f")
    assert caught.value.problems[0].message is MessageId.CONFIG_TOO_DEEP


def test_a_long_file_is_walked_in_one_go() -> None:
    text = "".join(f'[servers.a{number}]\ncommand = [\'x\', """y"""]\n' for number in range(4_000))
    assert len(parse(text, file="f").places) == 16_001
