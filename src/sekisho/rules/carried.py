"""What a rule about a message looks at: what was noticed in its texts on the way to the host, or back to the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.model.finding import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sekisho.text.reading import Reading

__all__ = ["Carried", "Noticed", "noticing", "reading_as"]


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing in one text."""

    rule: str
    """The id of the rule in the family `result` that speaks for it."""

    pointer: str
    """Where: an RFC 6901 pointer into the params, the result or the error."""

    excerpt: str = ""
    """What a person is shown; never a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The content of one message."""

    server: str
    """The server's identity in policy, pins and audit."""

    method: str
    """The method; for an answer, the one that it answers."""

    noticed: tuple[Noticed, ...] = ()
    """What was noticed while its texts were written."""

    reading: Reading | None = None
    """What is read of its texts: the stretches where somebody may be speaking to a model; None where there are none."""

    prompts: bool = False
    """Whether it is meant to tell a model what to do: a prompt that the user chose, or a request to a model."""


def noticing(rule: str) -> Callable[[Carried], Iterator[Evidence]]:
    """Return the check of a rule that reports what was noticed under the rule's id."""

    def check(subject: Carried) -> Iterator[Evidence]:
        for each in subject.noticed:
            if each.rule == rule:
                yield Evidence(pointer=each.pointer, excerpt=each.excerpt)

    return check


def reading_as(check: Callable[[Reading], Iterable[Evidence]]) -> Callable[[Carried], Iterator[Evidence]]:
    """Return the check of a rule that reports what the one of a definition rule finds, except in what is a prompt."""

    def heard(subject: Carried) -> Iterator[Evidence]:
        if subject.reading is not None and not subject.prompts:
            yield from check(subject.reading)

    return heard
