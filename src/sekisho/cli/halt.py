"""`sekisho halt`: stop everything that passes."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from sekisho.adapters import keyfile
from sekisho.adapters.audit import AuditLog, Entry
from sekisho.adapters.audit.errors import AuditUnavailable
from sekisho.adapters.halt import HaltFlag
from sekisho.adapters.keyfile import KeyFileError
from sekisho.adapters.state import StateDirectoryError, state_directory
from sekisho.cli.house import audit_directory, principal
from sekisho.cli.screen import complain, note, say, speaks, trouble_is_usage
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["halt", "halted_since", "put_on_record"]


@click.command()
@speaks
def halt() -> None:
    r"""Stop everything that passes, now and until `sekisho resume`.

    Every gateway of this user refuses every request within a second, also after
    a restart. Anybody may halt; only a person may resume.

    \b
    Example:
      sekisho halt
    """
    with trouble_is_usage():
        directory = state_directory()
        flag = HaltFlag(directory)
        try:
            fresh = flag.set()
        except OSError as error:
            note(MessageId.HALT_FAILED, path=str(flag.path), problem=str(error.strerror))
            sys.exit(1)
        if not fresh:
            say(MessageId.HALT_ALREADY, since=halted_since(flag))
            return
        say(MessageId.HALT_DONE)
        try:
            put_on_record(directory, "halt")
        except (AuditUnavailable, KeyFileError, StateDirectoryError) as error:
            # The halt stands; that it is not on record must not undo it.
            complain(str(error))


def halted_since(flag: HaltFlag) -> str:
    """Return when the halt began, in local time; a question mark when nobody can tell."""
    try:
        began = flag.path.lstat().st_mtime
    except OSError:
        return "?"
    return f"{datetime.fromtimestamp(began, tz=UTC).astimezone():%Y-%m-%d %H:%M:%S}"


def put_on_record(directory: Path, event: str, **fields: str) -> None:
    """Record what a human did, on the disk when this returns.

    Args:
        directory: the state directory.
        event: a fixed word.
        fields: more fixed words.

    Raises:
        AuditUnavailable: it is not recorded.
        KeyFileError: the key can't be used.
        StateDirectoryError: the directory of the audit can't be used.
    """
    log = AuditLog.open(audit_directory(directory), key=keyfile.load_or_create(directory / "key"))
    try:
        log.append(Entry(kind="lifecycle", principal=principal(), fields={"event": event, **fields}))
    finally:
        log.close()
