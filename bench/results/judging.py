"""What the rules say of one result, and what a model is shown of it."""

from __future__ import annotations

from typing import Any

from sekisho.engine.inspect import findings
from sekisho.engine.results.hearing import listen
from sekisho.engine.results.references import References, TooManyError
from sekisho.engine.results.veil import veil
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import Carried
from sekisho.rules.registry import result_rules

__all__ = ["judged", "shown"]


def judged(content: Any) -> tuple[set[str], set[str]]:
    """Return the rules that report something, and those of them that hold or mark it."""
    noticed, reading = listen(content, "server")
    try:
        veiled = veil(content, References(b"bench"), "server")
        noticed += veiled.noticed if veiled is not None else ()
    except TooManyError:
        return {"result-too-many"}, {"result-too-many"}
    subject = Carried(server="server", method="tools/call", noticed=tuple(noticed), reading=reading)
    found = list(findings(subject, result_rules()))
    return {each.rule for each in found}, {each.rule for each in found if each.verdict > Verdict.ALLOW}


def shown(content: Any) -> Any:
    """Return what a model is shown of a result."""
    veiled = veil(content, References(b"bench"), "server")
    return content if veiled is None else veiled.content
