"""What of a definition is pinned, as bytes.

Everything that is forwarded is pinned, known to us or not: a model can be shown any of it. Two values have the same
bytes when they differ in the order of their keys only: `1` and `1.0`, composed and decomposed letters, an absent member
and a null are different, as they are on the wire.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import orjson

from sekisho.model.place import Kind
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.wire.strict import Json, JsonObject

__all__ = ["canonical", "capability_set", "is_version", "pinned"]

_VERSION: Final = re.compile(
    r"v?\d{1,10}(\.\d{1,10}){0,3}([-+.]?(a|b|rc|alpha|beta|dev|post|pre)?\.?\d{0,14})?", re.ASCII
)


def canonical(value: Json) -> bytes:
    """Return the bytes of a value as they are forwarded, except that keys stand in order."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def pinned(kind: Kind, body: Json) -> Json:
    """Return what of a definition its fingerprint covers: all of it, except the version that a server says it has.

    That changes with every release, also where nothing that it offers does. A version that has not the shape of one
    is text like any other.
    """
    if kind is not Kind.SERVER or not is_version(obj(body).get("version")):
        return body
    return {key: value for key, value in obj(body).items() if key != "version"}


def is_version(value: Json) -> bool:
    """Tell whether a value has the shape of a version: numbers, and no word that is not known from versions."""
    return isinstance(value, str) and _VERSION.fullmatch(value) is not None


def capability_set(capabilities: JsonObject) -> str:
    """Name what a host declared: a server may offer other things to a host that declares more.

    Names of capabilities and of their parts count, their values do not: those differ between two starts of one host.
    """
    names = set(capabilities)
    for name, value in capabilities.items():
        names.update(f"{name}.{part}" for part in obj(value))
    return ",".join(sorted(names))
