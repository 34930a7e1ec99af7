"""What a person wrote about the calls of a tool: its parameters, and how many there may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sekisho.policy.reach import ANYWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.meaning.argument import Meaning
    from sekisho.policy.reach import Reach

__all__ = [
    "EVERY",
    "MARKS",
    "NO_TERMS",
    "CallTerms",
    "Mark",
    "Output",
    "ParameterTerms",
    "Scalar",
    "Undeclared",
    "stricter",
    "terms_of",
]

Scalar: TypeAlias = str | int | float | bool
"""A value that a configuration can give."""

Undeclared: TypeAlias = Literal["judge", "refuse"]
"""What becomes of a member that a schema does not name."""

Mark: TypeAlias = Literal["off", "findings", "hold"]
"""What becomes of a text that a rule suspects and is not sure about: nothing, a mark around it, or it is held."""

MARKS: Final[tuple[Mark, ...]] = ("off", "findings", "hold")
"""From lenient to strict."""

Output: TypeAlias = Literal["note", "hold"]
"""What becomes of a structured result that breaks the schema of its own tool: it passes and is counted, or is held."""

EVERY: Final = "*"
"""Stands for every tool that has no terms of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterTerms:
    """About one parameter, by its name in the schema."""

    fixed: Scalar | None = None
    """The value that the server always gets; the model does not see the parameter."""

    default: Scalar | None = None
    """The value that the server gets where a call has none."""

    forbidden: bool = False
    """Whether there is no such parameter for the model, and a call that has it is refused."""

    allow: frozenset[str] | None = None
    """The only values, as text; None for any."""

    meanings: frozenset[Meaning] | None = None
    """What its values mean, whatever names and descriptions say."""

    @property
    def hidden(self) -> bool:
        """Whether the model does not see it."""
        return self.forbidden or self.fixed is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTerms:
    """About one tool."""

    parameters: Mapping[str, ParameterTerms] = field(default_factory=dict[str, ParameterTerms])
    """By name."""

    undeclared: Undeclared = "judge"
    """What becomes of a member that its schema does not name."""

    per_minute: int | None = None
    """How many calls there may be in a minute."""

    per_hour: int | None = None
    """How many in an hour."""

    per_conversation: int | None = None
    """How many in a conversation."""

    argument_bytes: int | None = None
    """How long the arguments of one call may be."""

    mark: Mark | None = None
    """What becomes of a text in its results that a rule suspects; None where nothing is written."""

    reach: Reach = ANYWHERE
    """Which hosts, folders and programs its arguments may name."""

    output: Output = "hold"
    """What becomes of a structured result that breaks its own schema."""


NO_TERMS: Final[Mapping[str, CallTerms]] = MappingProxyType({})
"""Nobody wrote anything."""

_NOTHING: Final = CallTerms()


def terms_of(calls: Mapping[str, CallTerms], tool: str) -> CallTerms:
    """Return the terms of a tool: its own, else those for every tool."""
    return calls.get(tool) or calls.get(EVERY) or _NOTHING


def stricter(*written: Mark | None) -> Mark:
    """Return the strictest of what is written; `findings` where nothing is."""
    said = [each for each in written if each is not None]
    return MARKS[max(map(MARKS.index, said))] if said else "findings"
