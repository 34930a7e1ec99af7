"""The schema of settings as a JSON Schema (2020-12), for editors and other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sekisho.policy.schema import Choice, Named, Pairs, Table, Text, Texts, Value, Version, Whole

if TYPE_CHECKING:
    from sekisho.policy.schema import Form, Node
    from sekisho.wire.strict import JsonObject

__all__ = ["json_schema"]


def json_schema(schema: Table) -> JsonObject:
    """Return what a file may say. That a server needs `command` or `url` is told only by reading the whole."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sekisho.toml",
        "description": "The configuration of Sekisho.",
        **_node(schema),
    }


def _node(node: Node) -> JsonObject:  # noqa: PLR0911 - one line for each kind
    match node:
        case Text():
            return {"type": "string", **_pattern(node.form), "examples": [node.example]}
        case Choice():
            return {"enum": list(node.words), "default": node.default}
        case Whole():
            return {"type": "integer", "minimum": node.low, "maximum": node.high, "default": node.default}
        case Version():
            return {"type": "integer", "minimum": 1, "maximum": node.known, "default": 1}
        case Value():
            return {"type": ["string", "number", "boolean"], "examples": [node.example]}
        case Texts():
            least: JsonObject = {"minItems": 1} if node.filled else {}
            items: JsonObject = {"type": "string", **_pattern(node.form)}
            return {"type": "array", "items": items, **least, "examples": [list(node.example)]}
        case Pairs():
            below: JsonObject = {"type": "string", **_pattern(node.form)}
            return {**_mapping(node.names, below), "examples": [dict(node.example)]}
        case Named():
            return _mapping(node.names, _node(node.table))
        case Table():
            return _table(node)
        case _:
            assert_never(node)


def _pattern(form: Form) -> JsonObject:
    return {"pattern": f"^(?:{form.pattern})$"}


def _mapping(names: Form, below: JsonObject) -> JsonObject:
    return {"type": "object", "propertyNames": _pattern(names), "additionalProperties": below}


def _table(table: Table) -> JsonObject:
    properties: JsonObject = {key.name: {"description": key.says, **_node(key.node)} for key in table.keys}
    made: JsonObject = {"type": "object", "additionalProperties": False, "properties": properties}
    if table.apart:
        made["allOf"] = [{"not": {"required": list(pair)}} for pair in table.apart]
    return made
