"""What of a message is read closely: the stretches where somebody may be speaking to a model, and hidden words.

The readers are those of definitions; what is read is less, because a result is data and may be long.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from sekisho.engine.results.groups import MANY, groups
from sekisho.model.definition import Definition
from sekisho.model.place import Kind, Place
from sekisho.rules.carried import Noticed
from sekisho.text.addressed import turns, wants, wishes
from sekisho.text.cues import has_cue, stretches
from sekisho.text.disguise import is_disguised, undisguised
from sekisho.text.encoded import folded, is_folded, is_spelt, meant
from sekisho.text.invisible import hidden, is_long
from sekisho.text.mentions import unquoted
from sekisho.text.passages import Passage, Role, passages
from sekisho.text.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sekisho.wire.strict import Json

__all__ = ["folded_orders", "hear", "hidden_words", "listen", "wished"]

_SHORTEST: Final = 12
"""Characters of the shortest text that says something."""

_SHORT: Final = 400
"""Bytes in base64 that are an order and no document."""

_WORDS: Final = 0.7
"""The share of letters and blanks in what is made of words."""

_SEEN: Final = frozenset({"split-word", "direction"})
"""Kinds of hiding that decode to the words around them."""


def listen(content: Json, server: str, *, prompts: bool = False) -> tuple[list[Noticed], Reading | None]:
    """Read what a message says to a model.

    Args:
        content: a result, an error or params.
        server: whose it is.
        prompts: whether it is meant to tell a model what to do.
    """
    read = tuple(passages(content))
    reading = hear(read, server)
    noticed = list(hidden_words(read))
    if not prompts:
        noticed += folded_orders(read)
        noticed += wished(reading) if reading is not None else ()
    return noticed, reading


def hear(read: Iterable[Passage], server: str) -> Reading | None:
    """Read the stretches of a message's texts that have a cue; None where there is none.

    Args:
        read: the passages of a result, an error or params; pointers of findings lead into it.
        server: whose it is.
    """
    texts = [each for each in read if len(each.text) >= _SHORTEST]
    if len(texts) > MANY:
        texts = [each for group, said in groups(texts, attrgetter("text")) if _speaks(said) for each in group]
    if is_spelt("\n".join([each.text for each in texts]).encode()):
        texts = [each for one in texts for each in _as_meant(one)]
    texts += [each._replace(text=said) for each in texts for said in undisguised(each.text)]
    if not texts or not has_cue("\n".join([each.text for each in texts])):
        return None
    chosen = tuple(
        Passage(each.path, each.key, Role.PROSE, unquoted(stretch))
        for each in texts
        for stretch in stretches(each.text)
    )
    if not chosen:
        return None
    definition = Definition(place=Place(server, Kind.SERVER, ""), pointer="", body={})
    return Reading(definition=definition, siblings=frozenset(), chosen=chosen)


def _speaks(said: str) -> bool:
    """Tell whether texts may have a cue, however it is spelt, as one look at all of them tells."""
    data = said.encode()
    view = meant(data)
    spelt = said if view is data else f"{said}\n{view.decode()}"
    return has_cue(spelt) or is_folded(view) or is_disguised(spelt)


def _as_meant(passage: Passage) -> Iterator[Passage]:
    """Yield a passage, what it means where it is spelt otherwise, and what longer texts are folded into it."""
    yield passage
    data = passage.text.encode()
    view = meant(data)
    if view is not data:
        yield passage._replace(text=view.decode())
    for _, _, said in folded(view):
        if len(said) > _SHORT:
            yield passage._replace(text=said.decode("utf-8", "ignore"))


def folded_orders(read: Iterable[Passage]) -> Iterator[Noticed]:
    """Yield what asks for something in a short text in base64: nobody writes one to a person like this."""
    texts = list(read)
    if not is_folded("\n".join([each.text for each in texts]).encode()):
        return
    for passage in texts:
        for _, _, said in folded(passage.text.encode()):
            if len(said) <= _SHORT and wants(passage, words := said.decode("utf-8", "ignore")):
                yield Noticed("result-folded", passage.pointer(""), words)


def wished(reading: Reading) -> Iterator[Noticed]:
    """Yield what a text for people wants of a model that reads it, and marks of turns that are not its own."""
    for passage in reading.passages:
        for wish in wishes(passage):
            rule = "result-sends-away" if wish.moves else "result-addresses"
            yield Noticed(rule, passage.pointer(""), wish.excerpt)
        for said in turns(passage):
            yield Noticed("result-fakes-turn", passage.pointer(""), said)


def hidden_words(read: Iterable[Passage]) -> Iterator[Noticed]:
    """Yield what says something in characters that nobody sees."""
    for passage in read:
        if not is_long(passage.text, _SHORTEST):
            continue
        for found in hidden(passage.text):
            if found.kind not in _SEEN and _is_words(found.decoded):
                yield Noticed("result-hidden-words", passage.pointer(""), found.decoded)


def _is_words(text: str) -> bool:
    letters = sum(char.isalpha() or char == " " for char in text)
    return len(text) >= _SHORTEST and letters >= _WORDS * len(text)
