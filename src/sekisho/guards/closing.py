r"""The guard for values that close the text in which a server puts them, and go on as a query that is none of SQL.

- `query-closes`: a bracket of LDAP that ends a filter, a quotation mark behind which XPath, Cypher or GraphQL goes on
  (CWE-90, CWE-643, CWE-943), and an operation of GraphQL that changes something where the tool only asks.

Names and texts hold quotation marks and brackets; what none of them holds is the next clause of the language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["LONGEST", "judge_closing", "judge_operation"]

LONGEST: Final = 16 * 1024
"""Characters that are read."""

_MARKS: Final = re.compile(r"[()'\"`{}\x00]")
_COMPARED: Final = r"(?:['\"`]|[\w.@(/*]{1,60}\s{0,8}(?:[=<>(]|!=|contains\b|starts\b|is\b|in\b))"
_CLAUSES: Final = (
    r"(?:return|with|match|optional\s{1,4}match|detach\s{1,4}delete|delete|remove|set|create|merge|call|union|unwind|"
    r"foreach|load\s{1,4}csv|where)(?:\s{1,8}\w|\s{0,8}[({*\[])"
)
_LANGUAGES: Final = {
    "ldap": re.compile(
        r"\)\s{0,8}\(\s{0,8}(?:[&|!]|[\w;.-]{1,60}\s{0,4}[~<>]?=)|\*\s{0,8}\)\s{0,8}\(|\)\s{0,4}\)\s{0,4}(?:\(|\x00)|\x00"
    ),
    "xpath": re.compile(
        rf"['\"]\s{{0,8}}[\])]{{0,4}}\s{{0,8}}(?:(?:or|and)\s{{1,8}}(?:not\s{{0,4}}\(|{_COMPARED})|\|\s{{0,8}}(?:/|\.\.|\w{{1,40}}::))"
        r"|['\"]\s{0,8}[\])]{1,4}\s{0,8}(?:/|\|)",
        re.IGNORECASE,
    ),
    "graphql": re.compile(
        r"['\"]\s{0,8}(?:\)\s{0,8}(?:\{|\w{1,60}\s{0,4}[({])|,\s{0,8}\w{1,60}\s{0,8}:\s{0,8}[\"{\[$\w])"
        r"|\}\s{0,8}(?:mutation|query|subscription|fragment)\b|\}\s{0,8}\w{1,60}\s{0,8}(?::\s{0,8}\w{1,60}\s{0,8})?[({]"
    ),
    "graph": re.compile(
        rf"(?:['\"`]\s{{0,8}}[}})\]]{{0,4}}|[}})]{{1,4}})\s{{0,8}}(?:(?:or|and|xor)\s{{1,8}}(?:not\s{{1,4}})?{_COMPARED}|{_CLAUSES})",
        re.IGNORECASE,
    ),
}
"""By the topic of a tool: how a value closes its text and goes on."""

_ASIDE: Final = re.compile(
    r"\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*+\"\"\"|\"(?:[^\"\\\n]|\\.)*+\"|#[^\n]*+|\([^(){}]{0,2000}\)", re.DOTALL
)
_TOKENS: Final = re.compile(r"[{}]|\bmutation\b")


def judge_closing(value: str, topics: Collection[str]) -> Judgement:
    """Judge a value that is no query itself, and no content.

    Args:
        value: the value.
        topics: of which name, description and launch line of the tool speak.
    """
    text = value[:LONGEST]
    if _MARKS.search(text) is None:
        return CLEAN
    for topic, closes in _LANGUAGES.items():
        if topic in topics and (found := closes.search(text)):
            return Judgement(objections=(Objection(rule="query-closes", start=found.start(), end=found.end()),))
    return CLEAN


def judge_operation(value: str) -> Judgement:
    """Judge a document of GraphQL that is given to a tool that only asks."""
    text = value[:LONGEST]
    if "mutation" not in text:
        return CLEAN
    depth = 0
    for found in _TOKENS.finditer(_ASIDE.sub(lambda each: " " * len(each[0]), text)):
        if found[0] == "mutation" and depth <= 0:
            return Judgement(objections=(Objection(rule="query-closes", start=found.start(), end=found.end()),))
        depth += (found[0] == "{") - (found[0] == "}")
    return CLEAN
