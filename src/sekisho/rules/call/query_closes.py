"""A value that ends the text in which it stands, and goes on as a query.

## What it does
Reports values for tools of LDAP, XPath, GraphQL and graph databases that close a bracket or a quotation mark and go on
in that language, and operations of GraphQL that change something in a tool that says that it only asks.

## Why it matters
A server that puts the value into a query by hand asks for something else: all users, a password, a deletion.

## Seen in the wild
CWE-90, CWE-643 and CWE-943, in servers that build a query out of a name.

## How to fix
Give the plain value.
A server hands values over as parameters of the query.

## Known limits
Values for SQL are judged as `sql-identifier`.
The language is known by the tool's name, its description and the launch line.
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
    id="query-closes",
    title="The value goes on as a query where it should end",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(90, 643, 943)),
    check=objecting("query-closes"),
    bad=(
        call("ldap_find_user", username="*)(uid=*))(|(uid=*"),
        call("xpath_find", name="x' or '1'='1"),
        call("neo4j_find_person", name="x' OR 1=1 WITH 1 AS a MATCH (n) DETACH DELETE n //"),
    ),
    good=(
        call("ldap_find_user", username="Sales (EMEA)"),
        call("xpath_find", name="l'Avenue"),
        call("neo4j_find_person", name="Rock 'n' Roll (live)"),
    ),
)
