"""What is wrong with a configuration: where, what, and what to do, to be said in any language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sekisho.model.message_ids import MessageId

__all__ = ["ConfigurationError", "Place", "Problem", "dotted", "ordered"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a text, as an editor counts."""

    line: int
    """From 1."""

    column: int
    """From 1, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong. It never carries a value that may be a secret."""

    message: MessageId
    """What is wrong and, behind a line feed, what to do."""

    values: Mapping[str, str | int] = field(default_factory=dict[str, "str | int"])
    """The message's values."""

    file: str = ""
    """The file, as a person knows it."""

    place: Place | None = None
    """Where in it; None is the whole file."""

    key: str = ""
    """The path of the key, with dots."""


class ConfigurationError(Exception):
    """A configuration can't be used as it is.

    Args:
        problems: everything that is wrong with it, at least one.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in a configuration")
        self.problems = tuple(problems)
        """Everything that is wrong with it."""


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of one file in its order, those without a place last."""
    return sorted(problems, key=lambda problem: (problem.place is None, problem.place))


def dotted(path: Sequence[str | int]) -> str:
    """Return a key's path as a person writes it: `servers.git.command[2]`, counted from 1."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            text += f"{'.' if text else ''}{step}"
    return text
