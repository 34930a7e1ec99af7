"""Loads what the first answer of a server is judged by; importing this module is half of it.

A server needs some time before it says anything, and whoever waits for it can do this meanwhile.
"""

from __future__ import annotations

from sekisho.engine.results.glance import may_be_cut
from sekisho.engine.results.judging import judged
from sekisho.engine.results.references import References
from sekisho.rules.registry import definition_rules
from sekisho.text.concepts import concepts

__all__ = ["warm"]


def warm() -> None:
    """Make the automata and find the rules. What was made stays; a second call costs nothing."""
    concepts("")
    may_be_cut("")
    definition_rules()
    judged("initialize", {}, References(b""), "")
