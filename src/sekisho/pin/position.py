"""What a field of a definition is there for, told by where it stands.

Strict on purpose: a property that is called `description` is no description, and what stands in a default, an enum, an
example, an icon, `_meta` or an unknown member is a value, whatever it is called.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from sekisho.model.place import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HINTS", "Position", "position"]

HINTS: Final = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")


class Position(Enum):
    """What a field is there for."""

    PROSE = auto()
    """To be read as a sentence: white space may run on in it."""

    HINT = auto()
    """One of the four hints of a tool."""

    REQUIRED = auto()
    """A schema's list of members that have to be there."""

    PARAMETER = auto()
    """A whole parameter of a call: a property at any depth, or a prompt's argument."""

    MANDATORY = auto()
    """Whether a prompt's argument has to be there."""

    PROPERTIES = auto()
    """All properties of a schema."""

    TYPE = auto()
    """A schema's type, or list of types."""

    VERSION = auto()
    """The version that the server says it has."""

    SIZES = auto()
    """The sizes of an icon."""

    BYTES = auto()
    """How long a resource is."""

    TIME = auto()
    """When a resource was written."""

    VALUE = auto()
    """Everything else."""


_MAPS: Final = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})
_SCHEMAS: Final = frozenset({"items", "not", "if", "then", "else", "additionalProperties", "contains", "propertyNames"})
_LISTS: Final = frozenset({"anyOf", "oneOf", "allOf", "prefixItems", "items"})
_PAIR: Final = 2


def position(kind: Kind, path: Sequence[str | int]) -> Position:
    """Return what the field at `path` of a definition is there for."""
    match kind, tuple(path):
        case (Kind.INSTRUCTIONS, ()) | (Kind.TOOL, ("annotations", "title")) | (_, ("title" | "description",)):
            found = Position.PROSE
        case Kind.TOOL, ("annotations", str(name)) if name in HINTS:
            found = Position.HINT
        case Kind.TOOL, ("inputSchema" | "outputSchema", *rest):
            found = _in_schema(rest)
        case Kind.PROMPT, ("arguments", int(_), *rest):
            found = _in_argument(rest)
        case _:
            found = _in_facts(kind, path)
    return found


def _in_facts(kind: Kind, path: Sequence[str | int]) -> Position:
    """Return the position of what is no text and changes by itself."""
    match kind, tuple(path):
        case Kind.SERVER, ("version",):
            return Position.VERSION
        case Kind.RESOURCE, ("size",):
            return Position.BYTES
        case Kind.RESOURCE | Kind.TEMPLATE, ("annotations", "lastModified"):
            return Position.TIME
        case _, ("icons", int(_), "sizes"):
            return Position.SIZES
        case _:
            return Position.VALUE


def _in_argument(rest: Sequence[str | int]) -> Position:
    match tuple(rest):
        case ():
            return Position.PARAMETER
        case ("required",):
            return Position.MANDATORY
        case ("title" | "description",):
            return Position.PROSE
        case _:
            return Position.VALUE


def _in_schema(rest: Sequence[str | int]) -> Position:
    match _innermost(rest):
        case ("properties", _):
            return Position.PARAMETER
        case ("required",):
            return Position.REQUIRED
        case ("type",):
            return Position.TYPE
        case ("properties",):
            return Position.PROPERTIES
        case ("title" | "description" | "$comment",):
            return Position.PROSE
        case _:
            return Position.VALUE


def _innermost(rest: Sequence[str | int]) -> tuple[str | int, ...]:
    """Return the path from the innermost schema on; empty for a schema itself."""
    at = tuple(rest)
    while len(at) > 1:
        keyword, step = at[0], at[1]
        if len(at) > _PAIR and (keyword in _MAPS or (keyword in _LISTS and isinstance(step, int))):
            at = at[_PAIR:]
        elif keyword in _SCHEMAS and not isinstance(step, int):
            at = at[1:]
        else:
            break
    return at
