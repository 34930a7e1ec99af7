"""Texts of a message of very many, some dozens at a time: one look at them together is cheaper than one at each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["MANY", "groups"]

_T = TypeVar("_T")

MANY: Final = 64
"""More texts than these are looked at in groups of so many."""


def groups(texts: Sequence[_T], said: Callable[[_T], str]) -> Iterator[tuple[Sequence[_T], str]]:
    """Yield all texts in groups, each with what it says, on lines of their own.

    Args:
        texts: of one message.
        said: returns what one of them says.
    """
    for at in range(0, len(texts), MANY):
        group = texts[at : at + MANY]
        yield group, "\n".join(map(said, group))
