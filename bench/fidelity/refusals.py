"""Refusals in the place of answers: which of them are no difference.

One in the place of an error of the server is none: who asks for what is not there, leaves out what is needed, or names
a folder outside, is refused either way. One in the place of an answer has to be planned, by call, rule and count.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, TypeAlias

from faithful.wire import as_object

__all__ = ["PLANNED", "Call", "is_error", "rule_in", "short_of"]

Call: TypeAlias = "tuple[str, str]"
"""What was asked, and the rule that stopped it."""

PLANNED: Final[dict[str, dict[Call, int]]] = {
    "mcp-server-sqlite": {
        ("tools/call not-there", "definition-unlisted"): 1,
        ("tools/call read_query", "sql-write"): 1,
        ("tools/call write_query", "sql-unclear"): 1,
    },
}
"""By server. This one reports as a result that a tool is not there, writes where it should read, or got no query."""


def is_error(answer: object) -> bool:
    """Tell whether an answer is an error of the server, in either form."""
    said = as_object(answer)
    return "error" in said or as_object(said.get("result")).get("isError") is True


def rule_in(answer: object) -> str:
    """Return the rule of an answer that is a refusal of ours, else an empty text."""
    said = as_object(answer)
    data = as_object(as_object(said.get("error")).get("data"))
    meta = as_object(as_object(said.get("result")).get("_meta"))
    return str(as_object({**data, **meta}.get("sekisho/refusal")).get("rule", ""))


def short_of(server: str, found: Counter[Call]) -> list[str]:
    """Return how the refusals in the place of answers differ from the plan."""
    wanted = Counter(PLANNED.get(server, {}))
    more = [f"{call}: refused by {rule}, which is not planned" for call, rule in found - wanted]
    return [*more, *(f"{call}: not refused by {rule}, which is planned" for call, rule in wanted - found)]
