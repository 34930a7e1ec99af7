"""Digests of code, kept from one start to the next, so that what did not change is not read again.

They are no decision: where the file can't be read or written they are worked out again, and what is approved stands in
the store. It lies in the state directory, where nobody else writes.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import orjson

from sekisho.wire.views import obj

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.wire.strict import Json

__all__ = ["FILE", "DigestFile"]

FILE: Final = "digests.json"
"""The file's name in the state directory."""

_FORMAT: Final = 1
_KEPT: Final = 4_000
"""Folders and files that are remembered; the oldest go."""

_LONGEST: Final = 64 * 1024 * 1024
"""Bytes; a longer file is not ours."""


class DigestFile:
    """A `Memory` for digests, shared by the processes of a user: who writes last keeps what others wrote before.

    Args:
        directory: the state directory.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE

    def load(self) -> dict[str, Json]:
        """Return what is kept; nothing where that can't be read."""
        try:
            with self._path.open("rb") as file:
                data: Json = orjson.loads(file.read(_LONGEST))
        except (OSError, orjson.JSONDecodeError):
            return {}
        whole = obj(data)
        return {**obj(whole.get("kept"))} if whole.get("format") == _FORMAT else {}

    def save(self, fresh: dict[str, Json]) -> None:
        """Keep these too, all of them or none; what can't be kept is worked out again."""
        kept = {name: found for name, found in self.load().items() if name not in fresh} | fresh
        newest = dict(list(kept.items())[-_KEPT:])
        data = orjson.dumps({"format": _FORMAT, "kept": newest})
        beside = self._path.with_name(f"{FILE}.{os.getpid()}")
        with suppress(OSError):
            beside.unlink(missing_ok=True)
            number = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            with open(number, "wb") as file:  # noqa: PTH123 - it is open already
                file.write(data)
            beside.replace(self._path)
