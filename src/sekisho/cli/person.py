"""Asking a person: what only one may do takes a terminal that they opened, and a typed word."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sekisho.cli.halt import put_on_record
from sekisho.cli.presence import objection
from sekisho.cli.screen import note

if TYPE_CHECKING:
    from pathlib import Path

    from sekisho.model.message_ids import MessageId

__all__ = ["insist", "typed"]

_LONGEST = 100


def insist(directory: Path, what: str, way_out: MessageId) -> None:
    """End this process with 1, on record, unless a person seems to be there.

    Args:
        directory: the state directory.
        what: what was to be done, in the record.
        way_out: tells how a person does it.
    """
    found = objection(os.environ, interactive=sys.stdin.isatty())
    if found is None:
        return
    note(found.message, **found.values)
    note(way_out)
    put_on_record(directory, f"{what}-refused", rule=str(found.message))
    sys.exit(1)


def typed(word: str) -> bool:
    """Whether the person typed this word, and nothing else."""
    return sys.stdin.readline(_LONGEST).strip() == word
