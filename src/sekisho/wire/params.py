"""`Mcp-Param-*`: arguments that a tool's schema asks to be repeated as headers (`x-mcp-header`, 2026-07-28).

A poisoned schema can use this to show an argument to every proxy on the way, so declared positions are data for rules
too; here they are found, written and compared.

The walk knows the applicators of JSON Schema (2020-12, and draft-07's own) and nothing else: `default`, `examples`,
`const` and `enum` hold data, and a `$ref` is never followed.
It uses its own stack and stops at a bound, so no schema can make it deep, slow or endless.

Section names are those of `basic/transports/streamable-http` (2026-07-28), Custom Headers from Tool Parameters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.wire.headers import PARAM_PREFIX, Rejection, decode_value, encode_value, values_of
from sekisho.wire.pointer import build
from sekisho.wire.versions import SpecCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.wire.headers import Headers
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["Invalid", "Parameter", "declared", "headers_for", "validate"]

_KEY: Final = "x-mcp-header"
_TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_TYPES: Final = frozenset({"boolean", "integer", "string"})
_DECIMAL: Final = re.compile(r"(-?[0-9]{1,4000})(?:\.0+)?")

_ONE: Final = frozenset(
    {
        "additionalItems",
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
_MANY: Final = frozenset({"allOf", "anyOf", "items", "oneOf", "prefixItems"})
_NAMED: Final = frozenset({"$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties"})

_POSITIONS_MAX: Final = 100_000
_PATH_MAX: Final = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One declared position."""

    path: tuple[str, ...]
    """The member names from the arguments object down to the value; at least one."""

    header: str
    """What follows `Mcp-Param-` in the header's name, as declared."""

    type: str
    """`string`, `integer` or `boolean`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invalid:
    """Why a tool definition is invalid: over HTTP it must not be shown (Schema Extension)."""

    reason: str
    """A stable id: `not-reachable`, `not-a-string`, `not-a-token`, `wrong-type`, `duplicate`, `too-large`."""

    pointer: str
    """JSON pointer into the schema. Member names are the server's text: escape before showing."""


def declared(schema: Json) -> tuple[Parameter, ...] | Invalid:
    """Find the declared positions of an `inputSchema`.

    A declaration has to stand on a property that is reached from the root by `properties` alone, be an RFC 9110 token,
    be unique whatever the case, and sit on a string, an integer or a boolean.
    One that does not makes the whole tool invalid. A schema of another type than object declares nothing.

    At most 100,000 schema positions are looked at, and 128 steps down; more is `too-large`.
    """
    found: dict[str, Parameter] = {}
    for seen, (path, node) in enumerate(_positions(schema)):
        if seen >= _POSITIONS_MAX or len(path or ()) > _PATH_MAX:
            return Invalid(reason="too-large", pointer=_pointer(path))
        if _KEY not in node:
            continue
        checked = _check(path, node)
        if isinstance(checked, Invalid):
            return checked
        if checked.header.lower() in found:
            return Invalid(reason="duplicate", pointer=_pointer(path))
        found[checked.header.lower()] = checked
    return tuple(found.values())


def headers_for(parameters: Sequence[Parameter], arguments: JsonObject) -> list[tuple[bytes, bytes]]:
    """Write the headers of a call from its arguments; absent, null and non-scalar values have none (Value Encoding)."""
    headers: list[tuple[bytes, bytes]] = []
    for parameter in parameters:
        rendered = _render(_value_at(arguments, parameter.path))
        if rendered is not None:
            headers.append((_header(parameter), encode_value(rendered)))
    return headers


def validate(parameters: Sequence[Parameter], arguments: JsonObject, headers: Headers) -> Rejection | None:
    """Compare the declared headers of a call with its arguments; None when they agree. The first failure answers.

    Header and argument have to be there together and equal, or absent together; null counts as absent
    (Server Behavior for Custom Headers). So all of these are -32020: a declared header twice, one without
    its argument, an argument without its header, a value that has no reading, and another value.
    Integers are compared as numbers: `42.0` equals 42 (Server Validation, note).
    Headers that the schema does not declare are none of our business: `headers.forwarded` passes them on.
    """
    for place, parameter in enumerate(parameters, 1):
        detail = _objection(parameter, _value_at(arguments, parameter.path), headers)
        if detail is not None:
            # By number: the token is the server's text, and the detail may reach a model.
            where = f"Mcp-Param header {place} of the {len(parameters)} that the tool declares"
            return Rejection(code=SpecCode.HEADER_MISMATCH, detail=f"{where} {detail}")
    return None


def _objection(parameter: Parameter, value: Json, headers: Headers) -> str | None:
    lines = list(values_of(headers, _header(parameter)))
    if len(lines) > 1:
        return "is there more than once"
    rendered = _render(value)
    if not lines:
        return None if rendered is None else "is missing while its argument is there"
    if rendered is None:
        return "is there while its argument is absent or has no header form"
    decoded = decode_value(lines[0])
    if decoded is None:
        return "has a value that cannot be decoded"
    return None if _equal(parameter, value, rendered, decoded) else "does not equal its argument"


def _equal(parameter: Parameter, value: Json, rendered: str, decoded: str) -> bool:
    decimal = _DECIMAL.fullmatch(decoded) if parameter.type == "integer" else None
    whole = _whole(value)
    if decimal is not None and whole is not None:
        return int(decimal[1]) == whole
    return decoded == rendered


def _whole(value: Json) -> int | None:
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _check(path: tuple[str, ...] | None, node: JsonObject) -> Parameter | Invalid:
    token, kind = node[_KEY], node.get("type")
    if not path:
        return Invalid(reason="not-reachable", pointer=_pointer(path))
    if not isinstance(token, str):
        return Invalid(reason="not-a-string", pointer=_pointer(path))
    if _TOKEN.fullmatch(token) is None:
        return Invalid(reason="not-a-token", pointer=_pointer(path))
    if not isinstance(kind, str) or kind not in _TYPES:
        return Invalid(reason="wrong-type", pointer=_pointer(path))
    return Parameter(path=path, header=token, type=kind)


def _positions(schema: Json) -> Iterator[tuple[tuple[str, ...] | None, JsonObject]]:
    """Every schema position with its chain of property names, None off that chain."""
    stack: list[tuple[tuple[str, ...] | None, Json]] = [((), schema)]
    while stack:
        path, node = stack.pop()
        if isinstance(node, dict):
            yield path, node
            stack.extend(_below(path, node))


def _below(path: tuple[str, ...] | None, node: JsonObject) -> Iterator[tuple[tuple[str, ...] | None, Json]]:
    for keyword, value in node.items():
        if isinstance(value, dict):
            if keyword == "properties":
                yield from ((None if path is None else (*path, name), sub) for name, sub in value.items())
            elif keyword in _NAMED:
                yield from ((None, sub) for sub in value.values())
            elif keyword in _ONE:
                yield None, value
        elif isinstance(value, list) and keyword in _MANY:
            yield from ((None, sub) for sub in value)


def _value_at(arguments: JsonObject, path: tuple[str, ...]) -> Json:
    value: Json = arguments
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def _render(value: Json) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    return None


def _header(parameter: Parameter) -> bytes:
    return PARAM_PREFIX + parameter.header.lower().encode("ascii")


def _pointer(path: tuple[str, ...] | None) -> str:
    return build(token for name in path or () for token in ("properties", name))
