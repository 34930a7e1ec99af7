"""Judgements for a worker: what is asked finds its answer, and the answer is the one that this process would give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.test_cost import doubled
from sekisho.engine.jobs import (
    LONGEST,
    breaches_of,
    command_job,
    objections_of,
    path_told,
    path_written,
    perform,
    query_job,
    schema_job,
)
from sekisho.guards.contract import Breach
from sekisho.guards.path import PathFacts
from sekisho.guards.shell import CommandFacts, judge_command
from sekisho.guards.sql import SqlFacts, Use, judge_sql
from sekisho.wire.strict import Limits, WireError, loads, serialise
from sekisho.wire.views import obj

VALUES = ", ".join(map(str, range(5_000)))
LONG = f"SELECT a FROM t WHERE b IN ({VALUES})"  # noqa: S608 - nobody runs it


def test_a_long_query_is_judged_as_a_short_one_is() -> None:
    assert objections_of(perform(query_job(LONG, SqlFacts(use=Use.READ)).subject)) == ()
    for facts in (SqlFacts(use=Use.READ), SqlFacts(use=Use.READ, dialect="sqlite")):
        (found,) = objections_of(perform(query_job(f"DELETE{LONG[8:]}", facts).subject))
        (short,) = judge_sql("DELETE FROM t WHERE a = 1", facts).objections
        assert (found.rule, found.numbers) == (short.rule, short.numbers)


def test_a_long_command_is_judged_as_it_would_be_here() -> None:
    every = frozenset({"ls"})
    for value in ("ls; blockedcmd x", "get pods; touch x", "ls"):
        for facts in (CommandFacts(only=every, prefix="ls", allowed=every), CommandFacts(listed=every)):
            assert objections_of(perform(command_job(value, facts).subject)) == judge_command(value, facts).objections


def test_a_long_command_is_judged_by_where_it_leads() -> None:
    where = PathFacts(roots=("/work",), own=("/work/s",), base="/work", home="/home/me")
    for value in ("touch /opt/x", "touch ../work/s/x", "touch x"):
        facts = CommandFacts(path=where)
        assert objections_of(perform(command_job(value, facts).subject)) == judge_command(value, facts).objections


@given(st.from_type(PathFacts))
def test_a_worker_knows_all_that_is_known_about_a_server_s_files(facts: PathFacts) -> None:
    written = loads(serialise(path_written(facts)), Limits())
    assert path_told(obj(written)) == facts


def test_a_schema_that_is_too_much_here_is_held_against_its_value_there() -> None:
    assert breaches_of(perform(schema_job(doubled(12), "a").subject)) == ()
    assert breaches_of(perform(schema_job({"required": ["a"]}, {}).subject)) == (Breach(("a",), "required"),)
    typed = schema_job({"items": {"type": ["string", "null"]}}, [1]).subject
    assert breaches_of(perform(typed)) == (Breach((0,), "type", ("null", "string")),)
    assert breaches_of(perform(schema_job(doubled(30), 1).subject)) is None


def test_who_asks_the_same_asks_once() -> None:
    assert query_job("SELECT 1", SqlFacts()) == query_job("SELECT 1", SqlFacts())


def test_what_is_no_job_is_not_done() -> None:
    with pytest.raises(LookupError):
        perform('{"job": "other"}')
    with pytest.raises(LookupError):
        perform("[]")
    with pytest.raises(WireError):
        perform("x" * (LONGEST + 1))


def test_an_answer_in_another_shape_is_none_that_counts() -> None:
    assert breaches_of('{"a": 1}') is None
    assert objections_of('[["sql-write", 0, "x", null]]')[0].end == 0
