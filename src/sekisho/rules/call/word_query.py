"""An identifier that brings a query.

## What it does
Reports identifiers (`id`, `user_id`, `slug`, `owner` and their like) with `?` or `&`, a name and `=` behind
them, and regions and tenants, which become a part of a host's name, with `/`, `?`, `#` or `@`.

## Why it matters
A server that puts the identifier into the path of a request asks for something else, in the caller's words.

## Seen in the wild
CWE-74: `GET /users/42?role=admin`.

## How to fix
Give the plain identifier.
A server encodes what it puts into a path.

## Known limits
An address in place of an identifier is judged as an address.
Keys of stores, names and titles may hold a query.
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
    id="word-query",
    title="An identifier brings a query",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(74,)),
    check=objecting("word-query"),
    bad=(call("get_user", user_id="42?role=admin"), call("get_user", id="42%3Frole=admin")),
    good=(
        call("get_user", user_id="42"),
        call("get_object", key="index.html?v=1"),
        call("get_page", page_id="https://notes.example/a?v=1", addresses={"notes.example": ["93.184.216.34"]}),
    ),
)
