"""A query of a graph database that changes what it should only read.

## What it does
Reports clauses that change data where the tool only reads, and in any tool those that change the schema or rights or
delete every node, wherever they stand: in `CALL { … }`, in `FOREACH`, behind `EXPLAIN`.

## Why it matters
The server looks for a few words, or for nothing.

## Seen in the wild
A server's tool for reading looked for six words, and missed those in `FOREACH` and `CALL { … }`.

## How to fix
Call the tool that writes, or change the schema by hand.

## Known limits
A procedure that changes something is reported as one that reaches beyond the graph.
"""

from __future__ import annotations

from typing import Final

from sekisho.model.finding import Confidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.called import objecting
from sekisho.rules.example import call

__all__ = ["RULE"]

RULE: Final = Rule(
    id="cypher-write",
    title="The query writes to the graph where the tool reads, or changes its schema",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(943,)),
    check=objecting("cypher-write"),
    bad=(
        call("read_neo4j_cypher", query="MATCH (n) CALL { WITH n DETACH DELETE n }"),
        call("write_neo4j_cypher", query="DROP CONSTRAINT a"),
        call("write_neo4j_cypher", query="MATCH (n) DETACH DELETE n"),
    ),
    good=(
        call("read_neo4j_cypher", query="MATCH (n:Set)-[:CREATE]->(m) WHERE n.note CONTAINS 'delete' RETURN m.set"),
        call("write_neo4j_cypher", query="MERGE (n:Person {name: $name}) SET n.seen = true"),
    ),
)
