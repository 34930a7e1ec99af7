"""What a person wrote about the parameters of a tool, applied: to what the host sees, and to what it sends.

A hidden parameter is not in the schema that the host gets; on the way to the server its value is put in. What was
approved, and what arguments are held against, is the server's own schema all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.model.expectations import expectation
from sekisho.policy.calls import terms_of
from sekisho.wire.jsonrpc import Request, serialise
from sekisho.wire.pointer import child
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.policy.calls import CallTerms, ParameterTerms
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["Arranged", "arranged", "shown"]

_FORBIDDEN: Final = "parameter-forbidden"
_NOT_ALLOWED: Final = "value-not-allowed"
_RIGHT: Final = {_FORBIDDEN: expectation("additionalProperties"), _NOT_ALLOWED: expectation("enum")}
"""By rule: what a call should have there, as the schema that the host sees says too."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arranged:
    """A request as the server gets it, or why it gets none."""

    message: Request
    """The request, with what a person fixed."""

    rule: str = ""
    """The rule by which it is refused."""

    pointer: str = ""
    """Where, in the params."""

    expected: str = ""
    """What would be right there."""


def arranged(calls: Mapping[str, CallTerms], message: Request) -> Arranged:
    """Apply terms to a call."""
    params = obj(message.params)
    terms = terms_of(calls, text(params.get("name")) or "")
    if message.method != "tools/call" or not terms.parameters:
        return Arranged(message=message)
    before = obj(params.get("arguments"))
    after: JsonObject = dict(before)
    for name, each in terms.parameters.items():
        rule = _apply(each, name, after)
        if rule:
            return Arranged(message=message, rule=rule, pointer=child("/arguments", name), expected=_RIGHT[rule])
    if after == before:
        return Arranged(message=message)
    whole: JsonObject = {**params, "arguments": after}
    return Arranged(message=Request(message.id, message.method, whole, {**message.body, "params": whole}))


def _apply(terms: ParameterTerms, name: str, arguments: JsonObject) -> str:
    """Put in what is fixed or missing; return the rule by which what is there is refused."""
    if terms.fixed is not None:
        arguments[name] = terms.fixed
        return ""
    if name not in arguments and terms.default is not None:
        arguments[name] = terms.default
    if name not in arguments:
        return ""
    if terms.forbidden:
        return _FORBIDDEN
    values = items(arguments[name]) if isinstance(arguments[name], list) else [arguments[name]]
    return _NOT_ALLOWED if terms.allow is not None and not {_written(each) for each in values} <= terms.allow else ""


def _written(value: Json) -> str:
    return value if isinstance(value, str) else serialise(value).decode()


def shown(calls: Mapping[str, CallTerms], tools: list[Json]) -> list[Json]:
    """Return the definitions of tools as a host sees them: without what is hidden, with what stands in."""
    return [_shown(terms_of(calls, text(obj(each).get("name")) or ""), each) for each in tools] if calls else tools


def _shown(terms: CallTerms, tool: Json) -> Json:
    body = obj(tool)
    schema = obj(body.get("inputSchema"))
    properties = obj(schema.get("properties"))
    hidden = {name for name, each in terms.parameters.items() if each.hidden}
    given = {name: each for name, each in terms.parameters.items() if each.default is not None}
    if properties.keys().isdisjoint(terms.parameters):
        return tool
    seen: JsonObject = {
        name: _narrowed(each, terms.parameters[name]) if name in terms.parameters and isinstance(each, dict) else each
        for name, each in properties.items()
        if name not in hidden
    }
    changed: JsonObject = {**schema, "properties": seen}
    if isinstance(schema.get("required"), list):
        changed["required"] = [each for each in items(schema["required"]) if each not in hidden | given.keys()]
    return {**body, "inputSchema": changed}


def _narrowed(schema: JsonObject, terms: ParameterTerms) -> JsonObject:
    """Return a parameter's schema with what stands in, and with the only values where these are texts."""
    seen = schema if terms.default is None else {**schema, "default": terms.default}
    if terms.allow is None:
        return seen
    match schema:
        case {"type": "string"}:
            return {**seen, "enum": _only(terms.allow, schema)}
        case {"type": "array", "items": {"type": "string"} as inner}:
            return {**seen, "items": {**inner, "enum": _only(terms.allow, inner)}}
        case _:
            return seen


def _only(allow: frozenset[str], schema: JsonObject) -> list[Json]:
    """Return the values that a person allows and the server knows; all of the person's where it names none."""
    known = items(schema.get("enum"))
    return [each for each in sorted(allow) if not known or each in known]
