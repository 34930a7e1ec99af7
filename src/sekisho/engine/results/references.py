"""What was cut out of results, and the references that stand in its place."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MOST", "MOST_BYTES", "Cut", "Kind", "References", "TooManyError"]

MOST: Final = 4096
"""References for one server in one conversation."""

MOST_BYTES: Final = 1024 * 1024
"""What one server's references stand for, all together."""

_NUMBERS: Final = 100_000_000


class Kind(StrEnum):
    """What a reference stands for; also how it is written."""

    __hash__ = str.__hash__

    SECRET = "secret"  # noqa: S105 - a word
    """A key, token or password."""

    HIDDEN = "hidden"
    """Characters that nobody sees: tag characters, controls of eight bits."""


class TooManyError(Exception):
    """A server's results hold more than can be remembered."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One thing that was cut out."""

    server: str
    """Whose result it was in, and the only one that gets it back."""

    kind: Kind
    """What it is."""

    text: str = field(repr=False)
    """The words themselves: they go to that server and nowhere else."""


class References:
    """The references of one conversation, shared by its sessions.

    Numbers can't be guessed, so a text can't name a secret that it was not shown; and those of another conversation, or
    of one before a restart, are not taken for ours.

    Args:
        salt: random bytes.
    """

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._cuts: dict[int, Cut] = {}
        self._written: dict[tuple[str, Kind, str], str] = {}
        self._used: dict[str, tuple[int, int]] = {}
        self._escaped: set[str] = set()

    def give(self, server: str, kind: Kind, text: str) -> str:
        """Return the reference that stands for what is cut out; the same one for the same.

        Raises:
            TooManyError: the server has `MOST` of them, or `MOST_BYTES`; what is cut out can't be shown at all then.
        """
        return self._written.get((server, kind, text)) or self._enter(Cut(server, kind, text))

    def _enter(self, cut: Cut) -> str:
        count, size = self._used.get(cut.server, (0, 0))
        if count >= MOST or size + len(cut.text) > MOST_BYTES:
            raise TooManyError
        self._used[cut.server] = count + 1, size + len(cut.text)
        number, tried = 0, len(self._cuts)
        while number == 0 or number in self._cuts:
            tried += 1
            number = int.from_bytes(hashlib.sha256(self._salt + tried.to_bytes(8)).digest()[:8]) % _NUMBERS
        self._cuts[number] = cut
        written = self._written[cut.server, cut.kind, cut.text] = f"\u27e6{cut.kind}:{number}\u27e7"
        return written

    def given(self) -> Iterable[tuple[int, Cut]]:
        """Return everything that was cut out, with its number."""
        return self._cuts.items()

    def stands_for(self, number: int) -> Cut | None:
        """Return what a reference stands for; None for one that is not ours."""
        return self._cuts.get(number)

    def showed_escape(self, server: str) -> None:
        """Remember that an escape character of a server was shown as a sign."""
        self._escaped.add(server)

    def has_escapes(self, server: str) -> bool:
        """Tell whether a sign for an escape character, in what goes to a server, is one."""
        return server in self._escaped
