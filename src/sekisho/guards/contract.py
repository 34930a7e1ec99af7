"""A schema made ready to be held against values: compiled once, in bounds, fetching nothing, matching in linear time.

A schema that is too much for this process, and a value for which it is, are for a worker that can be ended.
A host's known mistakes are no breach: JSON in a text where something else is declared, and null for a member that may
be absent. What is judged then is what the server will make of it; what is forwarded is what was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

from sekisho.guards.cost import cost, read_of, size, within
from sekisho.guards.normal import normal
from sekisho.wire.pointer import build
from sekisho.wire.strict import Limits, WireError, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sekisho.wire.strict import Json, JsonObject

__all__ = ["ANYTHING", "Breach", "Contract", "contract", "too_costly"]

_READ: Final = 4_000
"""Schemas of one document that are read where others wait."""

_COMPILED: Final = 2_000
"""Schemas, every reference written out, that are compiled where others wait: some milliseconds."""

_WORK: Final = 500_000
"""What one value may cost there: its size, times the schemas that may be asked about each part of it."""

_COPIED: Final = 60_000
"""The size of a value, about a megabyte of text, of which no breaches are looked for there."""

_TURNS: Final = 4_000
"""How often a schema that refers to itself may be asked there about one value."""

_PATIENT: Final = 200_000
"""Schemas that a worker takes on, read or written out."""

_PLAIN: Final = 100
"""Values of a schema without references below which it can't cost much: nothing in it is that deep, or that wide."""

_TOLD: Final = 16
"""Breaches that are looked at; whoever calls mends them one after the other."""

_OTHER_TYPE: Final = frozenset({"anyOf", "oneOf", "type"})
"""What is broken by a value of the wrong type."""

_ENCODED: Final = Limits(bytes=1024 * 1024, depth=64, members=10_000)
"""What is read of a text that holds encoded JSON."""

_UNREAD: Final[JsonObject] = {"not": {}}
"""Stands for a schema that was not made ready: nobody may take it for one that agrees to everything."""

_REGEX: Final = 1 << 18
"""Bytes that a compiled pattern may take."""


class _Kind(Protocol):
    @property
    def name(self) -> str: ...
    def as_dict(self) -> JsonObject: ...


class _Error(Protocol):
    @property
    def kind(self) -> _Kind: ...
    @property
    def instance_path(self) -> list[str | int]: ...


class _Validator(Protocol):
    def is_valid(self, instance: Json) -> bool: ...
    def iter_errors(self, instance: Json) -> Iterator[_Error]: ...


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a value does not fit."""

    path: tuple[str | int, ...]
    """Member names and indexes on the way to it. They may be an attacker's words."""

    keyword: str
    """What of the schema it breaks: a keyword, or `schema` where nothing fits."""

    types: tuple[str, ...] = ()
    """The types that would fit, if it is of the wrong one."""

    @property
    def pointer(self) -> str:
        """Where it is, as a pointer into the value."""
        return build(self.path)


@dataclass(frozen=True, slots=True, eq=False)
class Contract:
    """One schema."""

    schema: JsonObject
    """As it is enforced."""

    validator: _Validator | None
    """Compiled; None where it must not be compiled in this process."""

    nodes: int = 1
    """What it costs."""

    recursive: bool = False
    """Whether it refers to itself."""

    read: frozenset[str] | None = None
    """The members of which texts are read to their end; None if that may be any."""

    dropped: tuple[str, ...] = ()
    """Pointers to what of the document is not enforced: it is no valid schema, or leads nowhere."""

    source: Json = None
    """As it came, for a worker."""

    patient: bool = False
    """Whether this process may take its time."""

    hopeless: bool = False
    """Whether not even a patient one comes to an end."""

    def breaches(self, value: Json, *, exact: bool = False) -> tuple[Breach, ...] | None:
        """Return where a value does not fit; None where a worker has to find out.

        Args:
            value: what is held against it.
            exact: whether the known mistakes of hosts count: they are none of a server.
        """
        if not self.schema:
            return ()
        if self.validator is None or not (self.patient or self._cheap(value)):
            return None
        try:
            if self.validator.is_valid(value):
                return ()
            # what is told about a breach holds a copy of all that is around it
            if not self.patient and size(value, _COPIED) == _COPIED:
                return None
            return _breaches(self.validator, value) if exact else self._mended(self.validator, value)
        except ValueError:
            # No JSON, such as half of a surrogate pair, which the wire does not let in.
            return (Breach((), "schema"),)

    def _cheap(self, value: Json) -> bool:
        if self.recursive:
            return within(self.schema, value, _TURNS)
        return size(value, _WORK // self.nodes + 1, read=self.read) * self.nodes < _WORK

    def _mended(self, validator: _Validator, value: Json) -> tuple[Breach, ...]:
        """Look again, with the known mistakes of hosts taken for what they mean."""
        found = _breaches(validator, value)
        mended = value
        for breach in found:
            if breach.path and breach.keyword in _OTHER_TYPE:
                mended = _changed(mended, breach.path)
        return found if mended is value else _breaches(validator, mended)


ANYTHING: Final = Contract(schema={}, validator=None)
"""What is agreed where there is no schema."""


def contract(schema: Json, *, patient: bool = False) -> Contract:
    """Make a schema ready.

    Args:
        schema: as a server declares it; an empty one agrees to everything.
        patient: whether this process may take its time, because it can be ended.
    """
    most, written = (_PATIENT, _PATIENT) if patient else (_READ, _COMPILED)
    read = normal(schema, most=most)
    counted = cost(read.schema)
    if not read.whole or counted.endless or counted.nodes > written:
        hopeless = read.whole and (counted.endless or counted.nodes > _PATIENT)
        return Contract(schema=_UNREAD, validator=None, source=schema, patient=patient, hopeless=hopeless)
    validator = _compiled(read.schema)
    if validator is None:
        read = normal(schema, most=most, matches=_matches)
        validator = _compiled(read.schema)
    return Contract(
        schema=read.schema,
        validator=validator,
        nodes=counted.nodes,
        recursive=counted.recursive,
        read=read_of(read.schema),
        dropped=read.dropped,
        source=schema,
        patient=patient,
    )


def too_costly(schema: Json, *, refers: bool) -> bool:
    """Tell whether not even a patient process can hold values against a schema; linear, and cheap for most.

    Args:
        schema: as a server declares it.
        refers: whether anything in it may be a reference.
    """
    if not refers and size(schema, _PLAIN) < _PLAIN:
        return False
    read = normal(schema, most=_READ)
    if not read.whole:
        return _schemas(schema) > _PATIENT
    counted = cost(read.schema)
    return counted.endless or counted.nodes > _PATIENT


def _schemas(document: Json) -> int:
    """Count the objects of a document, each of which may be a schema; stops behind the most that is read."""
    found, waiting = 0, [document]
    while waiting and found <= _PATIENT:
        each = waiting.pop()
        if isinstance(each, dict):
            found += 1
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return found


@cache
def _make() -> Callable[[JsonObject], _Validator]:
    from jsonschema_rs import Draft202012Validator, RegexOptions  # noqa: PLC0415 - loaded with the first schema

    # It would fetch what a reference names, from the network and from `file:`. Of its two engines for patterns, one
    # is linear, and refuses look-around and back-references: such a pattern is not enforced.
    linear = RegexOptions(size_limit=_REGEX, dfa_size_limit=_REGEX)
    return lambda schema: Draft202012Validator(schema, validate_formats=False, offline=True, pattern_options=linear)


def _compiled(schema: JsonObject) -> _Validator | None:
    try:
        return _make()(schema)
    except ValueError:
        return None


def _matches(pattern: str) -> bool:
    return _compiled({"pattern": pattern}) is not None


def _breaches(validator: _Validator, value: Json) -> tuple[Breach, ...]:
    return tuple(_breach(error) for error in islice(validator.iter_errors(value), _TOLD))


def _breach(error: _Error) -> Breach:
    path, keyword = tuple(error.instance_path), error.kind.name
    told = error.kind.as_dict() if keyword in ("additionalProperties", "required", "type") else {}
    match told:
        case {"property": str(name)} | {"unexpected": [str(name), *_]}:
            return Breach((*path, name), keyword)
        case {"types": [*types]}:
            return Breach(path, keyword, tuple(sorted(str(each) for each in types)))
        case _:
            return Breach(path, keyword)


def _changed(value: Json, path: Sequence[str | int]) -> Json:
    """Return a value with what stands at `path` taken for what it means; the value itself where that says nothing."""
    if not path:
        return _decoded(value)
    step, *rest = path
    match value, step:
        case dict(), str() if step in value:
            if not rest and value[step] is None:
                return {name: each for name, each in value.items() if name != step}
            inner = _changed(value[step], rest)
            return value if inner is value[step] else {**value, step: inner}
        case list(), int() if step < len(value):
            inner = _changed(value[step], rest)
            return value if inner is value[step] else [*value[:step], inner, *value[step + 1 :]]
        case _:
            return value


def _decoded(value: Json) -> Json:
    """Return what a text encodes; the text itself where it encodes nothing, or another text."""
    if not isinstance(value, str):
        return value
    try:
        found = loads(value.encode("utf-8", "surrogatepass"), _ENCODED)
    except (WireError, UnicodeError):
        return value
    return value if isinstance(found, str) else found
