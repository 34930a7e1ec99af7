"""What there is to say about one message of a server, and how it is shown: pure, so that a worker can do it as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.engine.inspect import findings
from sekisho.engine.results.asking import asked, narrowed
from sekisho.engine.results.hearing import listen
from sekisho.engine.results.references import TooManyError
from sekisho.engine.results.veil import veil
from sekisho.rules.carried import Carried, Noticed
from sekisho.rules.registry import result_rules
from sekisho.wire.versions import DEFINING
from sekisho.wire.views import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sekisho.engine.results.references import References
    from sekisho.model.finding import Finding
    from sekisho.text.reading import Reading
    from sekisho.wire.jsonrpc import Json

__all__ = ["Judged", "judged", "noticing", "too_many"]

_PROMPTING: Final = frozenset({"prompts/get", "sampling/createMessage"})
"""What is meant to tell a model what to do."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One message's content."""

    findings: tuple[Finding, ...]
    """What the rules report."""

    content: Json
    """As it is shown; the very same where nothing had to be done."""

    counts: Mapping[str, Json]
    """How often what was done to it."""

    unfit: bool = False
    """Whether it can't be shown, whoever allows it: what has to be cut out can't be."""


def judged(method: str, content: Json, references: References, server: str) -> Judged:
    """Judge the content of a message.

    Args:
        method: the message's; for an answer, the one that it answers.
        content: a result, an error or params.
        references: what is cut out is remembered here.
        server: who said it.
    """
    found = [] if method in DEFINING else _heard(method, content, server)
    shown = narrowed(method, content)
    try:
        veiled = veil(shown, references, server)
    except TooManyError:
        return too_many(method, content, server)
    if veiled is None:
        return Judged(tuple(found), shown, EMPTY)
    found += noticing(method, veiled.noticed, server)
    return Judged(tuple(found), veiled.content, {**veiled.counts})


def too_many(method: str, content: Json, server: str) -> Judged:
    """Return the judgement of what holds more than can be remembered."""
    found = noticing(method, [Noticed("result-too-many", "")], server)
    return Judged(tuple(found), content, EMPTY, unfit=True)


def _heard(method: str, content: Json, server: str) -> list[Finding]:
    """Return what the rules say about words that are addressed to a model."""
    noticed, reading = listen(content, server, prompts=method in _PROMPTING)
    noticed += asked(method, content)
    if reading is None and not noticed:
        return []
    return noticing(method, noticed, server, reading)


def noticing(method: str, noticed: Sequence[Noticed], server: str, reading: Reading | None = None) -> list[Finding]:
    """Return what the rules report about what was noticed, and about what was read."""
    prompts = method in _PROMPTING
    subject = Carried(server=server, method=method, noticed=tuple(noticed), reading=reading, prompts=prompts)
    return list(findings(subject, result_rules()))
