"""What a server offers, as data: its surface, cut into definitions that a rule can look at one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.model.place import Kind, Place
from sekisho.wire.pointer import child
from sekisho.wire.views import EMPTY, items, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Definition", "Surface", "surface"]

_LISTS: Final = (
    ("tools", Kind.TOOL, "name"),
    ("prompts", Kind.PROMPT, "name"),
    ("resources", Kind.RESOURCE, "uri"),
    ("resourceTemplates", Kind.TEMPLATE, "uriTemplate"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One thing that a server offers, with every string that the model may see."""

    place: Place
    """Whose it is, what it is, and its name."""

    pointer: str
    """Where it stands in the dump."""

    body: Json
    """All of it, as it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """Everything that one server shows."""

    server: str
    """The server's identity: an alias, or the name of its dump."""

    definitions: tuple[Definition, ...]
    """In the order of the dump."""


def surface(server: str, dump: JsonObject) -> Surface:
    """Cut a dump into definitions.

    Args:
        server: whose it is; never what the server says about itself.
        dump: a tools list, or an object with any of `tools`, `prompts`, `resources`, `resourceTemplates`,
            `instructions`, `serverInfo`. What has another shape is skipped: the model can't be shown it.
    """
    return Surface(server=server, definitions=tuple(_definitions(server, dump)))


def _definitions(server: str, dump: JsonObject) -> Iterator[Definition]:
    info = obj(dump.get("serverInfo"))
    if info:
        yield Definition(place=Place(server, Kind.SERVER, ""), pointer="/serverInfo", body=info)
    instructions = text(dump.get("instructions"))
    if instructions:
        yield Definition(place=Place(server, Kind.INSTRUCTIONS, ""), pointer="/instructions", body=instructions)
    for member, kind, key in _LISTS:
        for index, item in enumerate(items(dump.get(member))):
            body = obj(item)
            if body is not EMPTY:
                name = text(body.get(key)) or ""
                yield Definition(place=Place(server, kind, name), pointer=child(f"/{member}", index), body=body)
