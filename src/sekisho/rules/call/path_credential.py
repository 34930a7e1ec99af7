"""A path to keys and credentials.

## What it does
Reports a path to files that hold keys, tokens, cookies or passwords: `.ssh`, `.aws`, `.gnupg`, browser stores,
wallets, our own state; also inside of the server's folders, for reading and writing.

## Why it matters
One read is enough: the content is in the model's context, and from there anywhere.

## Seen in the wild
CVE-2025-53109 was shown by reading a private key.
Hundreds of malicious packages look for these files first.

## How to fix
Give the tool what it needs as a value or a variable.
Nothing that a model reads needs the file.

## Known limits
The table `data/paths.toml` knows the usual names; a key under another name is not found.
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
    id="path-credential",
    title="The path leads to credentials",
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP01:2025", "MCP05:2025"), cwe=(522, 552)),
    check=objecting("path-credential"),
    bad=(call("read_file", path="~/.ssh/id_ed25519"), call("read_file", path="/work/.aws/credentials")),
    good=(call("read_file", path="/work/docs/ssh.md"),),
    miss=(call("read_file", path="/work/keys/mine.txt"),),
)
