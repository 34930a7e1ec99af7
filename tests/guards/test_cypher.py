"""One table of queries of graph databases: what does more than its tool is for, and what looks like it and is honest."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.cypher import LONGEST, judge_cypher
from sekisho.guards.sql import Use
from tablekit import rows

DATA = files("sekisho") / "data"
HONEST = (
    "MATCH (n:Person {name: 'x'}) RETURN n.name, count(*) ORDER BY n.name LIMIT 10",
    "MATCH (a)-[:CREATE|DELETE]->(b:Set) RETURN a.set, b.remove",
    "CALL db.labels()",
    "CALL db.labels() YIELD label RETURN label",
    "MATCH (n) WHERE n.text CONTAINS 'create; delete' RETURN n // delete\n",
    "CALL { MATCH (n) RETURN n LIMIT 1 } RETURN n",
    "CALL (n) { MATCH (n)-->(m) RETURN m } RETURN m",
    "RETURN apoc.text.join(['a'], ',')",
    "CALL apoc.meta.schema()",
    "MATCH (n) RETURN {set: 1, create: n.delete}",
    "EXPLAIN MATCH (n) RETURN n",
    "SHOW INDEXES",
    "MATCH (n) WHERE n.id = $set RETURN n",
    "UNWIND $rows AS row RETURN row",
    "MATCH (n) RETURN date.truncate('day', n.d)",
    "CALL gds.pageRank.stream('g') YIELD nodeId RETURN nodeId",
    "OPTIONAL MATCH (a)-[r*1..3]-(b) WITH a, collect(b) AS bs RETURN size(bs)",
    "MATCH (n) WHERE n.`set` = 1 RETURN `n`.`create`",
    "MATCH (n) RETURN 1.5, n.a[1..3]",
    "MATCH (n) RETURN n.name AS `set`, `create`",
)
HARMFUL = (
    "CREATE (n)",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) SET n.a=1",
    "EXPLAIN CREATE (n)",
    "CALL { CREATE (n) }",
    "MATCH (n) FOREACH (x IN [1] | SET n.a=x)",
    "LOAD CSV FROM 'http://x' AS l RETURN l",
    "load/**/csv from 'x' as l return l",
    "CALL apoc.load.json('file:///etc/passwd')",
    "CALL/**/apoc.load.json('x') YIELD value RETURN value",
    "CALL `apoc`.`load`.`json`('x')",
    "CALL apoc . load . json('x')",
    "CALL dbms.killQuery('x')",
    "RETURN apoc.cypher.runFirstColumnSingle('x',{})",
    "DROP INDEX x",
    "CREATE USER x",
    "MATCH (n) RETURN n UNION CREATE (m) RETURN m",
    "MATCH (n {a:'\\u0027}) DELETE n //'})",
    "MATCH (n) WHERE n.a='x",
    "/* ",
    "CALL apoc.load.csv.stream('x')",
    "MATCH (n) REMOVE n.a",
    "MERGE (n)",
    "INSERT (n)",
    "USE system SHOW USERS YIELD * MATCH (n) DELETE n",
    "CALL call.x()",
    "CYPHER 5 CREATE (n)",
    "PROFILE CREATE (n)",
    "CALL apoc.meta.x.y('') YIELD v CALL apoc.load.xml('') YIELD z RETURN z",
    "RETURN apoc.load.jsonArray('x')",
    "MATCH (n) RETURN [x IN [1] | apoc.load.jsonArray('x')]",
    "MATCH p=(a)-->(b) WITH * CALL apoc.periodic.iterate('','',{})",
    "OPTIONAL CALL apoc.load.json('x')",
    "CALL apoc.\nload.json('x')",
    "CALL\nCALL",
    "RETURN 1. CREATE (n)",
)


def rules(value: str, use: Use = Use.READ) -> set[str]:
    return {each.rule for each in judge_cypher(value, use).objections}


def test_the_table_keeps_its_schema() -> None:
    schema = json.loads((DATA / "schemas" / "cypher.json").read_text("utf-8"))
    jsonschema.validate(tomllib.loads((DATA / "cypher.toml").read_text("utf-8")), schema)


@rows("value", HONEST)
def test_a_query_that_only_asks_passes(value: str) -> None:
    assert not rules(value)


@rows("value", HARMFUL)
def test_a_query_that_does_more_than_to_ask_is_objected_to(value: str) -> None:
    assert rules(value)


@rows(
    ("value", "use", "found"),
    [
        ("MERGE (n {a: 1}) SET n.b = 2", Use.WRITE, set[str]()),
        ("CREATE INDEX a FOR (n:B) ON (n.c)", Use.WRITE, {"cypher-write"}),
        ("CREATE INDEX a FOR (n:B) ON (n.c)", Use.SCHEMA, set[str]()),
        ("DROP INDEX a", Use.SCHEMA, {"cypher-write"}),
        ("CREATE USER a SET PASSWORD 'b'", Use.SCHEMA, {"cypher-write"}),
        ("DROP INDEX a", Use.ANY, set[str]()),
        ("LOAD CSV FROM 'a' AS b CREATE (b)", Use.ANY, {"cypher-reach"}),
        ("LOAD CSV FROM 'a' AS b CREATE (b)", Use.READ, {"cypher-reach", "cypher-write"}),
    ],
)
def test_a_tool_may_do_what_it_is_there_for(value: str, use: Use, found: set[str]) -> None:
    assert rules(value, use) == found


def test_a_query_that_is_too_long_is_not_read() -> None:
    assert rules("MATCH (n) RETURN n //" + "a" * LONGEST) == {"cypher-reach"}


@given(st.text(alphabet="ac.(){}[]:|`'\"/*\\ \n$;", max_size=60))
def test_no_text_makes_it_fail(value: str) -> None:
    rules(value)


@given(
    st.sampled_from(
        [each for each in HARMFUL if "'" not in each and "\n" not in each and "/" not in each and "`" not in each]
    ),
    st.sampled_from([" ", "\n", "/**/", "// x\n", "\t"]),
    st.booleans(),
)
def test_neither_case_nor_space_nor_comments_hide_anything(value: str, space: str, upper: bool) -> None:  # noqa: FBT001 - drawn
    text = value.replace(" ", space)
    assert rules(text.upper() if upper else text.lower())


@rows(
    ("value", "every"),
    [
        ("MATCH (n) DETACH DELETE n", True),
        ("MATCH (n:Person) DETACH DELETE n", True),
        ("MATCH ()-[r:KNOWS]->() DELETE r", True),
        ("MATCH (n:Person {id: 3}) DETACH DELETE n", False),
        ("MATCH (n) WHERE n.done DETACH DELETE n", False),
        ("MATCH (n) WITH n LIMIT 10 DETACH DELETE n", False),
        ("MATCH (n:Delete) SET n.a = 1", False),
        ("CREATE (n) DELETE n", False),
    ],
)
def test_who_may_change_a_graph_may_not_delete_every_node(value: str, *, every: bool) -> None:
    assert {each.rule for each in judge_cypher(value, Use.WRITE).objections} == ({"cypher-write"} if every else set())
    assert not judge_cypher(value, Use.ANY).objections
