"""Tools that run without a question.

## What it does
Reports settings that let every tool of a server, or of all servers, run without asking: `trust: true`,
`autoApprove` with `*`, `enableAllProjectMcpServers`, an approval policy of `never` and their relatives; and lists of
approved tools that name one that writes, deletes, sends or executes.

## Why it matters
The question is the last moment at which a person sees what an injected instruction wants to do.

## Seen in the wild
CVE-2025-53773: an injected instruction switched a coding agent's questions off in the settings file and then ran
commands.

## How to fix
Remove the switch; approve tools by name, and only those that read.

## Known limits
A tool that writes under a name that says nothing of it is not noticed in a list.
Approvals that a host keeps in a database are not seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Confidence, Evidence, Severity
from sekisho.model.rule import References, Rule
from sekisho.model.verdict import Verdict
from sekisho.rules.example import settings, started
from sekisho.settings.approvals import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry

__all__ = ["RULE"]

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ACTS: Final = re.compile(
    r"write|create|delete|remove|drop|edit|update|patch|put|post|send|push|merge|move|rename|execute|exec|run|"
    r"shell|command|cmd|bash|terminal|install|deploy|publish|upload|kill|terminate|transfer|pay|buy|grant|"
    r"invite|insert|overwrite|replace|reset|commit|apply|eval|invoke"
)


def _check(entry: Entry) -> Iterator[Evidence]:
    for approval in entry.approvals:
        everything = not entry.alias or approval.text == EVERYTHING
        if everything or any(_ACTS.fullmatch(word.casefold()) for word in _WORD.findall(approval.text)):
            excerpt = f"{approval.key}: {approval.text}"
            yield Evidence(pointer=approval.pointer, excerpt=excerpt, place=entry.place)


RULE: Final = Rule(
    id="auto-approved",
    title="Tools that act run without a question",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.ASK,
    references=References(owasp=("MCP02:2025", "MCP07:2025"), cwe=(862, 269)),
    check=_check,
    bad=(
        started("weather", autoApprove=["*"]),
        started("weather", alwaysAllow=["get_forecast", "write_file"]),
        started("weather", autoApprove=True),
        started("weather", trust=True),
        settings({"enableAllProjectMcpServers": True}),
        settings({"permissions": {"allow": ["mcp__weather"], "defaultMode": "default"}}),
        settings({"chat.tools.autoApprove": True, "mcp": {"servers": {}}}),
    ),
    good=(
        started("weather", alwaysAllow=["get_forecast", "listStations"]),
        started("weather", trust=False, autoApprove=[]),
        settings({"permissions": {"allow": ["mcp__weather__get_forecast", "Bash(ls:*)"]}}),
    ),
    miss=(started("weather", alwaysAllow=["tidy_up"]),),
)
