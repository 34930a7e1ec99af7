"""JSON Schema's keywords that decide something, by what they hold (2020-12; those of older drafts are rewritten).

Everything else is an annotation here: `format`, `content…`, `default`, and whatever nobody knows.
"""

from __future__ import annotations

from typing import Final

__all__ = ["COUNTS", "LISTS", "MAPS", "NUMBERS", "OTHER_DRAFTS", "SINGLE", "TYPES"]

TYPES: Final = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})

SINGLE: Final = frozenset({
    "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then", "unevaluatedItems",
    "unevaluatedProperties",
})  # fmt: skip
"""One schema."""

LISTS: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
"""Schemas in a row."""

MAPS: Final = frozenset({"dependentSchemas", "patternProperties", "properties"})
"""Schemas by name."""

COUNTS: Final = frozenset({
    "maxContains", "maxItems", "maxLength", "maxProperties", "minContains", "minItems", "minLength", "minProperties",
})  # fmt: skip
"""Whole numbers from 0."""

NUMBERS: Final = frozenset({"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"})
"""Numbers."""

OTHER_DRAFTS: Final = ("draft-03", "draft-04", "draft-06", "draft-07")
"""Parts of a `$schema` by which a reference has no siblings that count."""
