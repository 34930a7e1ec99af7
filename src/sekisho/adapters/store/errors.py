"""What can be wrong with the store."""

from __future__ import annotations

from sekisho.adapters.state import StateDirectoryError

__all__ = ["StoreUnavailable"]


class StoreUnavailable(StateDirectoryError):  # noqa: N818 - a state of the store, named like `AuditUnavailable`
    """The store can't be used, so nothing that needs it may pass; the text says what, where, and the next step."""
