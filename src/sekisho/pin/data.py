"""Which resources are data: a bare name and address that says nothing to a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.model.definition import Definition
from sekisho.model.place import Kind
from sekisho.pin.steering import steering
from sekisho.text.signatures import SignatureError
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from sekisho.model.place import Place
    from sekisho.wire.strict import Json

__all__ = ["is_data"]

_BARE: Final = frozenset({"uri", "name", "mimeType", "size", "annotations"})
_FACTS: Final = frozenset({"audience", "priority", "lastModified"})
_ACTIVE: Final = frozenset({"ui", "data", "javascript", "vbscript", "blob"})
"""Schemes of addresses that are content themselves, or are drawn as a page."""


def is_data(place: Place, body: Json) -> bool:
    """Tell whether a definition is a resource without a word of prose: a file, a note, a row.

    Servers list such anew with every file that is written; none of it describes or instructs.
    """
    members = obj(body)
    scheme = (text(members.get("uri")) or "").partition(":")[0].casefold()
    if place.kind is not Kind.RESOURCE or not members.keys() <= _BARE or scheme in _ACTIVE:
        return False
    if not obj(members.get("annotations")).keys() <= _FACTS:
        return False
    nothing = Definition(place=place, pointer="", body={})
    try:
        return not any(steering(nothing, Definition(place=place, pointer="", body=body)))
    except SignatureError:
        return False
