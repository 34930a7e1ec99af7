"""The parts of an input schema that speak about one place in the arguments. Reads; never validates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.wire.pointer import PointerError, resolve
from sekisho.wire.views import EMPTY, items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Nodes", "below", "each_item", "expanded", "texts_of", "types_of"]

Nodes = tuple["JsonObject", ...]
"""All schemas that apply to one place, alternatives and conditions included."""

_MOST: Final = 64
"""Schemas that are read for one place; what refers to itself ends here."""

_BRANCHES: Final = ("allOf", "anyOf", "oneOf")
_SINGLE: Final = ("if", "then", "else", "not")


def expanded(root: JsonObject, nodes: Sequence[Json]) -> Nodes:
    """Follow references within the document, alternatives and conditions."""
    found: list[JsonObject] = []
    waiting = list(nodes)
    while waiting and len(found) < _MOST:
        node = obj(waiting.pop())
        if node is EMPTY or any(node is each for each in found):
            continue
        found.append(node)
        for key in _BRANCHES:
            waiting.extend(items(node.get(key)))
        waiting.extend(node[key] for key in _SINGLE if key in node)
        waiting.extend(obj(node.get("dependentSchemas")).values())
        target = _referred(root, node.get("$ref"))
        if target is not None:
            waiting.append(target)
    return tuple(found)


def _referred(root: JsonObject, ref: Json) -> Json | None:
    if not isinstance(ref, str) or not ref.startswith("#"):
        return None
    try:
        return resolve(root, ref[1:])
    except PointerError:
        return None


def below(root: JsonObject, nodes: Nodes, key: str) -> tuple[Nodes, bool]:
    """Return the schemas of a member, and whether any of them names it."""
    named = [obj(node.get("properties")).get(key) for node in nodes if key in obj(node.get("properties"))]
    if named:
        return expanded(root, named), True
    loose = [node[other] for node in nodes for other in ("additionalProperties", "patternProperties") if other in node]
    spread = [each for value in loose for each in (value, *obj(value).values()) if isinstance(each, dict)]
    return expanded(root, spread), False


def each_item(root: JsonObject, nodes: Nodes) -> Nodes:
    """Return the schemas of an array's items."""
    found: list[Json] = []
    for node in nodes:
        found.extend([node["items"]] if isinstance(node.get("items"), dict) else items(node.get("items")))
        found.extend(items(node.get("prefixItems")))
    return expanded(root, found)


def texts_of(nodes: Nodes, key: str) -> Iterator[str]:
    """Yield every text that the schemas hold under `key`."""
    for node in nodes:
        value = text(node.get(key))
        if value is not None:
            yield value


def types_of(nodes: Nodes) -> frozenset[str]:
    """Return the declared types; empty if none is."""
    found: set[str] = set()
    for node in nodes:
        declared = node.get("type")
        found.update(each for each in (declared, *items(declared)) if isinstance(each, str))
    return frozenset(found)
