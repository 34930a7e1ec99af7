"""What would have been right, in fixed words: no word of a schema or of a value stands in them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["expectation"]

_TYPES: Final[Mapping[str, str]] = MappingProxyType({
    "array": "an array",
    "boolean": "true or false",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
})  # fmt: skip

_KEYWORDS: Final[Mapping[str, str]] = MappingProxyType({
    "additionalProperties": "no such member",
    "anyOf": "what one of the schema's alternatives has",
    "const": "the one value that the schema names",
    "enum": "one of the values that the schema lists",
    "exclusiveMaximum": "a smaller number",
    "exclusiveMinimum": "a greater number",
    "falseSchema": "nothing",
    "maxItems": "fewer elements",
    "maxLength": "a shorter string",
    "maxProperties": "fewer members",
    "maximum": "a smaller number",
    "minItems": "more elements",
    "minLength": "a longer string",
    "minProperties": "more members",
    "minimum": "a greater number",
    "oneOf": "what exactly one of the schema's alternatives has",
    "pattern": "a string that fits the schema's pattern",
    "required": "a value, which is missing",
    "unevaluatedProperties": "no such member",
    "uniqueItems": "each element once",
})  # fmt: skip


def expectation(keyword: str, types: Sequence[str] = ()) -> str:
    """Say what a schema expects.

    Args:
        keyword: which of its keywords is broken.
        types: the types that it allows, where the type is what is wrong.
    """
    named = [_TYPES[each] for each in types if each in _TYPES]
    return " or ".join(named) or _KEYWORDS.get(keyword, "what the schema says")
