"""A server's schema, written anew with what can be enforced, and only that.

Servers declare many drafts, break most of them somewhere, and refer to places that are not there. A validator refuses
such a schema whole. So it is read leniently and written as plain 2020-12: keywords that decide something, references
into `$defs` of our own. What had to be left out is told by its place: it is not enforced, and never by silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.guards.vocabulary import COUNTS, LISTS, MAPS, NUMBERS, OTHER_DRAFTS, SINGLE, TYPES
from sekisho.wire.pointer import PointerError, child, resolve
from sekisho.wire.views import items, obj, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Normal", "normal"]

_ANCHORS: Final = 20_000
"""Values of a document among which a name is looked for."""

_NOTHING: Final[JsonObject] = {"not": {}}
_TOLD: Final = 32
"""Places that are told."""

_UNKNOWN: Final = ("$dynamicRef", "$recursiveRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal:
    """A schema as it is enforced."""

    schema: JsonObject
    """In 2020-12, with references to `#` and `#/$defs/NUMBER` only."""

    dropped: tuple[str, ...] = ()
    """Pointers to what is not enforced, in the document as it came; the first few of them."""

    whole: bool = True
    """Whether all of it was read; else nothing of it is."""


@dataclass(slots=True, kw_only=True)
class _Reader:
    root: Json
    matches: Callable[[str], bool]
    most: int
    lone_refs: bool = False
    nodes: int = 0
    dropped: list[str] = field(default_factory=list[str])
    anchors: dict[str, Json] | None = None
    targets: dict[str, int] = field(default_factory=dict[str, int])
    waiting: list[Json] = field(default_factory=list["Json"])

    def drop(self, pointer: str) -> None:
        if len(self.dropped) < _TOLD:
            self.dropped.append(pointer)


def _accepts(_: str) -> bool:
    return True


def normal(schema: Json, *, most: int, matches: Callable[[str], bool] = _accepts) -> Normal:
    """Write a schema anew.

    Args:
        schema: as it came.
        most: schemas that are read; of a document with more, nothing is.
        matches: whether a pattern can be matched in time that grows with the text only.
    """
    said = (text(obj(schema).get("$schema")) or "") if isinstance(schema, dict) else ""
    it = _Reader(root=schema, matches=matches, most=most, lone_refs=any(draft in said for draft in OTHER_DRAFTS))
    found = _schema(it, schema, "")
    written = found if isinstance(found, dict) else {} if found else _NOTHING
    definitions: JsonObject = {}
    while it.waiting and it.nodes <= it.most:
        number = len(definitions)
        definitions[str(number)] = _schema(it, it.waiting.pop(0), f"/$defs/{number}")
    if it.nodes > it.most:
        return Normal(schema={}, dropped=("",), whole=False)
    whole: JsonObject = dict(written)
    if definitions:
        whole["$defs"] = definitions
    return Normal(schema=whole, dropped=tuple(it.dropped))


def _schema(it: _Reader, node: Json, pointer: str) -> JsonObject | bool:
    it.nodes += 1
    if it.nodes > it.most or isinstance(node, bool):
        return node is not False
    if not isinstance(node, dict):
        it.drop(pointer)
        return True
    ref = _reference(it, node, pointer)
    if ref is not None and it.lone_refs:
        return {"$ref": ref}
    made: JsonObject = {"$ref": ref} if ref is not None else {}
    for key, value in _modern(node).items():
        if key in _KEYS and not _KEYS[key](it, made, key, value, child(pointer, key)):
            it.drop(child(pointer, key))
    return made


def _modern(node: JsonObject) -> JsonObject:
    """Rewrite what older drafts say in another way."""
    made: JsonObject = dict(node)
    if isinstance(node.get("items"), list):
        made["prefixItems"] = made.pop("items")
        if "additionalItems" in made:
            made["items"] = made.pop("additionalItems")
    dependencies = node.get("dependencies")
    if isinstance(dependencies, dict):
        made["dependentRequired"] = {key: each for key, each in dependencies.items() if isinstance(each, list)}
        made["dependentSchemas"] = {key: each for key, each in dependencies.items() if not isinstance(each, list)}
    for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(node.get(exclusive), bool):
            del made[exclusive]
            if node[exclusive] and limit in made:
                made[exclusive] = made.pop(limit)
    return made


def _reference(it: _Reader, node: JsonObject, pointer: str) -> str | None:
    """Return where a reference leads in the document that we write; None where there is none, or it leads nowhere."""
    for key in _UNKNOWN:
        if key in node:
            it.drop(child(pointer, key))
    ref = node.get("$ref")
    if not isinstance(ref, str):
        if "$ref" in node:
            it.drop(child(pointer, "$ref"))
        return None
    inside = _inside(it, ref)
    if inside == "":
        return "#"
    if inside in it.targets:
        return f"#/$defs/{it.targets[inside]}"
    found = _found(it, inside) if inside is not None else None
    if inside is None or not isinstance(found, dict | bool):
        it.drop(child(pointer, "$ref"))
        return None
    it.targets[inside] = len(it.targets)
    it.waiting.append(found)
    return f"#/$defs/{it.targets[inside]}"


def _inside(it: _Reader, ref: str) -> str | None:
    """Return the fragment of a reference into the document itself."""
    before, _, fragment = ref.partition("#")
    own = text(obj(it.root).get("$id")) if isinstance(it.root, dict) else None
    return fragment if not before or before == (own or "").partition("#")[0] else None


def _found(it: _Reader, fragment: str) -> Json:
    if not fragment.startswith("/"):
        if it.anchors is None:
            it.anchors = _anchors(it.root)
        return it.anchors.get(fragment)
    try:
        return resolve(it.root, fragment.replace("%25", "%").replace("%24", "$"))
    except PointerError:
        return None


def _anchors(root: Json) -> dict[str, Json]:
    found: dict[str, Json] = {}
    waiting = [root]
    for _ in range(_ANCHORS):
        if not waiting:
            break
        node = waiting.pop()
        if isinstance(node, dict):
            name = text(node.get("$anchor")) or text(node.get("$dynamicAnchor"))
            if name is not None:
                found.setdefault(name, node)
        waiting.extend(node.values() if isinstance(node, dict) else items(node))
    return found


def _single(it: _Reader, made: JsonObject, key: str, value: Json, pointer: str) -> bool:
    if not isinstance(value, dict | bool):
        return False
    made[key] = _schema(it, value, pointer)
    return True


def _list(it: _Reader, made: JsonObject, key: str, value: Json, pointer: str) -> bool:
    found = items(value)
    if not found or not all(isinstance(each, dict | bool) for each in found):
        return False
    made[key] = [_schema(it, each, child(pointer, index)) for index, each in enumerate(found)]
    return True


def _map(it: _Reader, made: JsonObject, key: str, value: Json, pointer: str) -> bool:
    if not isinstance(value, dict):
        return False
    made[key] = {
        name: _schema(it, each, child(pointer, name))
        for name, each in value.items()
        if key != "patternProperties" or _matches(it, name, child(pointer, name))
    }
    return True


def _matches(it: _Reader, pattern: str, pointer: str) -> bool:
    if it.matches(pattern):
        return True
    it.drop(pointer)
    return False


def _type(_: _Reader, made: JsonObject, key: str, value: Json, __: str) -> bool:
    named = [value] if isinstance(value, str) else items(value)
    if not named or not all(isinstance(each, str) and each in TYPES for each in named):
        return False
    made[key] = value if isinstance(value, str) else list(dict.fromkeys(text(each) or "" for each in named))
    return True


def _count(_: _Reader, made: JsonObject, key: str, value: Json, __: str) -> bool:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 and value == int(value)
    if fits:
        made[key] = value
    return fits


def _number(_: _Reader, made: JsonObject, key: str, value: Json, __: str) -> bool:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and (key != "multipleOf" or value > 0)
    if fits:
        made[key] = value
    return fits


def _required(_: _Reader, made: JsonObject, key: str, value: Json, __: str) -> bool:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return False
    made[key] = list(dict.fromkeys(text(each) or "" for each in value))
    return True


def _dependent(it: _Reader, made: JsonObject, key: str, value: Json, pointer: str) -> bool:
    lists: JsonObject = {}
    made[key] = lists
    return isinstance(value, dict) and all(_required(it, lists, name, each, pointer) for name, each in value.items())


def _enum(_: _Reader, made: JsonObject, key: str, value: Json, __: str) -> bool:
    if not isinstance(value, list) or not value:
        return False
    made[key] = value
    return True


def _const(_: _Reader, made: JsonObject, key: str, value: Json, __: str) -> bool:
    made[key] = value
    return True


def _unique(_: _Reader, made: JsonObject, key: str, value: Json, __: str) -> bool:
    if isinstance(value, bool):
        made[key] = value
    return isinstance(value, bool)


def _pattern(it: _Reader, made: JsonObject, key: str, value: Json, _: str) -> bool:
    if not isinstance(value, str) or not it.matches(value):
        return False
    made[key] = value
    return True


_KEYS: Final[dict[str, Callable[[_Reader, JsonObject, str, Json, str], bool]]] = {
    **dict.fromkeys(SINGLE, _single),
    **dict.fromkeys(LISTS, _list),
    **dict.fromkeys(MAPS, _map),
    **dict.fromkeys(COUNTS, _count),
    **dict.fromkeys(NUMBERS, _number),
    "const": _const,
    "dependentRequired": _dependent,
    "enum": _enum,
    "pattern": _pattern,
    "required": _required,
    "type": _type,
    "uniqueItems": _unique,
}
