"""What a running gateway needs of this machine: state, keys, audit, halt."""

from __future__ import annotations

import getpass
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.adapters import keyfile
from sekisho.adapters.audit import AuditLog, AuditUnavailable
from sekisho.adapters.halt import HaltFlag
from sekisho.adapters.recording import Recorder, unheard
from sekisho.adapters.state import private_directory, state_directory
from sekisho.cli.screen import complain, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from sekisho.adapters.store import Store
    from sekisho.engine.effects import Record
    from sekisho.gateway.behind.tree import Digests
    from sekisho.gateway.books import Books
    from sekisho.gateway.desk import Desk
    from sekisho.ports import ConversationStore

__all__ = ["House", "open_house", "principal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What is open while a gateway runs."""

    directory: Path
    """The state directory."""

    recorder: Recorder
    """Where records go."""

    halt: HaltFlag
    """Whether everything is halted."""

    seal_key: bytes
    """Seals request states."""

    desk: Desk
    """What was decided about servers. Where the store can't be used nothing that needs it passes."""

    digests: Digests
    """Of the code of servers, as it was read last."""

    books: Books
    """What was cut out of results, by conversation."""

    conversations: ConversationStore | None
    """Which host process has which conversation; None where the store can't be used."""


@contextmanager
def open_house(heard: Callable[[Record], None] = unheard) -> Generator[House]:
    """Open the state directory, the keys and an audit chain of this process; seal the chain at the end.

    Args:
        heard: is given each record that was written.

    Raises:
        StateDirectoryError: the directory can't be used.
        KeyFileError: the key can't be used.
        AuditUnavailable: nothing can be recorded, so nothing may pass.
    """
    directory = state_directory()
    key = keyfile.load_or_create(directory / "key")
    log = AuditLog.open(audit_directory(directory), key=key)
    from sekisho.adapters.digests import DigestFile  # noqa: PLC0415 - as below
    from sekisho.gateway.behind.tree import Digests  # noqa: PLC0415 - as below
    from sekisho.gateway.books import Books  # noqa: PLC0415 - commands that only look at the state start without it
    from sekisho.gateway.desk import Desk  # noqa: PLC0415 - as above

    store = _store(directory)
    try:
        yield House(
            directory=directory,
            recorder=Recorder(log, heard),
            halt=HaltFlag(directory),
            seal_key=keyfile.derive(key, "request-state"),
            desk=Desk(store.ledgers if store is not None else None, say=complain, tell=tell, pardons=store),
            digests=Digests(DigestFile(directory)),
            books=Books(),
            conversations=store.conversations if store is not None else None,
        )
    finally:
        if store is not None:
            store.close()
        # What could not be sealed is found by `audit verify`; there is nobody left to refuse.
        with suppress(AuditUnavailable):
            log.close()


def _store(directory: Path) -> Store | None:
    """Open the store. One that can't be used ends no gateway: the host is told with each refusal, the person here."""
    from sekisho.adapters.store import Store, StoreUnavailable  # noqa: PLC0415 - as above

    try:
        return Store(directory)
    except StoreUnavailable as error:
        complain(str(error))
        return None


def audit_directory(directory: Path) -> Path:
    """Return where the chains of this user are."""
    return private_directory(directory / "audit")


def principal() -> str:
    """Return the name of the user on whose behalf we run."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid-{os.getuid()}"
