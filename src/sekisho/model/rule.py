"""The shape of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sekisho.model.finding import Finding
    from sekisho.model.subject import Subject

__all__ = ["Rule"]


class Rule(Protocol):
    """A pure check: the same subject gives the same findings."""

    @property
    def id(self) -> str:
        """The kebab-case id."""
        ...

    def check(self, subject: Subject) -> Iterable[Finding]:
        """Report every objection to `subject`. Raising counts as a denial."""
        ...
