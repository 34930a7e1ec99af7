"""New sentences that could steer a model.

Stricter than the rules: those judge a text at first sight and may not disturb honest servers, while here a text that
was approved has changed. A sentence counts that the approved text does not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.text.lexicon.concepts import Concept as C  # noqa: N817 - as in the rules
from sekisho.text.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.model.definition import Definition
    from sekisho.text.clauses import Clause

__all__ = ["steering"]

_ALONE: Final = (
    C.UNTOLD | C.STEALTH | C.UNAWARE | C.REDIRECT | C.OVERRIDE | C.TAG | C.LATER | C.NO_ASKING | C.FETCH_RUN
    | C.LEAK_URL | C.STRONG_OFFENCE | C.MARKUP | C.TOOLSET
)  # fmt: skip
"""What has no honest reason to come into a text that was approved without it."""

_URGES: Final = C.DIRECTIVE | C.MODEL | C.BEFORE | C.OTHERWISE | C.WHENEVER | C.VOICE
_GOODS: Final = C.SECRET | C.SECRET_PLACE | C.PERSONAL | C.CONTEXT | C.HEARD
_OBJECTS: Final = _GOODS | C.OTHER_TOOLS | C.RULES | C.CALLER | C.TASK | C.RESUME


def steering(before: Definition, after: Definition) -> Iterator[Clause]:
    """Yield the sentences of `after` that `before` does not have and that could steer a model."""
    old, new = (Reading(definition=definition, siblings=frozenset()) for definition in (before, after))
    known = {clause.text for clause in old.clauses}
    for clause in new.clauses:
        if clause.text not in known and _steers(clause.concepts):
            yield clause


def _steers(concepts: int) -> bool:
    moves = concepts & C.MOVE and concepts & _GOODS
    return bool(concepts & _ALONE or moves or (concepts & _URGES and concepts & _OBJECTS))
