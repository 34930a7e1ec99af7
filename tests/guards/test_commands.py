from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import jsonschema

from sekisho.guards.bash import parse
from sekisho.guards.commands import called, commands, plain_name
from tablekit import rows

DATA = files("sekisho") / "data"


def test_the_table_keeps_its_schema() -> None:
    table = tomllib.loads(DATA.joinpath("commands.toml").read_text("utf-8"))
    jsonschema.validate(table, json.loads(DATA.joinpath("schemas", "commands.json").read_text("utf-8")))


def test_a_program_is_either_harmless_or_not() -> None:
    table = commands()
    assert not table.system & (table.readers | table.developers)
    assert not table.shells & (table.readers | table.developers)


@rows(
    ("word", "name"),
    [
        ("ls", "ls"),
        ("/bin/ls", "ls"),
        ("/usr/bin/LS", "ls"),
        ("git.exe", "git"),
        ("./ls", "./ls"),
        ("/tmp/ls", "/tmp/ls"),
        ("/usr/bin/../../tmp/ls", "/usr/bin/../../tmp/ls"),
        ("", ""),
        (".venv/bin/pytest", "pytest"),
        ("./node_modules/.bin/tsc", "tsc"),
        ("venv/bin/evil", "venv/bin/evil"),
        ("./gradlew", "gradlew"),
        ("bin/rails", "rails"),
        ("bin/canary", "bin/canary"),
    ],
)
def test_a_program_has_a_plain_name_only_where_systems_keep_theirs(word: str, name: str) -> None:
    assert plain_name(word) == name


@rows(
    ("program", "word", "risky"),
    [
        ("kubectl", "--server", True),
        ("kubectl", "--server=x", True),
        ("kubectl", "-shttp://x", True),
        ("kubectl", "--server-side", False),
        ("curl", "-X", False),
        ("curl", "-xhttp://y", True),
        ("ls", "--server", False),
        ("ssh", "-oProxyCommand=x", True),
        ("tar", "--checkpoint-act=exec=x", True),
        ("tar", "--exclude=x", False),
        ("kubectl", "--client", False),
        ("go", "-ldflags=-s -w", False),
        ("go", "-ldflags=-s -w -X main.version=1.2", False),
        ("go", "-ldflags=-s -extld=/tmp/x", True),
        ("go", "-ldflags", True),
        ("curl", "-sSKx", True),
        ("curl", "-soT", False),
        ("curl", "-s=T", False),
        ("curl", "-sS", False),
        ("curl", "x", False),
        ("docker", "--net=host", True),
    ],
)
def test_an_option_is_risky_for_its_program(program: str, word: str, risky: bool) -> None:  # noqa: FBT001 - a column
    assert commands().risky(program, word) is risky


def test_an_option_may_be_risky_for_any_program() -> None:
    assert commands().risky_for_any("--upload-pack=x", ())
    assert not commands().risky_for_any("--upload-pack=x", ("kubectl",))


@rows(
    ("word", "name"),
    [("LS", "ls"), ("git", "git"), ("node.EXE", "node"), ("/usr/bin/Git", "git"), ("", ""), ("é", "é")],
)
def test_a_program_is_called_the_same_in_every_case(word: str, name: str) -> None:
    assert plain_name(word) == name


def test_the_programs_of_a_command_are_named_once_each() -> None:
    assert called(parse("ls | /bin/ls && $(git.exe log) ; Cat x")) == {"ls", "git", "cat", "$(git.exe log)"}
