"""A query of a graph database that leaves the graph.

## What it does
Reports `LOAD CSV`, procedures and functions that are not known to tell or compute only, and what cannot be read.

## Why it matters
Such a procedure reads files and addresses, runs other queries or governs the server, and yet counts as reading.

## Seen in the wild
A server's tool for reading passed `CALL apoc.load.json('file:///…')` (GHSA-2rgm-qm78-ggx5), another one `LOAD CSV`.

## How to fix
Do it by hand, or ask with `MATCH` and the procedures that tell about the schema.

## Known limits
A procedure of a plug-in of one's own is refused.
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
    id="cypher-reach",
    title="The query reaches beyond its graph",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(918, 943)),
    check=objecting("cypher-reach"),
    bad=(
        call("read_neo4j_cypher", query="CALL apoc.load.json('file:///srv/a.json') YIELD value RETURN value"),
        call("read_neo4j_cypher", query="LOAD/**/CSV FROM 'http://192.0.2.1/' AS line RETURN line"),
    ),
    good=(call("read_neo4j_cypher", query="CALL db.labels() YIELD label RETURN label"),),
)
