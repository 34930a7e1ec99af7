"""A call that deletes everything of a kind.

## What it does
Reports a name that is nothing but wild cards, or a store's word for all (`*`, `_all`, `%`), in a call of a tool that
deletes.

## Why it matters
One call empties a store, and nothing brings it back.

## Seen in the wild
`DELETE /*` and `DELETE /_all` took the indices of thousands of open search servers.

## How to fix
Name what is meant, one by one or with a beginning (`logs-2024-*`).

## Known limits
A tool that deletes all without being told what (`delete_all`), an empty filter, and a pattern that happens to fit
everything are not noticed here; an act that destroys is asked about by flow.
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
    id="deletes-all",
    title="The call deletes everything of a kind",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    verdict=Verdict.DENY,
    references=References(owasp=("MCP02:2025",), cwe=(155,)),
    check=objecting("deletes-all"),
    bad=(call("delete_index", index="*"), call("delete_index", index="_all"), call("purge_keys", pattern="*")),
    good=(call("delete_index", index="logs-2024-*"), call("search_index", index="*")),
    miss=(call("delete_all", confirm="yes"),),
)
