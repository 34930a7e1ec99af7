from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sekisho.engine.standing import standing
from sekisho.guards.path import PathFacts
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import ServerFacts
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject

FACTS = ServerFacts(path=PathFacts(roots=("/work",), base="/work", home="/home/me"))


def where(facts: ServerFacts = FACTS, name: str = "run_command", **given: str) -> PathFacts | None:
    """Return where a command begins that is one of some arguments."""
    properties: JsonObject = {key: {"type": "string"} for key in given if key != "extra"}
    tool = Tool({"name": name, "inputSchema": {"type": "object", "properties": properties}})
    return standing(tool.read({**given}), tool, facts)


@rows(
    ("cwd", "base"),
    [
        ("/work/a", "/work/a"),
        ("a", "/work/a"),
        ("~/a", "/home/me/a"),
        ("C:/a", "C:/a"),
        ("", "/work"),
    ],
)
def test_a_command_begins_at_the_folder_that_its_call_names(cwd: str, base: str) -> None:
    begun = where(command="ls", cwd=cwd)
    assert begun is not None
    assert begun.base == base


def test_without_such_a_folder_it_begins_where_the_server_works() -> None:
    assert where(command="ls") == FACTS.path
    assert where(command="ls", cwd="/a", dir="/b") == FACTS.path


def test_only_a_folder_in_which_it_runs_is_one_in_which_it_begins() -> None:
    assert where(command="ls", log_path="/work/a/b/c") == FACTS.path
    assert where(command="ls", output_file="/work/a/b/c") == FACTS.path
    for name in ("repo_path", "working_directory", "projectPath"):
        begun = where(FACTS, "run_command", **{"command": "ls", name: "/work/a"})
        assert begun is not None
        assert begun.base == "/work/a"


def test_nothing_is_known_of_another_system() -> None:
    assert where(replace(FACTS, remote=True), command="ls") is None
    assert where(name="run_in_container", command="ls") is None
    assert where(command="ls", pod="x") is None


def test_who_names_another_system_undeclared_changes_nothing() -> None:
    tool = Tool({"name": "run_command", "inputSchema": {"properties": {"command": {"type": "string"}}}})
    assert standing(tool.read({"command": "ls", "container": "x"}), tool, FACTS) == FACTS.path


def test_an_unknown_beginning_and_home_stay_unknown() -> None:
    begun = where(ServerFacts(path=PathFacts(roots=("/work",))), command="ls", cwd="~/a")
    assert begun is not None
    assert begun.base == "~/a"
