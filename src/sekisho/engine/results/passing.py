"""What a session's messages hold on their way, from the session's side: shown to the host, put back for the server."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from sekisho.engine.inspect import findings
from sekisho.engine.results.asking import asked, asks, narrowed
from sekisho.engine.results.marking import marked
from sekisho.engine.results.references import TooManyError
from sekisho.engine.results.unveil import unveil
from sekisho.model.verdict import Verdict
from sekisho.policy.evaluate import decide
from sekisho.rules.carried import Carried, Noticed
from sekisho.rules.registry import result_rules
from sekisho.text.passages import passages
from sekisho.wire.versions import LIST_ITEMS
from sekisho.wire.views import EMPTY, obj

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sekisho.engine.state import State
    from sekisho.model.finding import Finding
    from sekisho.text.reading import Reading
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["Inward", "Outward", "inward", "outward"]

_DEFINING: Final = frozenset({"initialize", "server/discover", *LIST_ITEMS})
"""Whose answers are definitions, which were judged as such."""

_PROMPTING: Final = frozenset({"prompts/get", "sampling/createMessage"})
"""What is meant to tell a model what to do."""

_PARTS: Final = ("result", "error", "params")
"""Where a message has its content."""


@dataclass(slots=True, eq=False)
class Outward:
    """A server's message on its way to the host."""

    body: JsonObject
    """The message as it is shown."""

    because: Finding | None
    """Why it is not shown."""

    fields: JsonObject
    """What its record says about it: how often which rule reported something."""


@dataclass(slots=True, eq=False)
class Inward:
    """A host's message on its way to the server."""

    content: Json
    """Its content as the server gets it."""

    because: Finding | None = None
    """Why it does not get it."""

    expanded: int = 0
    """References that were expanded."""


def outward(state: State, method: str, body: JsonObject) -> Outward:
    """Judge a server's message, and write it so that it can be shown."""
    part = _part(body)
    if not part:
        return Outward(body, None, EMPTY)
    if method not in _DEFINING and not asks(method, body[part]) and _glance()(body[part]):
        return Outward(body, None, EMPTY)
    return _closely(state, method, body, part)


def _part(body: JsonObject) -> str:
    for part in _PARTS:
        if part in body:
            return part
    return ""


@cache
def _glance() -> Callable[[Json], bool]:
    from sekisho.engine.results.glance import is_plain  # noqa: PLC0415 - the patterns load with the first answer

    return is_plain


def _closely(state: State, method: str, body: JsonObject, part: str) -> Outward:
    """Read a message text by text."""
    from sekisho.engine.results.veil import veil  # noqa: PLC0415 - as above

    found = [] if method in _DEFINING else _heard(state, method, body[part])
    content = narrowed(method, body[part])
    try:
        veiled = veil(content, state.references, state.setup.server)
    except TooManyError:
        return Outward(body, _held(_findings(state, method, [Noticed("result-too-many", f"/{part}")])), EMPTY)
    if veiled is not None:
        found += _findings(state, method, veiled.noticed)
    because = _held(found)
    if because is not None or (veiled is None and not found):
        return Outward(body, because, EMPTY)
    counts: JsonObject = {**Counter(each.rule for each in found if each.verdict is Verdict.ALLOW)}
    if veiled is not None:
        content = veiled.content
        counts |= veiled.counts
    shown = Outward({**body, part: content}, None, {"found": counts} if counts else EMPTY)
    return _marked(state, shown, part, [each for each in found if each.verdict is Verdict.MARK])


def _marked(state: State, shown: Outward, part: str, marks: Sequence[Finding]) -> Outward:
    """Return a message that passes, with marks; what can't be marked is held."""
    if not marks:
        return shown
    around = marked(shown.body[part], [finding.pointer for finding in marks], state.ticket())
    if around is None:
        return Outward(shown.body, marks[0], EMPTY)
    counts = {**Counter(finding.rule for finding in marks)}
    return Outward({**shown.body, part: around}, None, {"found": {**obj(shown.fields.get("found")), **counts}})


def _heard(state: State, method: str, content: Json) -> list[Finding]:
    """Return what the rules say about words that are addressed to a model."""
    from sekisho.engine.results.hearing import hear, hidden_words  # noqa: PLC0415 - as above

    read = tuple(passages(content))
    reading = hear(read, state.setup.server)
    noticed = (*hidden_words(read), *asked(method, content))
    if reading is None and not noticed:
        return []
    return _findings(state, method, noticed, reading)


def inward(state: State, method: str, content: Json) -> Inward:
    """Put back what was cut out, for the server that it came from."""
    unveiled = unveil(content, state.references, state.setup.server)
    if unveiled is None:
        return Inward(content)
    return Inward(unveiled.content, _objection(state, method, unveiled.noticed), unveiled.expanded)


def _objection(state: State, method: str, noticed: Sequence[Noticed]) -> Finding | None:
    return _held(_findings(state, method, noticed)) if noticed else None


def _findings(state: State, method: str, noticed: Sequence[Noticed], reading: Reading | None = None) -> list[Finding]:
    subject = Carried(
        server=state.setup.server,
        method=method,
        noticed=tuple(noticed),
        reading=reading,
        prompts=method in _PROMPTING,
    )
    return list(findings(subject, result_rules()))


def _held(found: Sequence[Finding]) -> Finding | None:
    """Return the finding for which a message may not pass. Nobody can be asked yet, so a verdict of `ask` refuses."""
    decision = decide(found)
    return decision.because if decision.verdict >= Verdict.ASK else None
