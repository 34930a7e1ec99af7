from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.model.message_ids import MessageId as Id
from sekisho.policy.checking import check, locate, nearest, tabular
from sekisho.policy.problem import Place
from sekisho.policy.settings import SETTINGS
from sekisho.policy.toml import Document, parse
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.policy.problem import Problem

SECRET = "hunter2"  # noqa: S105 - that it is never told is the test


def problems(text: str) -> list[Problem]:
    return check(parse(text, file="f"), SETTINGS)


@rows(
    ("text", "message", "key"),
    [
        ("servers = 1", Id.CONFIG_TABLE, "servers"),
        ("[servers]\ngit = 1", Id.CONFIG_TABLE, "servers.git"),
        ("[[servers]]", Id.CONFIG_TABLE, "servers"),
        ("[servers.Git]", Id.CONFIG_ALIAS, "servers.Git"),
        ("[servers.sekisho]", Id.CONFIG_ALIAS, "servers.sekisho"),
        ("servers.git.command = 'x'", Id.CONFIG_TEXTS, "servers.git.command"),
        ("servers.git.command = []", Id.CONFIG_EMPTY, "servers.git.command"),
        ("servers.git.command = ['x', 1]", Id.CONFIG_TEXT, "servers.git.command[2]"),
        ("servers.git.command = ['']", Id.CONFIG_PLAIN, "servers.git.command[1]"),
        ('servers.git.command = ["a\\u0000"]', Id.CONFIG_PLAIN, "servers.git.command[1]"),
        ("servers.git.cwd = true", Id.CONFIG_TEXT, "servers.git.cwd"),
        ("servers.a.calls.b.parameters.c.fixed = []", Id.CONFIG_VALUE, "servers.a.calls.b.parameters.c.fixed"),
        ("servers.git.env = ['A=b']", Id.CONFIG_PAIRS, "servers.git.env"),
        ("servers.git.env.'A=' = 'b'", Id.CONFIG_VARIABLE, "servers.git.env.A="),
        ("servers.git.env.A = 1", Id.CONFIG_TEXT, "servers.git.env.A"),
        ("servers.git.pass_env = ['A=b']", Id.CONFIG_VARIABLE, "servers.git.pass_env[1]"),
        ("servers.git.url = 'git'", Id.CONFIG_ADDRESS, "servers.git.url"),
        ("servers.git.headers.'a b' = 'c'", Id.CONFIG_HEADER, "servers.git.headers.a b"),
        ("servers.git.headers.a = 'ä'", Id.CONFIG_HEADER_VALUE, "servers.git.headers.a"),
        ("servers.git.transport = 'ssh'", Id.CONFIG_CHOICE_NEAR, "servers.git.transport"),
        ("servers.git.transport = 'stdio'", Id.CONFIG_CHOICE, "servers.git.transport"),
        ("servers.git.transport = 1", Id.CONFIG_CHOICE, "servers.git.transport"),
        ("servers.git.mode = 'observe'", Id.CONFIG_NOT_YET, "servers.git.mode"),
        ("servers.git.tools.allow = 'x'", Id.CONFIG_TEXTS, "servers.git.tools.allow"),
        ("trust = 'reviw'", Id.CONFIG_CHOICE_NEAR, "trust"),
        ("mode = 'observe'", Id.CONFIG_NOT_YET, "mode"),
        ("servers.git.kommand = ['x']", Id.CONFIG_UNKNOWN_NEAR, "servers.git.kommand"),
        ("Servers = 1", Id.CONFIG_UNKNOWN_NEAR, "Servers"),
        ("zzz = 1", Id.CONFIG_UNKNOWN, "zzz"),
        ("limits = 1", Id.CONFIG_TABLE, "limits"),
        ("limits.message_depth = true", Id.CONFIG_WHOLE, "limits.message_depth"),
        ("limits.message_depth = 1", Id.CONFIG_WHOLE, "limits.message_depth"),
        ("limits.message_depth = 201", Id.CONFIG_WHOLE, "limits.message_depth"),
        ("limits.message_depth = 64.0", Id.CONFIG_WHOLE, "limits.message_depth"),
        ("version = 2", Id.CONFIG_NEWER, "version"),
        ("version = 0", Id.CONFIG_WHOLE, "version"),
        ("version = '1'", Id.CONFIG_WHOLE, "version"),
    ],
)
def test_what_is_wrong_is_told_with_its_key(text: str, message: Id, key: str) -> None:
    (problem,) = problems(text)
    assert (problem.message, problem.key, problem.file) == (message, key, "f")
    assert problem.place is not None


def test_everything_is_told_at_once_in_the_order_of_the_file() -> None:
    found = problems("zzz = 1\n[servers.git]\nurl = 'x'\ncommand = 1\n[limits]\n message_depht = 3\n")
    assert [(problem.place, problem.message) for problem in found] == [
        (Place(1, 1), Id.CONFIG_UNKNOWN),
        (Place(3, 1), Id.CONFIG_ADDRESS),
        (Place(3, 1), Id.CONFIG_APART),
        (Place(4, 1), Id.CONFIG_TEXTS),
        (Place(6, 2), Id.CONFIG_UNKNOWN_NEAR),
    ]


@pytest.mark.parametrize("key", ["cwd", "env", "pass_env"])
def test_what_is_for_a_program_does_not_go_with_an_address(key: str) -> None:
    value = {"cwd": "'x'", "env": "{}", "pass_env": "[]"}[key]
    (problem,) = problems(f"servers.a.url = 'http://a'\nservers.a.{key} = {value}")
    assert (problem.message, problem.values["other"]) == (Id.CONFIG_APART, "url")


@pytest.mark.parametrize(
    ("word", "expected"), [("kommand", "command"), ("URL", "url"), ("zzz", None), ("u" * 999, None)]
)
def test_the_nearest_is_one_that_was_meant(word: str, expected: str | None) -> None:
    assert nearest(word, ["command", "url", "env"]) == expected


def test_what_has_no_place_is_told_at_the_table_above_it() -> None:
    document = parse("\n[servers.git]", file="f")
    assert locate(document, ("servers", "git", "command", 0)) == Place(2, 10)
    assert locate(document, ("limits",)) is None


def test_only_a_table_is_one() -> None:
    assert tabular({}) == {}
    assert tabular([]) is None


@rows(
    "text",
    [
        f"servers.git.env.A = ['{SECRET}']",
        f'servers.git.env.A = "{SECRET}\\u0000"',
        f"servers.git.headers.A = 'ä{SECRET}'",
        f"servers.git.url = '{SECRET}'",
        f"servers.git.command = '{SECRET}'",
        f"servers.git.pass_env = ['{SECRET}=']",
        f"servers.git.cwd = ['{SECRET}']",
        f"servers.git.transport = '{SECRET}'",
        f"version = '{SECRET}'",
    ],
)
def test_no_value_is_told(text: str) -> None:
    found = problems(text)
    assert found
    assert SECRET not in json.dumps([[problem.key, dict(problem.values)] for problem in found])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["servers", "git", "command", "url", "env", "limits", "trust", "message_depth"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
)


@given(st.dictionaries(st.sampled_from(["servers", "limits", "version", "mode", "x"]), VALUES))
def test_any_values_are_judged_without_a_fault(values: dict[str, object]) -> None:
    for problem in check(Document(file="f", values=values, places={}), SETTINGS):
        assert problem.key
