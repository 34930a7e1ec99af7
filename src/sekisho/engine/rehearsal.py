"""Loads what the first calls of a session are judged by: rehearses some that nobody makes, and an answer.

Each guard loads, and makes its patterns, with the first value of its kind.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sekisho.engine.calling import load
from sekisho.engine.guarding import guard
from sekisho.engine.results.glance import glance
from sekisho.guards.contract import contract
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import NOTHING_KNOWN
from sekisho.rules.registry import call_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["rehearse"]

_CALLS: Final = (
    ("write_file", "path", "notes/today.md"),
    ("fetch", "url", "https://example.com/a?b=c"),
    ("git_commit", "message", 'a; "; b'),
    ("get_item", "id", "a; b"),
    ("do_it", "thing", "a (b); c\nd"),
    ("run_command", "command", "git log"),
)
"""Names of tools, names of their parameters, and values: one for each guard that takes its time.

Queries are none of them: their patterns take 3 MB, and few servers are asked any.
"""


def rehearse(wanted: Callable[[], bool] = lambda: True) -> None:
    """Judge them. What was made for it stays; a second time costs next to nothing.

    `wanted` is asked between any two steps; from the first no on, nothing more is done.
    """
    for step in (load, *(partial(_call, *each) for each in _CALLS), call_rules, partial(glance, {"text": "an answer"})):
        if not wanted():
            return
        step()


def _call(tool: str, name: str, value: str) -> None:
    schema: JsonObject = {"type": "object", "properties": {name: {"type": "string"}}}
    made = Tool({"name": tool, "inputSchema": schema})
    guard(made.read({name: value}), made, NOTHING_KNOWN)
    contract(schema).breaches({name: value})
