"""A formula that calls the language in which it is evaluated.

## What it does
Reports calls of Python, JavaScript and Java that reach the system, in values that a server may evaluate: formulas,
equations, conditions, specifications, and values of which nothing is known.
So are modules of Node in code for a page of a browser: its driver may run that code beside the page.

## Why it matters
A server that evaluates the value runs them.

## Seen in the wild
CVE-2026-2008: an equation of a chart was `__import__('os').system(…)`.
CVE-2026-1977: so was a specification of another one; CVE-2026-44717: so was a sum.

## How to fix
Write the formula with numbers, names and mathematical functions.

## Known limits
Tools that find code, run it or debug it are left out: they are asked for such words by right.
So is other content, such as `code` and `data`, and what is written in pieces (`getattr` by another name).
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
    id="expression-code",
    title="A formula calls the language in which it is evaluated",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    verdict=Verdict.DENY,
    references=References(
        owasp=("MCP05:2025",),
        cwe=(
            94,
            95,
        ),
    ),
    check=objecting("expression-code"),
    bad=(
        call("draw_chart", equations="__import__('os').system('id')"),
        call("calculate", expression="().__class__.__bases__[0].__subclasses__()"),
        call("calculate", formula="require('child_process').execSync('id')"),
        call("browser_run_code", code="async (page) => require('child_process').execSync('id')"),
    ),
    good=(
        call("calculate", expression="sqrt(2) * sin(pi/4) + f'(x)"),
        call("search_code", pattern="__import__"),
        call("browser_run_code", code="async (page) => await page.title()"),
        call("run_python", code="import os; os.system('ls')"),
    ),
)
