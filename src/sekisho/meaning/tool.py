"""One tool made ready: what it does, and the reading of a call's arguments."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.meaning import shape
from sekisho.meaning.argument import Argument, Effects, Meaning
from sekisho.meaning.parameter import parameter, sources
from sekisho.meaning.schema import below, each_item, expanded
from sekisho.meaning.words import cut, lexicon
from sekisho.wire.pointer import child
from sekisho.wire.strict import Limits, WireError, loads
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sekisho.meaning.parameter import Parameter, Source
    from sekisho.meaning.schema import Nodes
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Tool"]

_KEPT: Final = 4096
"""Parameters that are kept; a caller may invent names without end."""

_ENCODED: Final = Limits(bytes=1024 * 1024, depth=64, members=10_000)
"""What is read of a text that holds encoded JSON."""

_SHOWN: Final = 256
"""Parameters that are told."""

_DEEPEST: Final = 6
"""Levels of them."""

_UNKNOWN: Final = frozenset[Meaning]()
_FREE: Final = frozenset({Meaning.WORD, Meaning.ARGUMENT})
_ADDRESSES: Final = frozenset({Meaning.URL, Meaning.RESOURCE})
_CONTENT: Final = frozenset({Meaning.TEXT})
_ANYTHING: Final = frozenset({Meaning.TEXT, Meaning.PATTERN})


class Tool:
    """One tool of one server.

    Args:
        body: its definition as approved; an empty mapping if it has none.
        about: words of the server's launch line, which tell what its tools work with.
        meant: what a person says that the values of parameters mean, by name.
    """

    def __init__(
        self,
        body: JsonObject,
        *,
        about: Iterable[str] = (),
        meant: Mapping[str, frozenset[Meaning]] = MappingProxyType({}),
    ) -> None:
        self.body: Final = body
        self.about: Final = frozenset(about)
        self.meant: Final = meant
        self._schema = obj(body.get("inputSchema"))
        self._known: dict[tuple[str, ...], Parameter] = {}
        self.words: Final = cut(text(body.get("name")) or "")
        self.effects: Final = _effects(body, self.about)
        required = (each for each in items(self._schema.get("required")) if isinstance(each, str))
        self._elsewhere = lexicon().leads_elsewhere(required)
        root = expanded(self._schema, [self._schema])
        self._root = parameter(root, (), self.effects, declared=True)

    def read(self, arguments: JsonObject) -> tuple[Argument, ...]:
        """Return every text in the arguments, those of absent parameters with a default too."""
        found: list[Argument] = []
        self._members(arguments, self._root, (), "", found)
        return tuple(found)

    def declared(self) -> Iterator[tuple[str, Mapping[Meaning, tuple[Source, ...]]]]:
        """Yield a pointer to each parameter that the schema names, with its meanings and what says each of them.

        An item of an array is `*`; at most 256 parameters, on six levels.
        """
        return islice(self._declared(self._root, (), ""), _SHOWN)

    def _declared(
        self, place: Parameter, names: tuple[str, ...], pointer: str
    ) -> Iterator[tuple[str, Mapping[Meaning, tuple[Source, ...]]]]:
        if len(names) >= _DEEPEST:
            return
        for key in dict.fromkeys(key for node in place.nodes for key in obj(node.get("properties"))):
            inner, where = self._member(place, names, key), child(pointer, key)
            yield where, sources(inner, key, self.effects)
            path = (*names, key)
            yield from self._declared(inner, path, where)
            if each_item(self._schema, inner.nodes):
                yield from self._declared(self._item(inner, path), (*path, "*"), child(where, "*"))

    def _value(
        self, value: Json, place: Parameter, names: tuple[str, ...], pointer: str, found: list[Argument]
    ) -> None:
        match value:
            case str():
                self._text(value, place, names, pointer, found)
            case dict():
                self._members(value, place, names, pointer, found)
            case list() if value:
                inner = self._item(place, names)
                for index, each in enumerate(value):
                    self._value(each, inner, names, child(pointer, index), found)
            case _:
                pass

    def _members(
        self, value: JsonObject, place: Parameter, names: tuple[str, ...], pointer: str, found: list[Argument]
    ) -> None:
        for key, each in value.items():
            inner = self._member(place, names, key)
            where = child(pointer, key)
            if not inner.declared:
                looks = _seen(key, _UNKNOWN, self.effects, loose=bool(names))
                found.append(Argument(pointer=where, value=key, meanings=looks, declared=False))
            if isinstance(each, str):
                self._text(each, inner, (*names, key), where, found)
            elif isinstance(each, dict | list):
                self._value(each, inner, (*names, key), where, found)
        for key, default in place.defaults:
            if key not in value:
                self._value(default, self._member(place, names, key), (*names, key), child(pointer, key), found)

    def _text(self, value: str, place: Parameter, names: tuple[str, ...], pointer: str, found: list[Argument]) -> None:
        if (place.words and value in place.words) or (self._elsewhere and _is_top(value, place)):
            return
        meanings = place.meanings
        if meanings != _CONTENT or self.effects.fetches:
            loose = not place.declared and len(names) > 1
            meanings = _seen(value, meanings, self.effects, loose=loose, regular=place.regular)
        found.append(Argument(pointer=pointer, value=value, meanings=meanings, declared=place.declared))
        if place.encoded and shape.is_json(value):
            try:
                inner = loads(value.encode("utf-8", "replace"), _ENCODED)
            except WireError:
                return
            decoded: list[Argument] = []
            self._value(inner, place, names, pointer, decoded)
            found.extend(_at(each, pointer) for each in decoded)

    def _member(self, place: Parameter, names: tuple[str, ...], key: str) -> Parameter:
        path = (*names, key)
        found = self._known.get(path)
        if found is None:
            nodes, declared = below(self._schema, place.nodes, key)
            made = parameter(nodes, path, self.effects, declared=declared)
            if path[0] in self.meant:
                made = replace(made, meanings=self.meant[path[0]], words=frozenset())
            found = self._keep(path, made)
        return found

    def _item(self, place: Parameter, names: tuple[str, ...]) -> Parameter:
        path = (*names, "*")
        found = self._known.get(path)
        if found is None:
            nodes = each_item(self._schema, place.nodes)
            made = parameter(_with(nodes, place.nodes), names, self.effects, declared=place.declared)
            if names and names[0] in self.meant:
                made = replace(made, meanings=self.meant[names[0]], words=frozenset())
            found = self._keep(path, made)
        return found

    def _keep(self, path: tuple[str, ...], found: Parameter) -> Parameter:
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[path] = found
        return found


def _with(items: Nodes, array: Nodes) -> Nodes:
    """An array's description speaks about its items, where these have none of their own."""
    if any("description" in node for node in items):
        return items
    spoken: list[JsonObject] = [{"description": node["description"]} for node in array if "description" in node]
    return (*items, *spoken)


def _at(argument: Argument, pointer: str) -> Argument:
    """An encoded value has no place of its own in the message."""
    return Argument(pointer=pointer, value=argument.value, meanings=argument.meanings, declared=argument.declared)


def _is_top(value: str, place: Parameter) -> bool:
    """Say whether a value is the top of everything, and what the schema states for where none is given."""
    return value == "/" and any(node.get("default") == value for node in place.nodes)


def _seen(
    value: str, known: frozenset[Meaning], effects: Effects, *, loose: bool, regular: bool = False
) -> frozenset[Meaning]:
    """Add what a text looks like to what its parameter says.

    What a server takes as a free object is data: in it no name is one for a command line, and of looks only a step
    upwards counts, unless the tool fetches.
    """
    if known and known <= _ANYTHING:
        names = Meaning.PATTERN in known and not regular
        return known | _seen_in_content(value, effects, names=names) if effects.fetches or names else known
    found = set(known - _FREE if loose else known)
    if Meaning.RESOURCE in known:
        found.discard(Meaning.URL)
    plain = not known and not loose
    if (plain or effects.fetches or known & _ADDRESSES) and shape.is_fetched(value):
        found.add(Meaning.URL)
    if shape.is_climbing(value) or ((plain or Meaning.RESOURCE in known) and shape.is_path(value)):
        found.add(Meaning.PATH)
    if not loose and shape.is_file_uri(value):
        found.add(Meaning.PATH)
    if effects.queries and not effects.graphs and plain and shape.is_query(value):
        found.add(Meaning.SQL)
    if plain and shape.is_single_word(value):
        found.add(Meaning.WORD)
    return frozenset(found)


def _seen_in_content(value: str, effects: Effects, *, names: bool) -> frozenset[Meaning]:
    """Content may look like anything; what a tool does with all that it gets still counts, and what finds files."""
    found: set[Meaning] = set()
    if effects.fetches and shape.address_alone(value):
        found.add(Meaning.URL)
    if names and shape.is_climbing(value):
        found.add(Meaning.PATH)
    return frozenset(found)


def _effects(body: JsonObject, about: frozenset[str]) -> Effects:
    words = cut(text(body.get("name")) or "")
    every = lexicon()
    acts = every.acting(words) | every.spoken(text(body.get("description")) or "")
    near = every.acting(about)
    says_reading = "reads" in acts and "writes" not in every.acting(words)
    annotations = obj(body.get("annotations"))
    return Effects(
        fetches="fetches" in acts,
        executes="executes" in acts,
        queries="queries" in acts or "queries" in near,
        graphs="graphs" in acts or ("graphs" in near and "queries" in acts),
        writes=not says_reading
        or annotations.get("readOnlyHint") is False
        or annotations.get("destructiveHint") is True,
    )
