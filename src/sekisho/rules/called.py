"""What a rule about a call looks at: what the guards objected to, argument by argument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.model.finding import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sekisho.guards.objection import Objection
    from sekisho.meaning.argument import Argument, Effects

__all__ = ["CallSubject", "Objected", "objecting"]

_SHOWN: Final = 160
"""Characters of a value that a person is shown."""


@dataclass(frozen=True, slots=True)
class Objected:
    """One objection of one guard."""

    argument: Argument
    """The text that it is about."""

    objection: Objection
    """What the guard says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSubject:
    """One call, after the guards have looked at it."""

    server: str
    """The server's identity in policy, pins and audit."""

    name: str
    """The tool or prompt that is called, or the URI that is read; it may hold a model's words."""

    effects: Effects
    """What the tool does."""

    found: tuple[Objected, ...]
    """All objections, in the order of the arguments."""


def objecting(rule: str) -> Callable[[CallSubject], Iterator[Evidence]]:
    """Return the check of a rule that reports what a guard objected to under the rule's id."""

    def check(subject: CallSubject) -> Iterator[Evidence]:
        for each in subject.found:
            if each.objection.rule == rule:
                begin = max(0, each.objection.start - _SHOWN // 4)
                yield Evidence(pointer=each.argument.pointer, excerpt=each.argument.value[begin : begin + _SHOWN])

    return check
