"""What of a message is read closely: the stretches where somebody may be speaking to a model, and hidden words.

The readers are those of definitions; what is read is less, because a result is data and may be long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.definition import Definition
from sekisho.model.place import Kind, Place
from sekisho.rules.carried import Noticed
from sekisho.text.cues import has_cue, stretches
from sekisho.text.invisible import hidden
from sekisho.text.passages import Passage, Role
from sekisho.text.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["hear", "hidden_words"]

_SHORTEST: Final = 12
"""Characters of the shortest text that says something."""

_WORDS: Final = 0.7
"""The share of letters and blanks in what is made of words."""

_SEEN: Final = frozenset({"split-word", "direction"})
"""Kinds of hiding that decode to the words around them."""


def hear(read: Iterable[Passage], server: str) -> Reading | None:
    """Read the stretches of a message's texts that have a cue; None where there is none.

    Args:
        read: the passages of a result, an error or params; pointers of findings lead into it.
        server: whose it is.
    """
    texts = [each for each in read if len(each.text) >= _SHORTEST]
    if not texts or not has_cue("\n".join([each.text for each in texts])):
        return None
    chosen = tuple(
        Passage(each.path, each.key, Role.PROSE, stretch) for each in texts for stretch in stretches(each.text)
    )
    if not chosen:
        return None
    definition = Definition(place=Place(server, Kind.SERVER, ""), pointer="", body={})
    return Reading(definition=definition, siblings=frozenset(), chosen=chosen)


def hidden_words(read: Iterable[Passage]) -> Iterator[Noticed]:
    """Yield what says something in characters that nobody sees."""
    for passage in read:
        if passage.text.isascii():
            continue
        for found in hidden(passage.text):
            if found.kind not in _SEEN and _is_words(found.decoded):
                yield Noticed("result-hidden-words", passage.pointer(""), found.decoded)


def _is_words(text: str) -> bool:
    letters = sum(char.isalpha() or char == " " for char in text)
    return len(text) >= _SHORTEST and letters >= _WORDS * len(text)
