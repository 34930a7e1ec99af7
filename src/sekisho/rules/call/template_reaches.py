"""A template that reaches behind the values with which it is filled in.

## What it does
Reports names of Python's inside and of template engines' own objects, loading of other templates, expressions that
reach the runtime, and directives of C's formats that write, in parameters for templates and formats, and in values of
no known meaning.
Lookups of loggers (`${jndi:`) count in what is no content, and in what is logged.

## Why it matters
Who fills in such a template tells its secrets or runs its code.

## Seen in the wild
Prompt templates of LangChain told attributes of the objects given to them (CVE-2025-65106).

## How to fix
Name the values only, without what stands behind their dots.

## Known limits
Attributes without underscores are not told from honest ones (`{user.password}`).
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
    id="template-reaches",
    title="The template reaches for more than what fills it in",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(
        owasp=("MCP05:2025",),
        cwe=(
            134,
            1336,
        ),
    ),
    check=objecting("template-reaches"),
    bad=(
        call("render", template="{0.__class__.__init__.__globals__}"),
        call("render", template="{{ ''['__class__'].mro() }}"),
        call("print_number", format="%1$n"),
    ),
    good=(
        call("render", template="{{ states('sensor.temperature') | round(1) }} {% if a %}b{% endif %}"),
        call("git_log", format="%h %s%n%b"),
    ),
    miss=(call("render", template="{user.password}"),),
)
