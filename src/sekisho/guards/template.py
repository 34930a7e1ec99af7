"""The guard for values that are a template: those that reach for more than what they are filled with.

- `template-reaches`: names of Python's inside (`{0.__class__}`), of a template engine's own objects, statements that
  load something but a template below the engine's own folder, and directives of C's formats that write (`%hn`, `%1$n`).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import CLEAN, Judgement, Objection
from sekisho.text.signatures import SignatureSet

if TYPE_CHECKING:
    from re import Match

__all__ = ["LONGEST", "judge_lookup", "judge_template"]

_BEFORE: Final = 200
"""Characters in which the beginning of an expression is looked for."""

_MOST: Final = 1000
"""Suspicious names that are looked at; nobody writes as many."""

LONGEST: Final = 16 * 1024
"""Characters; in a text that is longer a suspicious name is enough, wherever it stands."""

_NAMES: Final = (
    r"(?P<inner>[.\[|]\s{0,8}['\"]?__\w{1,32}__)"
    r"|(?P<engine>\b__\w{1,32}__|\.mro\b|\|\s{0,8}attr\s{0,8}\(|\bself\._"
    r"|\b(?:lookup|query|q)\s{0,8}\(\s{0,8}['\"](?:[\w.]{1,40}\.)?(?:pipe|file|fileglob|url|env|unvault|lines|csvfile|ini|template|password|vars)['\"]|\b(?:cycler|joiner|lipsum|get_flashed_messages|url_for)\s{0,8}[.\[(])"
    r"|(?P<runtime>\bT\s{0,8}\(|\bjava\.|\bRuntime\b|\bprocess\.|\brequire\s{0,8}\(|\.getClass\b)"
    r"|(?P<alone><%[=-]?[^%]{0,400}(?:`|\b(?:system|exec|eval|popen|spawn|Runtime|require|process|Kernel|IO|File|Open3)\b)|\{%-?\s{0,8}(?:import|include|extends|from)\b|\$!?\{?\w[\w.]{0,60}\.(?:getClass\b|class\.)|\bfreemarker\.template\b|['\"]\s{0,4}\?\s{0,4}new\s{0,4}\(|\{\{[^{}]{0,200}\bconstructor\b|%(?:\d{1,4}\$)?h{1,2}n|%\d{1,4}\$n|(?:%\d{0,4}[xps]\W?){8})"
)
_LOOKUP: Final = re.compile(r"\$\{\s{0,8}jndi\s{0,8}:|\$\{\$\{[^{}]{0,60}\}", re.IGNORECASE)
_SUSPECT: Final = re.compile(_NAMES)
_BESIDE: Final = re.compile(
    r"\{%-?\s{0,8}\w+\s{1,8}(['\"])(?:[\w-]{1,64}/){0,4}[\w-]{1,64}(?:\.[\w-]{1,16}){0,2}\.(?:html?|j2|jinja2?|liquid|twig)\1"
)
"""Loads a template below the engine's own folder."""

_EXPRESSIONS: Final = {
    "inner": (("{", "}"), ("{{", "}}")),
    "engine": (("{{", "}}"),),
    "runtime": (("${", "}"), ("#{", "}")),
}
"""By kind of name: how the expression begins, and ends, in which it counts."""


def judge_template(value: str) -> Judgement:
    """Judge a value that somebody may fill in or format with."""
    if "{" not in value and "%" not in value and ".getClass" not in value:
        return CLEAN
    if len(value) > LONGEST:
        return _judgement(0, len(value)) if _names().may_match(value) else CLEAN
    suspects = list(islice(_SUSPECT.finditer(value), _MOST))
    found = next((each for each in suspects if _counts(value, each)), None)
    if found is None and len(suspects) < _MOST:
        return CLEAN
    return _judgement(*found.span()) if found else _judgement(0, len(value))


def judge_lookup(value: str) -> Judgement:
    """Judge a value that somebody may log: a lookup by name, and one that another lookup puts together."""
    found = _LOOKUP.search(value[:LONGEST]) if "${" in value else None
    return _judgement(*found.span()) if found else CLEAN


def _judgement(start: int, end: int) -> Judgement:
    return Judgement(objections=(Objection(rule="template-reaches", start=start, end=end),))


@cache
def _names() -> SignatureSet:
    return SignatureSet([_NAMES])


def _counts(value: str, found: Match[str]) -> bool:
    """Say whether a suspicious name stands in an expression."""
    kind, at = found.lastgroup or "", found.start()
    pairs = _EXPRESSIONS.get(kind, ())
    begun = ((value.rfind(begin, max(0, at - _BEFORE), at), end) for begin, end in pairs)
    alone = kind == "alone" and _BESIDE.match(value, at) is None
    return alone or any(start >= 0 and value.find(end, start, at) < 0 for start, end in begun)
