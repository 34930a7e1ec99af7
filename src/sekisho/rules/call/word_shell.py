"""A value with a command in it.

## What it does
Reports characters with which a shell starts something else, in values that are one name: keys, ids, refs, branches,
namespaces. Of a tool that says nothing of running anything they count where a command begins behind them.
In paths, addresses, hosts, and words of which nobody knows what becomes, it reports a second command: a program that
acts, or a known one with words that look like a command's.
In content for a tool that is named after a program (`git_commit`) it reports what ends the quotation marks around the
whole text and goes on with a command.

## Why it matters
A server that puts the value into a command line runs the rest.

## Seen in the wild
CVE-2025-53967: the key of a file was `abc$(touch x)`. CVE-2025-54994: a port was `4173; id`.
Paths and addresses are put into command lines by converters, scanners and git servers alike: `a.mp4; touch x`.

## How to fix
Give the plain value.

## Known limits
Other content, titles and messages may hold anything, and pass.
A program that nobody knows, and `; id` in words that may be a list, are not noticed.
A file that is called like a command, such as `notes; cat pictures.md`, is taken for one.
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
    id="word-shell",
    title="A value holds what a shell would run",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP05:2025",), cwe=(78,)),
    check=objecting("word-shell"),
    bad=(
        call("get_file", key="abc$(touch x)"),
        call("convert_video", input_path="a.mp4; touch x"),
        call("git_commit", message='fix"; touch x; "'),
    ),
    good=(
        call("get_file", key="AbC-123:4"),
        call("get_file", key="R&D; notes"),
        call("add_note", text="a; b && $(c)"),
        call("open_file", path="R&D; final (copy).txt"),
    ),
)
