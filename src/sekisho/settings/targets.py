"""The addresses that an entry contacts, or hands to a bridge that does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.settings.entry import Entry
    from sekisho.settings.node import Text

__all__ = ["Target", "targets"]

_ADDRESS: Final = re.compile(r"(?:--?[A-Za-z][A-Za-z0-9_-]*=)?((?:https?|wss?)://\S+)", re.IGNORECASE)
_VARIABLE: Final = re.compile(r"[${}%<>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One address."""

    scheme: str
    """In lower case."""

    host: str
    """In lower case, without brackets and the dot at the end."""

    word: Text
    """Where it stands."""


def targets(entry: Entry) -> Iterator[Target]:
    """Yield the address of an entry, and addresses among its arguments; not those whose host is a reference."""
    for word in (*(() if entry.url is None else (entry.url,)), *entry.args):
        found = _ADDRESS.fullmatch(word.text.strip())
        if found is not None:
            try:
                parts = urlsplit(found[1])
                host = (parts.hostname or "").rstrip(".")
            except ValueError:
                # A host that no parser takes is not contacted.
                continue
            if host and not _VARIABLE.search(parts.netloc.rpartition("@")[2]):
                yield Target(scheme=parts.scheme.lower(), host=host, word=word)
