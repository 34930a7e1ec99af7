"""What a parameter is, before a value is there: by schema, name and description."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sekisho.meaning.argument import Line, Meaning
from sekisho.meaning.schema import expanded, texts_of, types_of
from sekisho.meaning.words import cut, lexicon
from sekisho.wire.views import EMPTY, items, obj

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from sekisho.meaning.argument import Effects
    from sekisho.meaning.schema import Nodes
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Parameter", "Source", "parameter", "sources"]

_FORMATS: Final = {
    "uri": Meaning.URL,
    "url": Meaning.URL,
    "iri": Meaning.URL,
    "uri-reference": Meaning.URL,
    "iri-reference": Meaning.URL,
    "hostname": Meaning.HOST,
    "idn-hostname": Meaning.HOST,
    "ipv4": Meaning.HOST,
    "ipv6": Meaning.HOST,
    "path": Meaning.PATH,
    "file-path": Meaning.PATH,
    "directory-path": Meaning.PATH,
    "regex": Meaning.PATTERN,
}
_SPOKEN: Final[frozenset[str]] = frozenset(
    {Meaning.PATH, Meaning.URL, Meaning.HOST, Meaning.COMMAND, Meaning.ARGUMENT, Meaning.PATTERN}
)
"""What a description can make of a name that says nothing."""

_DATA: Final = frozenset({Meaning.TEXT})
_UNNAMED: Final = frozenset({Meaning.TEXT, None})
_LINES: Final = frozenset({Line.HEAD, Line.LETTERHEAD})
_MANY_LINES: Final = frozenset({"deploy", "gpg", "pem", "pgp", "private", "public", "rsa", "signing", "ssh"})
"""Words of names whose values are keys of many lines."""

_SEVERAL: Final = re.compile(
    r"(?i)\b(?:lines?|newlines?|list|one per|separated|multiple|several|multi-?line)\b|改行|複数|换行|多个|여러|줄바꿈"
)
_IN_ADDRESSES: Final = frozenset({("path",), ("pathname",)})
_TELLING: Final = frozenset(
    {("caption",), ("comment",), ("description",), ("label",), ("name",), ("note",), ("reason",), ("title",)}
)
"""Names of texts that tell about something else, such as a query."""

_REMOTE: Final = "remote"
_OF_A_DISK: Final = re.compile(
    r"(?i)\b(?:files?|filesystem|folders?|director(?:y|ies)|disk|local|workspace|on this machine)\b"
    r"|ファイル|フォルダ|ディレクトリ|文件|目录|目錄|파일|폴더"
)
"""Says that a path is one of this machine, whatever else is said."""

_HELD: Final = re.compile(
    r"\s*(?:the |full |raw |entire |complete |text )*contents? of\b"
    r"(?!.*\b(?:folder|director|urls?\b|(?<!not the )(?<!not a )(?<!not its )paths?\b))",
    re.IGNORECASE | re.DOTALL,
)
"""A description that begins so speaks of what is in a file, not of where it is."""

_REGULAR: Final = frozenset({"regex", "regexp", "xpath", "jsonpath", "jq", "jmespath"})
_OF_FILES: Final = re.compile(
    r"\bglob|wild ?card|\*[.*/]|\bfiles? (?:names? |that |to )*match|\bmatch(?:es|ing)? files?\b|\bfile ?names?\b"
    r"|ワイルドカード",
    re.IGNORECASE,
)
"""What a description says of a pattern that files are found by."""


class Source(StrEnum):
    """What says what a parameter is."""

    FORMAT = "format"
    """The schema's `format`."""

    CONTENT = "content"
    """The schema says that it holds media, or is encoded."""

    NAME = "name"
    """Its name."""

    DESCRIPTION = "description"
    """Its description or title."""

    LOOK = "look"
    """What a value looks like, or what its tool does with all that it gets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One place in the arguments of a tool."""

    nodes: Nodes
    """The schemas that speak about it."""

    declared: bool
    """Whether a schema names it."""

    meanings: frozenset[Meaning]
    """What its values are, whatever they look like; empty if nothing is known."""

    words: frozenset[str]
    """The texts of an enumeration or constant: the server's own words, which mean what it says."""

    regular: bool
    """Whether its values are regular expressions, matched against text: no names of files, and no patterns of them."""

    encoded: bool
    """Whether something other than a text is declared, so that a text may be its JSON."""

    defaults: tuple[tuple[str, Json], ...]
    """Members that a schema fills in where they are absent, with what it fills in."""

    carries: bool
    """Whether its name says that it holds what the tool works on, or nothing."""

    selects: bool
    """Whether it says what is selected: its members are names of fields."""

    envelope: bool
    """Whether a text in it may be the JSON of other arguments."""

    remote: bool
    """Whether it names a file of another machine, whose top is none of ours."""

    lines: frozenset[Line]
    """What line of a message its values become."""


def parameter(
    nodes: Nodes, names: tuple[str, ...], effects: Effects, *, declared: bool, root: JsonObject = EMPTY
) -> Parameter:
    """Read the schemas and the name of a parameter.

    Args:
        nodes: the schemas that speak about it.
        names: the names on the way to it, the last one its own.
        effects: what the tool does.
        declared: whether a schema names it.
        root: the schema that references are resolved in.
    """
    types = types_of(nodes)
    name = names[-1] if names else ""
    words = cut(name)
    meanings = _meanings(nodes, name, effects)
    return Parameter(
        nodes=nodes,
        declared=declared,
        meanings=meanings,
        regular=_is_regular(nodes, name),
        words=frozenset(_words(nodes)),
        encoded=bool(types) and "string" not in types,
        defaults=tuple(_defaults(root, nodes)),
        carries=not meanings or lexicon().carries(words),
        selects=lexicon().selects(words),
        envelope=lexicon().wraps(words) or (meanings <= _DATA and any("json" in each.lower() for each in _told(nodes))),
        remote=Meaning.PATH in meanings and (words[:1] == ("remote",) or _is_of_a_service(nodes, words, effects)),
        lines=_lines(nodes, words),
    )


def _lines(nodes: Nodes, words: tuple[str, ...]) -> frozenset[Line]:
    every = lexicon()
    said = {kind for each in _told(nodes) for kind in every.spoken(each) if kind in _LINES}
    single = every.single(words) and _MANY_LINES.isdisjoint(words) and not _is_list(nodes)
    return frozenset({*map(Line, said), *((Line.SINGLE,) if single else ())})


def _is_of_a_service(nodes: Nodes, words: tuple[str, ...], effects: Effects) -> bool:
    """Say whether a description speaks of a path in the address of a service, and of no file."""
    if words[-1:] not in _IN_ADDRESSES or effects.opens:
        return False
    told = _told(nodes)
    return any(_REMOTE in lexicon().spoken(each) for each in told) and not any(map(_OF_A_DISK.search, told))


def _is_list(nodes: Nodes) -> bool:
    """Say whether a description speaks of several values in one text."""
    return any(_SEVERAL.search(each) for each in _told(nodes))


def _is_regular(nodes: Nodes, name: str) -> bool:
    told = _told(nodes)
    if any(_OF_FILES.search(each) or Meaning.PATH in lexicon().spoken(each) for each in told):
        return False
    named = "regex" in texts_of(nodes, "format") or not _REGULAR.isdisjoint(cut(name))
    return named or any(Meaning.PATTERN in lexicon().spoken(each) for each in told)


def _defaults(root: JsonObject, nodes: Nodes) -> Iterator[tuple[str, Json]]:
    for node in nodes:
        for key, schema in obj(node.get("properties")).items():
            referred = (schema,) if "$ref" not in obj(schema) else expanded(root, (schema,))
            for each in referred:
                default = obj(each).get("default")
                if default is not None:
                    yield key, default


def sources(place: Parameter, name: str, effects: Effects) -> Mapping[Meaning, tuple[Source, ...]]:
    """Return what says each meaning of a parameter, for a person who wants to know why.

    Args:
        place: the parameter.
        name: its own name.
        effects: what the tool does.
    """
    kind = lexicon().kind(cut(name))
    told: Mapping[Source, set[Meaning]] = {
        Source.FORMAT: {_FORMATS[each] for each in texts_of(place.nodes, "format") if each in _FORMATS},
        Source.CONTENT: {Meaning.TEXT} if any(_holds_media(node) for node in place.nodes) else set(),
        Source.NAME: {_settled(Meaning(kind), effects)} if kind is not None else set(_named_in_full(name)),
        Source.DESCRIPTION: _spoken(place.nodes),
    }
    return {
        meaning: tuple(source for source, meanings in told.items() if meaning in meanings)
        for meaning in sorted(place.meanings)
    }


def _words(nodes: Nodes) -> list[str]:
    return [each for node in nodes for each in (*items(node.get("enum")), node.get("const")) if isinstance(each, str)]


def _meanings(nodes: Nodes, name: str, effects: Effects) -> frozenset[Meaning]:
    by_format = {_FORMATS[each] for each in texts_of(nodes, "format") if each in _FORMATS}
    if any(_holds_media(node) for node in nodes):
        return frozenset({Meaning.TEXT} | by_format)
    words = cut(name)
    kind = lexicon().kind(words)
    named = _settled(Meaning(kind), effects) if kind is not None else None
    if named is Meaning.PATH and any(map(_HELD.match, _told(nodes))):
        named = Meaning.TEXT
    if (
        named is Meaning.SQL
        and any(map(lexicon().asks_otherwise, _told(nodes)))
        and not lexicon().asks_in_sql(name, "")
    ):
        named = Meaning.TEXT
    if (
        named in _UNNAMED
        and words[-1:] not in _TELLING
        and any(lexicon().asks_in_sql("", each) for each in _told(nodes))
    ):
        return frozenset({Meaning.SQL} | by_format)
    if effects.queries and named is Meaning.TEXT and lexicon().carries(words) and _speaks_of_tables(nodes):
        return frozenset({Meaning.SQL_NAME} | by_format)
    if named is not None and not lexicon().says_little(words):
        return frozenset({named} | by_format | _led(named, _spoken(nodes) & {Meaning.URL, Meaning.PATH}))
    spoken = _spoken(nodes) | set(_named_in_full(name))
    if named is None and not spoken and not by_format and any(_speaks_of_content(each) for each in _told(nodes)):
        return frozenset({Meaning.TEXT})
    return frozenset(by_format | spoken | ({named} if named is not None and not spoken else set()))


def _holds_media(node: JsonObject) -> bool:
    return "contentMediaType" in node or "contentEncoding" in node


def _led(named: Meaning, spoken: AbstractSet[Meaning]) -> AbstractSet[Meaning]:
    """Return what a description adds about where a value leads: "path or URL of the document", of an image as well.

    An identifier is no address because it "can be found in the URL".
    """
    leads = named in (Meaning.PATH, Meaning.URL, Meaning.HOST) or (named is Meaning.WORD and len(spoken) > 1)
    return spoken if leads else frozenset()


def _settled(meaning: Meaning, effects: Effects) -> Meaning:
    """A query is one of a database only where there is a database, and in its language."""
    if effects.graphs and meaning is Meaning.SQL:
        return Meaning.CYPHER
    if effects.queries or meaning is Meaning.CYPHER:
        return meaning
    match meaning:
        case Meaning.SQL:
            return Meaning.TEXT
        case Meaning.SQL_NAME:
            return Meaning.WORD
        case _:
            return meaning


def _spoken(nodes: Nodes) -> set[Meaning]:
    return {Meaning(kind) for each in _told(nodes) for kind in lexicon().spoken(each) if kind in _SPOKEN}


def _told(nodes: Nodes) -> list[str]:
    return [each for key in ("description", "title") for each in texts_of(nodes, key)]


def _speaks_of_tables(nodes: Nodes) -> bool:
    return any(Meaning.SQL_NAME in lexicon().spoken(each) for each in _told(nodes))


def _speaks_of_content(description: str) -> bool:
    return Meaning.TEXT in lexicon().spoken(description)


def _named_in_full(name: str) -> list[Meaning]:
    """Read names that are no words of ours, such as Japanese ones, as a description."""
    if name.isascii():
        return []
    return [Meaning(kind) for kind in lexicon().spoken(name) if kind in _SPOKEN]
