"""Every text of a host's message, with what references stand for, for the one server that may have it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.engine.results.blobs import said_in, written
from sekisho.rules.carried import Noticed
from sekisho.wire.pointer import child
from sekisho.wire.strict import serialise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sekisho.engine.results.references import References
    from sekisho.wire.strict import Json

__all__ = ["Unveiled", "unveil"]

_RETURNED: Final = ("\u27e6".encode(), "\u241b".encode())
"""What the JSON text of a message holds in which something is to be put back."""


def _in_base64(mark: bytes) -> Iterator[bytes]:
    """Yield what base64 makes of a mark, wherever it stands in a text."""
    for before in range(3):
        whole = base64.b64encode(b"x" * before + mark)
        yield whole[(before * 8 + 5) // 6 : (before + len(mark)) * 8 // 6]


_FOLDED: Final = tuple(
    fragment
    for mark in ("\u27e6secret:", "\u27e6hidden:", "\u27e6sign ", "\u27e6not ", "\u241b")
    for fragment in _in_base64(mark.encode())
)
"""What a text in base64 holds in which something is to be put back: a text in base64 is shown anew in base64."""


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
    plain = data.isascii() or (_RETURNED[0] not in data and _RETURNED[1] not in data)
    if plain and not any(each in data for each in _FOLDED):
        return None
    from sekisho.engine.results.spelling import Restored, restore  # noqa: PLC0415 - few contents hold a reference

    tally = Restored()
    noticed: list[Noticed] = []

    def original(value: Json, pointer: str) -> Json:
        if isinstance(value, str):
            said = _whole(value, lambda text: restore(text, references, server, tally))
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


def _whole(value: str, original: Callable[[str], str]) -> str:
    """Return a text with what was cut out of it put back, also where all of it is in base64."""
    said = said_in(value) if any(each.decode() in value for each in _FOLDED) else None
    return original(value) if said is None else written(original(said))
