"""The guard for values that are a template: those that reach for more than what they are filled with.

- `template-reaches`: names of Python's inside (`{0.__class__}`), of a template engine's own objects, statements that
  load other templates, and directives of C's formats that write (`%hn`, `%1$n`).
"""

from __future__ import annotations

import re
from typing import Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

__all__ = ["judge_template"]

_MARK: Final = re.compile(r"[{%]")
_REACHES: Final = re.compile(
    r"\{[^{}]{0,200}[.\[|]\s{0,8}['\"]?__\w{1,32}__|\{\{[^}]{0,200}(?:__\w{1,32}__|\.mro\b|\|\s{0,8}attr\s{0,8}\(|\bself\._|\b(?:cycler|joiner"
    r"|lipsum|get_flashed_messages|url_for)\s{0,8}[.\[(])|\{%-?\s{0,8}(?:import|include|extends|from)\b"
    r"|[$#]\{[^}]{0,200}(?:\bT\s{0,8}\(|\bjava\.|\bRuntime\b|\bprocess\.|\brequire\s{0,8}\(|\.getClass\b)"
    r"|%(?:\d{1,4}\$)?h{1,2}n|%\d{1,4}\$n|(?:%\d{0,4}[xps]\W?){8}"
)


def judge_template(value: str) -> Judgement:
    """Judge a value that somebody may fill in or format with."""
    found = _REACHES.search(value) if _MARK.search(value) else None
    if found is None:
        return CLEAN
    return Judgement(objections=(Objection(rule="template-reaches", start=found.start(), end=found.end()),))
