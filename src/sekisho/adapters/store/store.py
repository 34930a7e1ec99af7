"""All that the store holds, over one connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.adapters.store.allowances import Allowances
from sekisho.adapters.store.conversations import Conversations
from sekisho.adapters.store.database import Database
from sekisho.adapters.store.ledgers import Ledgers
from sekisho.adapters.store.releases import Releases

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

__all__ = ["FILE", "Store"]

FILE: Final = "sekisho.db"
"""The file's name in the state directory."""


class Store:
    """The store of one user.

    Args:
        directory: the state directory.

    Raises:
        StoreUnavailable: the file is not to be used.
    """

    def __init__(self, directory: Path) -> None:
        self._database = Database(directory / FILE)
        self.ledgers = Ledgers(self._database)
        """What was approved of each server."""
        self.releases = Releases(self._database)
        """What was allowed once."""
        self.allowances = Allowances(self._database)
        """What is allowed for a while."""
        self.conversations = Conversations(self._database)
        """Which host process has which."""

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
