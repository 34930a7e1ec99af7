"""One tool made ready: what it does, and the reading of a call's arguments."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from shlex import join
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.meaning import look, shape
from sekisho.meaning.argument import Argument, Meaning
from sekisho.meaning.effects import effects_of
from sekisho.meaning.parameter import Source, parameter, sources
from sekisho.meaning.schema import below, each_item, expanded, types_of
from sekisho.meaning.spoken import means_of, told_of
from sekisho.meaning.words import cut, lexicon
from sekisho.wire.pointer import child
from sekisho.wire.strict import Limits, WireError, loads
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sekisho.meaning.parameter import Parameter
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

_CARRYING: Final = frozenset(
    {"upload", "download", "clone", "checkout", "sync", "export", "import", "attach", "send", "backup", "restore"}
)
"""Words of tools that take files of this machine to another service, or bring them."""

_UNKNOWN: Final = frozenset[Meaning]()
_CONTENT: Final = frozenset({Meaning.TEXT})
_PLACES: Final = frozenset({Meaning.URL, Meaning.RESOURCE})
_ADDRESSES: Final = frozenset({Meaning.URL, Meaning.HOST})
_VARIABLES: Final = frozenset({("env",), ("environment",)})
"""Last words of names of what holds variables: which database a program asks is its own matter (`DATABASE_URL`)."""

_PARTS: Final = frozenset({Meaning.WORD, Meaning.ARGUMENT})
_RUN: Final = frozenset({Meaning.COMMAND, Meaning.PATTERN})
_WORD_OF_A_LINE: Final = frozenset({Meaning.ARGUMENT})
_LINES: Final = frozenset({("command",), ("cmd",), ("argv",), ("exec",), ("entrypoint",)})
"""Names of one command."""

_SLASHES: Final = frozenset({"/", "\\"})
"""What makes a host of what stands behind the first slash."""

_LISTED: Final = frozenset({Meaning.PATH, Meaning.URL, Meaning.HOST})
"""What may come as a list that is written as JSON: `attachments: '["a.txt"]'`."""

_CRAWLING: Final = frozenset({"crawl", "map", "scrape", "spider"})
_OF_A_SITE: Final = frozenset({"include", "exclude", "select"})

_HANDED_ON: Final = frozenset({("parameters",), ("params",)})
_WORDS: Final = 2
_LEFT_OUT: Final = (None, "")
"""What many a server takes for an argument that is not there, and puts the default in its place."""

_HOLDS_TEXT: Final = frozenset({"string", "array", "object"})
_WILD: Final = "*"
"""Stands for an item of an array, in the names on the way to a parameter."""


class _Way(NamedTuple):
    """The way to a member."""

    inner: Parameter
    """What it is."""

    names: tuple[str, ...]
    """The names on the way to it, its own the last."""

    pointer: str
    """Its place in the arguments."""

    content: bool
    """Whether every text in it is content, whatever it looks like."""


class Tool:
    """One tool of one server.

    Args:
        body: its definition as approved; an empty mapping if it has none.
        about: words of the server's launch line, which tell what its tools work with.
        meant: what a person says that the values of parameters mean, by name.
        tells: whether it is a prompt, which is filled with values and changes nothing.
    """

    def __init__(
        self,
        body: JsonObject,
        *,
        about: Iterable[str] = (),
        meant: Mapping[str, frozenset[Meaning]] = MappingProxyType({}),
        tells: bool = False,
    ) -> None:
        self.body: Final = body
        self.about: Final = frozenset(about)
        self.meant: Final = meant
        self._schema = obj(body.get("inputSchema"))
        self._known: dict[tuple[str, ...], Parameter] = {}
        self._known_ways: dict[str, _Way] = {}
        self.words: Final = cut(text(body.get("name")) or "")
        effects = effects_of(body, self.about)
        self.effects: Final = replace(effects, writes=False) if tells else effects
        self.description: Final = text(body.get("description")) or ""
        self.means: Final = means_of(self.description)
        self.routes: Final = _routes(self._schema)
        self._told = told_of(self.description)
        required = (each for each in items(self._schema.get("required")) if isinstance(each, str))
        self._elsewhere = lexicon().leads_elsewhere(required) and _CARRYING.isdisjoint(self.words)
        root = expanded(self._schema, [self._schema])
        self._root = parameter(root, (), self.effects, declared=True, root=self._schema)
        self._lacked, self._is_alone, self._is_looked_through = _UNKNOWN, False, False

    def read(self, arguments: JsonObject) -> tuple[Argument, ...]:
        """Return every text in the arguments, those of absent parameters with a default too."""
        if not self._is_looked_through:
            self._lacked, self._is_alone = self._lacking()
            self._is_looked_through = True
        found: list[Argument] = []
        self._members(arguments, self._root, (), "", found)
        return tuple(found)

    def _lacking(self) -> tuple[frozenset[Meaning], bool]:
        """Return what the tool must be given and no parameter is for, and whether one alone may be for anything."""
        taken = look.taken(self.effects)
        if not taken:
            return taken, False
        told = [inner for _, _, inner in islice(self._declared(self._root, (), ""), _SHOWN) if _may_be_text(inner)]
        missing = taken.difference(*(inner.meanings for inner in told))
        if not missing.isdisjoint({Meaning.HOST}) and any(inner.meanings & _PLACES for inner in told):
            missing -= {Meaning.HOST}
        # Content beside something else is content: a note in a file that a command writes.
        free = [inner for inner in told if inner.meanings <= _CONTENT]
        return missing, not told or (len(free) == 1 and (free[0].carries or len(told) == 1))

    def declared(self) -> Iterator[tuple[str, Mapping[Meaning, tuple[Source, ...]]]]:
        """Yield a pointer to each parameter that the schema names, with its meanings and what says each of them.

        An item of an array is `*`; at most 256 parameters, on six levels.
        """
        lacked, is_alone = self._lacking()
        for where, key, inner in islice(self._declared(self._root, (), ""), _SHOWN):
            alone = is_alone and inner.meanings <= _CONTENT
            owed = look.owed(inner, lacked, alone=alone)
            yield where, {**sources(inner, key, self.effects), **dict.fromkeys(sorted(owed), (Source.LOOK,))}

    def _declared(self, place: Parameter, names: tuple[str, ...], pointer: str) -> Iterator[tuple[str, str, Parameter]]:
        if len(names) >= _DEEPEST:
            return
        for key in dict.fromkeys(key for node in place.nodes for key in obj(node.get("properties"))):
            inner, where = self._member(place, names, key), child(pointer, key)
            yield where, key, inner
            path = (*names, key)
            yield from self._declared(inner, path, where)
            if each_item(self._schema, inner.nodes):
                yield from self._declared(self._item(inner, path), (*path, _WILD), child(where, _WILD))

    def _value(
        self, value: Json, place: Parameter, names: tuple[str, ...], pointer: str, found: list[Argument]
    ) -> None:
        match value:
            case str():
                self._text(value, place, names, pointer, found)
            case dict():
                self._members(value, place, names, pointer, found)
            case list() if self._is_line(value, place, names):
                self._line(value, place, pointer, found)
            case list() if value:
                inner = self._item(place, names)
                for index, each in enumerate(value):
                    self._value(each, inner, (*names, _WILD), child(pointer, index), found)
            case _:
                pass

    def _is_line(self, value: list[Json], place: Parameter, names: tuple[str, ...]) -> bool:
        """Say whether a list is one command, word by word, and not a list of commands."""
        words = [each for each in value if isinstance(each, str)]
        if Meaning.COMMAND not in place.meanings or len(words) < _WORDS or len(words) != len(value):
            return False
        return cut(names[-1] if names else "")[-1:] in _LINES and not any(map(str.isspace, words[0]))

    def _line(self, value: list[Json], place: Parameter, pointer: str, found: list[Argument]) -> None:
        """A server may also put the words together without quotes: each of them is one that the caller may choose."""
        words = [each for each in value if isinstance(each, str)]
        line = Argument(pointer=pointer, value=join(words), meanings=place.meanings, declared=place.declared)
        found.append(line)
        for index, each in enumerate(words[1:], 1):
            meanings = place.meanings if shape.is_before_script(words[:index]) else _WORD_OF_A_LINE
            found.append(replace(line, pointer=child(pointer, index), value=each, meanings=meanings))

    def _members(
        self, value: JsonObject, place: Parameter, names: tuple[str, ...], pointer: str, found: list[Argument]
    ) -> None:
        for key, each in value.items():
            way = (self._known_ways.get(key) if not names else None) or self._way(place, names, pointer, key)
            inner, path, where, content = way
            if not inner.declared:
                looks = look.seen(key, _UNKNOWN, self.effects, loose=bool(names))
                looks |= look.carried(key, inner, self._lacked - _RUN, alone=False, writes=True)
                looks |= look.named(key, place, self.effects) if names else _UNKNOWN
                found.append(Argument(pointer=where, value=key, meanings=looks, declared=False))
            if isinstance(each, str):
                if content:
                    found.append(Argument(pointer=where, value=each, meanings=_CONTENT, lines=inner.lines))
                else:
                    self._text(each, inner, path, where, found)
            elif isinstance(each, dict | list):
                self._value(each, inner, path, where, found)
        for key, default in place.defaults:
            if value.get(key) in _LEFT_OUT:
                self._value(default, self._member(place, names, key), (*names, key), child(pointer, key), found)

    def _way(self, place: Parameter, names: tuple[str, ...], pointer: str, key: str) -> _Way:
        """Return the way to a member; that to a parameter is kept."""
        inner = self._member(place, names, key)
        content = inner.declared and inner.meanings == _CONTENT and not (self.effects.fetches or self._lacked)
        asked = inner.words or inner.encoded or inner.envelope or inner.remote
        way = _Way(inner, (*names, key), child(pointer, key), content and not asked)
        if not names:
            if len(self._known_ways) >= _KEPT:
                self._known_ways.clear()
            self._known_ways[key] = way
        return way

    def _text(self, value: str, place: Parameter, names: tuple[str, ...], pointer: str, found: list[Argument]) -> None:
        if place.words and value in place.words:
            return
        first = value[:1]
        if self._elsewhere and first == "/" and Meaning.PATH in place.meanings:
            if value == "/":
                return
            value = f".{value}" if shape.is_from_top(value) else value
        elif place.remote and first == "/" and value[1:2] not in _SLASHES and not shape.is_climbing(value):
            value = f".{value}"
        meanings = place.meanings
        if meanings != _CONTENT or self.effects.fetches:
            loose = not place.declared and len(names) > 1 and len([each for each in names if each != _WILD]) > 1
            meanings = look.seen(value, meanings, self.effects, loose=loose, regular=place.regular)
        if self._lacked:
            alone = self._is_alone and place.meanings <= _CONTENT
            carried = look.carried(value, place, self._lacked, alone=alone, writes=self.effects.writes)
            # the only text that a shell gets is its command, and no part of one
            looks = _PARTS - place.meanings if alone and Meaning.COMMAND in carried else _UNKNOWN
            meanings = (meanings - looks) | carried
        found.append(
            Argument(pointer=pointer, value=value, meanings=meanings, declared=place.declared, lines=place.lines)
        )
        listed = first == "[" and not _LISTED.isdisjoint(place.meanings)
        if (place.encoded or place.envelope or listed) and shape.is_json(value):
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
            if key in self._told and not any("description" in node for node in nodes):
                said: JsonObject = {"description": self._told[key]}
                nodes = (*nodes, said)
            made = parameter(nodes, path, self.effects, declared=declared, root=self._schema)
            if not declared and self._keeps(place):
                made = replace(made, meanings=_CONTENT, selects=place.selects)
            if not declared and not self.effects.fetches and cut(path[-2] if names else "")[-1:] in _VARIABLES:
                made = replace(made, meanings=made.meanings - _ADDRESSES)
            if path[0] in self.meant:
                made = replace(made, meanings=self.meant[path[0]], words=frozenset())
            found = self._keep(path, made)
        return found

    def _keeps(self, place: Parameter) -> bool:
        """Say whether the members of a free object are fields of what is kept or asked for, whatever their names."""
        does = self.effects
        stored = place.meanings == _CONTENT and not place.envelope and (does.queries or does.documents)
        return (stored or place.selects) and not (does.fetches or does.opens or does.connects)

    def _item(self, place: Parameter, names: tuple[str, ...]) -> Parameter:
        path = (*names, _WILD)
        found = self._known.get(path)
        if found is None:
            nodes = each_item(self._schema, place.nodes)
            own = tuple(each for each in names if each != _WILD)
            made = parameter(_with(nodes, place.nodes), own, self.effects, declared=place.declared, root=self._schema)
            made = replace(made, meanings=_CONTENT) if self._keeps(place) and place.selects else made
            made = replace(made, remote=True) if self._is_of_a_site(own) else made
            if names and names[0] in self.meant:
                made = replace(made, meanings=self.meant[names[0]], words=frozenset())
            found = self._keep(path, made)
        return found

    def _is_of_a_site(self, names: tuple[str, ...]) -> bool:
        """Say whether paths are those of the site that a tool goes through, as `include_paths` of a crawler."""
        words = cut(names[-1] if names else "")
        crawls = self.effects.fetches and not _CRAWLING.isdisjoint(self.words)
        return crawls and words[-1:] == ("paths",) and not _OF_A_SITE.isdisjoint(words)

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


def _may_be_text(place: Parameter) -> bool:
    types = types_of(place.nodes)
    return not types or not types.isdisjoint(_HOLDS_TEXT)


def _at(argument: Argument, pointer: str) -> Argument:
    """An encoded value has no place of its own in the message."""
    return replace(argument, pointer=pointer, inner=argument.pointer.removeprefix(pointer) + argument.inner)


def _routes(schema: JsonObject) -> bool:
    """Say whether a tool hands what it gets on to others of its server: a command, and an object of its parameters."""
    properties = obj(schema.get("properties"))
    return any("object" in types_of((obj(each),)) for key, each in properties.items() if cut(key) in _HANDED_ON)
