"""Refusals that the plans provoke: calls that the default policy stops, each with its rule and how often it comes.

They are taken out of the comparison, and out of it only as planned: another rule, another call, or one more or less of
them stays a difference.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, TypeAlias, cast

__all__ = ["PLANNED", "Call", "rule_in", "short_of"]

Call: TypeAlias = "tuple[str, str]"
"""What was asked, and the rule that stopped it."""

_UNLISTED: Final = {
    ("tools/call not-there", "definition-unlisted"),
    ("prompts/get not-there", "definition-unlisted"),
    ("tools/call no-such-tool", "definition-unlisted"),
    ("prompts/get no-such-prompt", "definition-unlisted"),
}
"""What the plans ask for though no server lists it."""

PLANNED: Final[dict[str, dict[Call, int]]] = {
    "server-filesystem": {("tools/call read_text_file", "path-outside-roots"): 1},
    "mcp-server-git": {("tools/call git_status", "path-outside-roots"): 1},
    "mcp-server-sqlite": {("tools/call read_query", "sql-write"): 1, ("tools/call write_query", "sql-unclear"): 1},
}
"""By server: what the server refuses itself, and what writes through a tool that reads."""


def rule_in(answer: object) -> str:
    """Return the rule of an answer that is a refusal of ours, else an empty text."""
    said = _object(answer)
    data = _object(_object(said.get("error")).get("data"))
    meta = _object(_object(said.get("result")).get("_meta"))
    return str(_object({**data, **meta}.get("sekisho/refusal")).get("rule", ""))


def _object(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def short_of(server: str, found: Counter[Call]) -> list[str]:
    """Return how the refusals of one run differ from the plan."""
    wanted = Counter(PLANNED.get(server, {}))
    rest = Counter({call: count for call, count in found.items() if call not in _UNLISTED})
    more = [f"{call}: refused by {rule}, which is not planned" for call, rule in rest - wanted]
    return [*more, *(f"{call}: not refused by {rule}, which is planned" for call, rule in wanted - rest)]
