"""A call that changes what a server may do at all.

## What it does
Reports calls of a tool that sets the configuration of its own server, where the setting is one of the server's limits:
folders, commands or machines that are allowed or blocked, a sandbox, a mode that only reads, a question to a person,
or the shell that it starts.

## Why it matters
With an empty list of what is blocked, the next call may do what the server was set up to refuse.

## Seen in the wild
Servers for files and terminals have a tool that sets `allowedDirectories` and `blockedCommands`, which any text that
the model has read can have called.

## How to fix
Change the limits by hand, in the server's own configuration.

## Known limits
A tool with a name of its own (`add_root`) and a setting that does not say that it is a limit are not noticed.
A file of settings that is written by another tool is judged as a file.
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
    id="limits-changed",
    title="The call changes the server's own limits",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP02:2025",), cwe=(15, 732)),
    check=objecting("limits-changed"),
    bad=(
        call("set_config_value", key="allowedDirectories", value="[]"),
        call("set_config_value", key="blockedCommands", value="[]"),
        call("update_config", read_only="false"),
    ),
    good=(
        call("set_config_value", key="fileReadLineLimit", value="500"),
        call("update_cors_settings", key="allowedOrigins", value="https://x.example"),
    ),
    miss=(call("add_root", path="."),),
)
