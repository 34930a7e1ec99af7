"""What tools and prompts of several servers are called: `alias__name`.

A name depends on the alias and the server's own name only, so nothing changes when a server joins or leaves.
The whole has at most 46 characters: hosts put a prefix of their own before it, and some cap the result at 60.
A name that is longer, empty, or has other characters than the specification recommends is cut and ends in a digest.
A name that looks as if it ended in such a digest gets one too, so two names are never shown alike.
An alias has no underscore, so the first two underscores of a shown name are where it ends.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from sekisho.model.alias import ALIAS, RESERVED

__all__ = ["LONGEST", "parsed", "shown"]

LONGEST: Final = 46
"""How long a shown name is at most."""

_SEPARATOR: Final = "__"
_PLAIN: Final = re.compile(r"[A-Za-z0-9._-]+")
_OTHER: Final = re.compile(r"[^A-Za-z0-9._-]")
_DIGEST: Final = re.compile(r".*-[a-z2-7]{16}", re.DOTALL)
_DIGEST_BYTES: Final = 10
_DIGEST_LENGTH: Final = 17


def shown(alias: str, name: str) -> str:
    """Return what the host sees for the server's own `name`."""
    whole = f"{alias}{_SEPARATOR}{name}"
    if len(whole) <= LONGEST and _PLAIN.fullmatch(name) and not _DIGEST.fullmatch(name):
        return whole
    digest = hashlib.sha256(f"{alias}\0{name}".encode("utf-8", "surrogatepass")).digest()
    tail = base64.b32encode(digest[:_DIGEST_BYTES]).decode().lower()
    room = LONGEST - len(alias) - len(_SEPARATOR) - _DIGEST_LENGTH
    return f"{alias}{_SEPARATOR}{_OTHER.sub('_', name[:room])}-{tail}"


def parsed(name: str) -> tuple[str, str | None] | None:
    """Return the alias and the server's own name; None in its place for one with a digest, None for no shown name."""
    alias, separator, rest = name.partition(_SEPARATOR)
    if not separator or not rest or not ALIAS.fullmatch(alias) or alias == RESERVED:
        return None
    return alias, None if _DIGEST.fullmatch(rest) else rest
