"""Each argument goes to the guards of its meanings, and what they need is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sekisho.engine.guarding import guard
from sekisho.guards.objection import NOTHING_TOLD, Need, Told, Wanted
from sekisho.meaning.argument import Argument, Meaning
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import NOTHING_KNOWN, Site, facts_of_launch
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.engine.guarding import Guarded
    from sekisho.policy.facts import ServerFacts
    from sekisho.wire.strict import JsonObject

HERE = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset())


def judge(name: str, arguments: JsonObject, facts: ServerFacts = HERE, told: Told = NOTHING_TOLD) -> Guarded:
    schema: JsonObject = {"type": "object", "properties": {key: {"type": "string"} for key in arguments}}
    made = Tool({"name": name, "inputSchema": schema})
    return guard(made.read(arguments), made, facts, told)


def rules(name: str, arguments: JsonObject, facts: ServerFacts = HERE) -> set[str]:
    return {each.objection.rule for each in judge(name, arguments, facts).found}


@rows(
    ("name", "arguments", "rule"),
    [
        ("read_file", {"path": "/work_secret/key"}, "path-outside-roots"),
        ("write_file", {"path": "/work/.git/hooks/pre-commit"}, "path-protected"),
        ("fetch", {"url": "http://127.0.0.1/"}, "url-private"),
        ("connect", {"host": "169.254.169.254"}, "url-private"),
        ("run", {"command": "rm -rf ~"}, "shell-danger"),
        ("kubectl", {"command": "get pods; touch x"}, "shell-other-program"),
        ("get_file", {"key": "a$(x)"}, "word-shell"),
        ("get_pod", {"name": "--server=x"}, "word-option"),
        ("git_grep", {"pattern": "x; rm -rf /"}, "word-shell"),
        ("read_query", {"query": "/**/DROP TABLE users"}, "sql-write"),
        ("write_query", {"query": "ATTACH DATABASE '/tmp/x' AS p"}, "sql-reach"),
        ("describe_table", {"table_name": "users) -- "}, "sql-identifier"),
        ("convert", {"uri": "file:///home/me/.aws/credentials"}, "path-credential"),
    ],
)
def test_a_dangerous_value_is_objected_to_by_the_guard_of_its_meaning(
    name: str, arguments: JsonObject, rule: str
) -> None:
    assert rule in rules(name, arguments)


@rows(
    ("name", "arguments"),
    [
        ("read_file", {"path": "/work/a/../b.txt"}),
        ("write_file", {"path": "a.txt", "content": "../../etc/passwd; rm -rf / $(x) http://127.0.0.1"}),
        ("read_file", {"path": "/work/.git/hooks/pre-commit"}),
        ("run", {"command": "git status && ls -la | head"}),
        ("kubectl", {"command": "kubectl get pods -n default"}),
        ("create_branch", {"branch": "feature/x-1"}),
        ("convert", {"uri": "file:///work/a.txt"}),
        ("convert", {"uri": "data:text/html,x"}),
        ("read_query", {"query": "SELECT a FROM b WHERE c LIKE '%; DROP TABLE d%'"}),
        ("write_query", {"query": "INSERT INTO a(b) VALUES ('; DROP TABLE c; --')"}),
        ("describe_table", {"table_name": "tickets"}),
        ("search", {"query": "SELECT a; DROP TABLE b"}),
        ("say", {"text": "file:///etc/passwd"}),
    ],
)
def test_an_honest_value_passes(name: str, arguments: JsonObject) -> None:
    assert rules(name, arguments) == set()


def test_the_launch_line_tells_which_program_gets_a_value() -> None:
    facts = facts_of_launch(Site(cwd="/work"), words=("mcp", "git"), hosts=frozenset())
    assert rules("search", {"pattern": "x; rm -rf /"}, facts) == {"word-shell"}
    assert rules("search", {"pattern": "x; rm -rf /"}) == set()


def test_where_links_lead_and_hosts_resolve_is_asked_for_once() -> None:
    judged = judge("copy", {"source": "/work/a", "path": "/work/a", "url": "https://docs.example/"})
    assert judged.needs == (Need(Wanted.REAL_PATH, "/work/a"), Need(Wanted.ADDRESSES, "docs.example"))


def test_answers_to_needs_are_judged() -> None:
    told = Told(real_paths={"/work/a": "/home/me/a"}, addresses={"docs.example": ("10.0.0.1",)})
    judged = judge("copy", {"path": "/work/a", "url": "https://docs.example/"}, told=told)
    assert [each.objection.rule for each in judged.found] == ["path-link", "url-private"]
    assert judged.needs == ()


def test_a_fact_that_cannot_be_had_is_objected_to() -> None:
    told = Told(real_paths={"/work/a": None}, addresses={"docs.example": None})
    judged = judge("copy", {"path": "/work/a", "url": "https://docs.example/"}, told=told)
    assert {each.objection.rule for each in judged.found} == {"path-link", "url-unresolved"}


def test_of_a_server_elsewhere_nobody_declares_folders_but_credentials_stay_refused() -> None:
    assert rules("read_file", {"path": "/srv/data/a.txt"}, NOTHING_KNOWN) == set()
    assert rules("read_file", {"path": "/home/x/.ssh/id_rsa"}, NOTHING_KNOWN) == {"path-credential"}


@given(value=st.text(), meanings=st.frozensets(st.sampled_from(Meaning)))
def test_no_guard_raises_whatever_the_value_and_its_meanings(value: str, meanings: frozenset[Meaning]) -> None:
    made = Tool({})
    guard([Argument(pointer="/x", value=value, meanings=meanings)], made, HERE)
