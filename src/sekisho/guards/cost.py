"""What a schema can cost, told before a validator sees it.

Thirty references, each to two of the next, are 2 KB of text and a thousand million schemas. A schema that refers to
itself costs what the value makes of it, so that is counted with the value in hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.guards.vocabulary import LISTS, MAPS, SINGLE
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Cost", "cost", "read_of", "size", "within"]

_DEEPEST: Final = 100
"""Schemas inside of each other, every reference written out; a validator recurses."""

_TEXT: Final = 16
"""Characters of a text that cost as much as one schema."""

_PATTERN: Final = 30
"""Schemas that one pattern costs."""

_WORDS: Final = 4
"""Texts of an enumeration that cost as much as one schema."""

_READING: Final = frozenset({"pattern", "uniqueItems"})
"""Keywords for which a validator reads a text to its end; a length, a type and an enumeration it tells at once."""

_ENDLESS: Final = 1 << 60
_CHOICES: Final = ("allOf", "anyOf", "oneOf")
_SAME_VALUE: Final = ("else", "if", "not", "then")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a schema costs."""

    nodes: int
    """How many schemas a validator may have to ask about one value, every reference written out."""

    recursive: bool = False
    """Whether it refers to itself, so that a value decides how often it is asked."""

    endless: bool = False
    """Whether it leads back to itself about the same value, so that no validator comes to an end."""


@dataclass(slots=True, kw_only=True)
class _Count:
    root: JsonObject
    done: dict[str, int] = field(default_factory=dict[str, int])
    open: set[str] = field(default_factory=set[str])
    recursive: bool = False


def cost(schema: JsonObject) -> Cost:
    """Count a schema as `normal` writes it. Linear in its length, whatever it refers to."""
    it = _Count(root=schema)
    nodes = _referred(it, "#", 0)
    return Cost(nodes=min(nodes, _ENDLESS), recursive=it.recursive, endless=it.recursive and _turns(schema))


def read_of(schema: JsonObject) -> frozenset[str] | None:
    """Return the members of an object of which texts are read to their end; None where that may be any text in it.

    Args:
        schema: of the object, as `normal` writes it.
    """
    own = {key: value for key, value in schema.items() if key not in {"$defs", "properties"}}
    if _reads(schema, own):
        return None
    return frozenset(name for name, each in obj(schema.get("properties")).items() if _reads(schema, each))


def _reads(root: JsonObject, node: Json) -> bool:
    """Say whether any schema in one, or to which it refers, reads texts."""
    waiting, seen = [node], set[str]()
    while waiting:
        each = obj(waiting.pop())
        if not _READING.isdisjoint(each):
            return True
        ref = text(each.get("$ref"))
        if ref is not None and ref not in seen:
            seen.add(ref)
            waiting.append(_target(root, ref))
        waiting.extend(_below(each))
    return False


def _target(root: JsonObject, ref: str) -> Json:
    """Return what a reference of a normal schema leads to."""
    return root if ref == "#" else obj(root.get("$defs")).get(ref.rpartition("/")[2], True)


def _referred(it: _Count, ref: str, depth: int) -> int:
    if ref in it.open:
        it.recursive = True
        return 1
    if ref not in it.done:
        it.open.add(ref)
        it.done[ref] = _counted(it, _target(it.root, ref), depth)
        it.open.discard(ref)
    return it.done[ref]


def _counted(it: _Count, node: Json, depth: int) -> int:
    if not isinstance(node, dict):
        return 1
    if depth > _DEEPEST:
        return _ENDLESS
    patterns = ("pattern" in node) + len(obj(node.get("patternProperties")))
    total = 1 + _PATTERN * patterns + len(items(node.get("enum"))) // _WORDS
    ref = text(node.get("$ref"))
    if ref is not None:
        total += _referred(it, ref, depth + 1)
    for each in _below(node):
        total += _counted(it, each, depth + 1)
    return total


def _below(node: JsonObject) -> Iterator[Json]:
    for key, value in node.items():
        if key in SINGLE:
            yield value
        elif key in LISTS:
            yield from items(value)
        elif key in MAPS:
            yield from obj(value).values()


def _turns(root: JsonObject) -> bool:
    """Tell whether references lead back to where they began without a step into the value."""
    clear: set[str] = set()
    for start in ("#", *(f"#/$defs/{name}" for name in obj(root.get("$defs")))):
        trail: list[tuple[str, Iterator[str]]] = [(start, _same_value(root, start))]
        while trail:
            ref, onward = trail[-1]
            step = next(onward, None)
            if step is None:
                clear.add(ref)
                trail.pop()
            elif any(step == open_ for open_, _ in trail):
                return True
            elif step not in clear:
                trail.append((step, _same_value(root, step)))
    return False


def _same_value(root: JsonObject, ref: str) -> Iterator[str]:
    """Yield the references that are asked about the same value as `ref`."""
    waiting = [_target(root, ref)]
    while waiting:
        node = obj(waiting.pop())
        onward = text(node.get("$ref"))
        if onward is not None:
            yield onward
        waiting.extend(_beside(node))


def _beside(node: JsonObject) -> Iterator[Json]:
    for key in _CHOICES:
        if key in node:
            yield from items(node[key])
    for key in _SAME_VALUE:
        if key in node:
            yield node[key]
    if "dependentSchemas" in node:
        yield from obj(node["dependentSchemas"]).values()


def size(value: Json, most: int, *, read: frozenset[str] | None = None) -> int:
    """Count a value; stops at `most`.

    Args:
        value: to be counted.
        most: where to stop.
        read: the members of an object whose texts count by their length; None if all texts do.
    """
    if read is not None and isinstance(value, dict):
        total = 1
        for name, each in value.items():
            total += size(each, most) if name in read else _parts(each, most)
            if total >= most:
                return most
        return total
    total = 1 + (len(value) // _TEXT if isinstance(value, str) else 0)
    waiting: list[Json] = [value]
    while waiting and total < most:
        each = waiting.pop()
        inner = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        for part in inner:
            total += 1
            if isinstance(part, str):
                total += len(part) // _TEXT
            elif isinstance(part, dict | list):
                waiting.append(part)
    return min(total, most)


def _parts(value: Json, most: int) -> int:
    """Count the parts of a value, whatever the length of its texts; stops at `most`."""
    total, waiting = 1, [value]
    while waiting and total < most:
        each = waiting.pop()
        inner = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        total += len(inner)
        waiting += [part for part in inner if isinstance(part, dict | list)]
    return total


def within(schema: JsonObject, value: Json, most: int) -> bool:
    """Tell whether a validator asks a schema that is not endless at most `most` times about a value.

    Every alternative counts, so no validator asks more often.
    """
    waiting: list[tuple[Json, Json]] = [(schema, value)]
    for _ in range(most):
        if not waiting:
            return True
        node, each = waiting.pop()
        if not isinstance(node, dict):
            continue
        ref = text(node.get("$ref"))
        if ref is not None:
            waiting.append((_target(schema, ref), each))
        waiting.extend((beside, each) for beside in _beside(node))
        if isinstance(each, dict):
            waiting.extend(_members(node, each))
        elif isinstance(each, list):
            waiting.extend(_elements(node, each))
    return not waiting


def _members(node: JsonObject, value: JsonObject) -> Iterator[tuple[Json, Json]]:
    declared = obj(node.get("properties"))
    loose = [*obj(node.get("patternProperties")).values()]
    loose += [node[key] for key in ("additionalProperties", "unevaluatedProperties") if key in node]
    for key, each in value.items():
        if key in declared:
            yield declared[key], each
        if "propertyNames" in node:
            yield node["propertyNames"], key
        yield from ((schema, each) for schema in loose)


def _elements(node: JsonObject, value: list[Json]) -> Iterator[tuple[Json, Json]]:
    yield from zip(items(node.get("prefixItems")), value, strict=False)
    for key in ("contains", "items", "unevaluatedItems"):
        if key in node:
            yield from ((node[key], each) for each in value)
