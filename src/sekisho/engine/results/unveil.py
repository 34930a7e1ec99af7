"""Every text of a host's message, with what references stand for, for the one server that may have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.rules.carried import Noticed
from sekisho.wire.pointer import child
from sekisho.wire.strict import serialise

if TYPE_CHECKING:
    from sekisho.engine.results.references import References
    from sekisho.wire.strict import Json

__all__ = ["Unveiled", "unveil"]

_RETURNED: Final = ("\u27e6".encode(), "\u241b".encode())
"""What the JSON text of a message holds in which something is to be put back."""


@dataclass(frozen=True, slots=True)
class Unveiled:
    """A host's content as its server gets it."""

    content: Json
    """The content; not to be sent when anything is objected to."""

    expanded: int
    """References that were expanded."""

    noticed: tuple[Noticed, ...]
    """What is objected to."""


def unveil(content: Json, references: References, server: str) -> Unveiled | None:
    """Return a host's content with what was cut out before put back; None where there is nothing to do.

    Args:
        content: params, a result or an error.
        references: of the conversation.
        server: who will get it.
    """
    data = serialise(content)
    if data.isascii() or (_RETURNED[0] not in data and _RETURNED[1] not in data):
        return None
    from sekisho.engine.results.spelling import Restored, restore  # noqa: PLC0415 - few contents hold a reference

    tally = Restored()
    noticed: list[Noticed] = []

    def original(value: Json, pointer: str) -> Json:
        if isinstance(value, str):
            said = restore(value, references, server, tally)
            noticed.extend(Noticed(rule, pointer, excerpt) for rule, excerpt in tally.objections)
            tally.objections.clear()
            return said
        if isinstance(value, list):
            return [original(each, child(pointer, index)) for index, each in enumerate(value)]
        if isinstance(value, dict):
            return {
                str(original(key, child(pointer, key))): original(member, child(pointer, key))
                for key, member in value.items()
            }
        return value

    whole = original(content, "")
    return Unveiled(whole, tally.expanded, tuple(noticed))
