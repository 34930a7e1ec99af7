"""What a value adds to the meanings of its parameter: by its look, and by what its tool does with all that it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.meaning import shape
from sekisho.meaning.argument import Meaning

if TYPE_CHECKING:
    from sekisho.meaning.argument import Effects
    from sekisho.meaning.parameter import Parameter

__all__ = ["carried", "named", "owed", "seen", "taken"]

_PATH: Final = Meaning.PATH
_URL: Final = Meaning.URL
_WORD: Final = Meaning.WORD
_RESOURCE: Final = Meaning.RESOURCE
_NOTHING: Final = frozenset[Meaning]()
_FREE: Final = frozenset({Meaning.WORD, Meaning.ARGUMENT})
_ADDRESSES: Final = frozenset({Meaning.URL, Meaning.RESOURCE})
_ANYTHING: Final = frozenset({Meaning.TEXT, Meaning.PATTERN})
_CERTAIN: Final = frozenset({Meaning.COMMAND, Meaning.PATTERN})
_OF_QUERIES: Final = frozenset({Meaning.TEXT, Meaning.SQL})
_NAMES: Final = frozenset({Meaning.WORD, Meaning.PATH})


def taken(effects: Effects) -> frozenset[Meaning]:
    """Return what a tool that does this must be given by some parameter, whatever that is called."""
    told = {
        Meaning.COMMAND: effects.shells,
        Meaning.SQL: effects.queries and not effects.graphs,
        Meaning.CYPHER: effects.graphs,
        Meaning.PATTERN: effects.renders,
        Meaning.PATH: effects.opens,
        Meaning.HOST: effects.connects or effects.fetches,
    }
    return frozenset(meaning for meaning, does in told.items() if does)


def carried(
    value: str, place: Parameter, lacked: frozenset[Meaning], *, alone: bool, writes: bool
) -> frozenset[Meaning]:
    """Return what a value is for a tool that works with it and has no parameter that says so.

    Args:
        value: the text.
        place: its parameter.
        lacked: what the tool must be given, and no parameter is called.
        alone: whether no other parameter may hold anything.
        writes: whether the tool may write what it is given.
    """
    found = set(owed(place, lacked, alone=alone))
    if place.carries or alone:
        if Meaning.SQL in lacked and shape.is_statement(value):
            found.add(Meaning.SQL)
        if Meaning.CYPHER in lacked and shape.is_cypher(value):
            found.add(Meaning.CYPHER)
    if place.carries or place.meanings <= _NAMES or (alone and not writes):
        if Meaning.PATH in lacked and (shape.is_path(value) or shape.is_climbing(value)):
            found.add(Meaning.PATH)
        if Meaning.HOST in lacked and (shape.is_host(value) or shape.is_store(value) or shape.is_word_and_more(value)):
            found.add(Meaning.HOST)
    return frozenset(found)


def named(key: str, place: Parameter, effects: Effects) -> frozenset[Meaning]:
    """Return what the name of a member is: that of a file where the parameter is one of files, or of a column."""
    found: set[Meaning] = set()
    if Meaning.PATH in place.meanings and ("/" in key or "\\" in key or key[:1] == "."):
        found.add(Meaning.PATH)
    if effects.queries and not effects.graphs and shape.is_more_than_a_name(key):
        found.add(Meaning.SQL_NAME)
    return frozenset(found)


def owed(place: Parameter, lacked: frozenset[Meaning], *, alone: bool) -> frozenset[Meaning]:
    """Return what every value of a parameter is for such a tool, whatever it looks like; as `carried`."""
    certain = alone or (place.carries and place.meanings)
    return lacked & _CERTAIN if certain else frozenset()


def seen(
    value: str, known: frozenset[Meaning], effects: Effects, *, loose: bool, regular: bool = False
) -> frozenset[Meaning]:
    """Add what a text looks like to what its parameter says.

    What a server takes as a free object is data: in it no name is one for a command line, and of looks only a step
    upwards counts, unless the tool fetches.

    Args:
        value: the text.
        known: what its parameter says.
        effects: what the tool does.
        loose: whether it stands in a free object.
        regular: whether the parameter's patterns are regular expressions.
    """
    if known and known <= _ANYTHING:
        names = Meaning.PATTERN in known and not regular
        found = _seen_in_content(value, effects, names=names) if effects.fetches or names else frozenset[Meaning]()
        return known | found | _spliced(value, known, effects)
    if not known and not loose:
        return _seen_in_unknown(value, effects)
    named = known - _FREE if loose else known
    if not effects.queries and known and _RESOURCE not in known and shape.is_placeless(value):
        return named
    found = set(named)
    if _RESOURCE in known:
        found.discard(_URL)
    addressed = (effects.fetches and shape.holds_fetched(value)) or _is_web(value, known, loose=loose)
    if addressed or ((effects.fetches or known & _ADDRESSES) and shape.is_fetched(value)):
        found.add(_URL)
    if shape.is_climbing(value) or (_RESOURCE in known and shape.is_path(value)):
        found.add(_PATH)
    if not loose and shape.is_file_uri(value):
        found.add(_PATH)
    return frozenset(found | _spliced(value, known, effects))


def _is_web(value: str, known: frozenset[Meaning], *, loose: bool) -> bool:
    """Say whether a file or a name is an address of the web; a name of several words only begins with one."""
    alone = Meaning.PATH in known or (Meaning.WORD in known and not loose and shape.is_single_word(value))
    return alone and shape.is_web(value)


def _seen_in_unknown(value: str, effects: Effects) -> frozenset[Meaning]:
    """Return all that a text looks like of which nothing is known; most look like nothing."""
    found: set[Meaning] = set()
    if (effects.fetches and shape.holds_fetched(value)) or (
        not shape.is_several_words(value) and shape.is_fetched(value)
    ):
        found.add(_URL)
    if not shape.is_prose(value) and (shape.is_climbing(value) or shape.is_path(value)):
        found.add(_PATH)
    if ":" in value and shape.is_file_uri(value):
        found.add(_PATH)
    if effects.queries and not effects.graphs:
        if shape.is_query_or_more(value):
            found.add(Meaning.SQL)
        found |= _spliced(value, _NOTHING, effects)
    if shape.is_single_word(value) or shape.is_word_and_more(value):
        found.add(_WORD)
    elif effects.executes:
        found.add(Meaning.ARGUMENT)
    return frozenset(found) if found else _NOTHING


def _spliced(value: str, known: frozenset[Meaning], effects: Effects) -> frozenset[Meaning]:
    """A query may hold any value of a tool that queries, but content; what is a query itself needs no look."""
    if not effects.queries or effects.graphs or not known.isdisjoint(_OF_QUERIES):
        return frozenset()
    return frozenset({Meaning.SQL_NAME}) if shape.is_spliced_query(value) else frozenset()


def _seen_in_content(value: str, effects: Effects, *, names: bool) -> frozenset[Meaning]:
    """Content may look like anything; what a tool does with all that it gets still counts, and what finds files."""
    found: set[Meaning] = set()
    if effects.fetches and shape.address_alone(value):
        found.add(Meaning.URL)
    if names and shape.is_climbing(value):
        found.add(Meaning.PATH)
    return frozenset(found)
