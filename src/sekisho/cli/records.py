"""One record of the audit as a person reads it: a row of a table, or all of it.

`audit`, `why` and `demo` show records through this module.
Names in a record come from hosts and servers, so everything is made printable here.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, cast

from sekisho.cli.layout import WIDTH, fitted, local
from sekisho.cli.screen import words
from sekisho.model.escape import printable
from sekisho.model.message_ids import MessageId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sekisho.adapters.audit import chain
    from sekisho.adapters.audit.reader import Record

__all__ = ["details", "field", "heading", "is_refusal", "matches_id", "row", "rows", "server_name", "short_id"]

_TIME: Final = 8
_EVENT: Final = 11
_VERDICT: Final = 7
_SERVER: Final = 12
_GAP: Final = "  "
_LEFT: Final = _TIME + _EVENT + _VERDICT + _SERVER + 4 * len(_GAP)
_DIGITS: Final = 6
"""How many digits of a writer's id are shown."""

_LABEL: Final = 14
"""The widest label, in columns."""

_STRAYS: Final = frozenset({"late-answer", "unknown-answer"})
"""Answers that nobody waits for: dropped and on record, but nobody was refused anything."""

_SHORT_ID: Final = re.compile(r"[0-9a-f]{6}:[0-9]{1,12}")


def short_id(record: Record) -> str:
    """Return the name of a record that fits into a table: the end of its writer's id, and its number."""
    return f"{record.writer[-_DIGITS:]}:{record.line.seq}"


def matches_id(record_id: str, wanted: str) -> bool:
    """Tell whether `wanted` names the record `record_id`, in full or in short."""
    if record_id == wanted:
        return True
    writer, _, number = record_id.partition(":")
    return _SHORT_ID.fullmatch(wanted) is not None and f"{writer[-_DIGITS:]}:{number}" == wanted


def is_refusal(line: chain.Line) -> bool:
    """Tell whether somebody was refused something; what `doctor` tried out was its own question."""
    if line.conversation.startswith("doctor:"):
        return False
    return line.fields.get("verdict") == "deny" and line.fields.get("rule") not in _STRAYS


def field(fields: Mapping[str, object], name: str) -> str:
    """Return a field as text, empty when it is not there."""
    value = fields.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)


def server_name(identity: str) -> str:
    """Return the part of a server's identity that tells it apart at a glance: package, script or host."""
    if "://" in identity:
        return identity.partition("://")[2].partition("/")[0]
    command = identity.rpartition(" @ ")[0] or identity
    return PurePath(command.rpartition(" ")[2]).name or command


def heading() -> str:
    """Return the first line of a table of records."""
    titles = (
        (MessageId.AUDIT_TIME, _TIME),
        (MessageId.AUDIT_EVENT, _EVENT),
        (MessageId.AUDIT_VERDICT, _VERDICT),
        (MessageId.AUDIT_SERVER, _SERVER),
    )
    return _GAP.join([*(fitted(words(id_), width) for id_, width in titles), words(MessageId.AUDIT_RECORD)])


def rows(records: Iterable[Record]) -> Iterator[str]:
    """Return the lines of a table: a line with the date wherever that changes, and one for each record."""
    day = ""
    for record in records:
        when = local(record.line.t)
        today = f"{when:%Y-%m-%d}" if when is not None else "?"
        if today != day:
            day = today
            yield day
        yield row(record)


def row(record: Record) -> str:
    """Return one record as a line of at most 80 columns."""
    line = record.line
    when = local(line.t)
    cells = (
        fitted(f"{when:%H:%M:%S}" if when is not None else "?", _TIME),
        fitted(short_id(record), _EVENT),
        fitted(field(line.fields, "verdict") or "-", _VERDICT),
        fitted(server_name(line.server) or "-", _SERVER),
    )
    return _GAP.join([*cells, printable(_said(line), width=WIDTH - _LEFT)])


def _said(line: chain.Line) -> str:
    """Say what happened: ticket and reason first where something was refused, so that cutting takes the rest."""
    fields = line.fields
    method = field(fields, "method").removeprefix("notifications/")
    outcome = "error" if fields.get("outcome") == "error" else ""
    took = fields.get("ms")
    count = fields.get("count") if line.kind == "turned-away" else None
    parts = (
        line.kind,
        field(fields, "event") or field(fields, "errand"),
        field(fields, "ticket"),
        field(fields, "rule"),
        " ".join(part for part in (method, field(fields, "name")) if part),
        outcome,
        f"{took:.1f} ms" if isinstance(took, int | float) else "",
        f"+{count}" if isinstance(count, int) else "",
    )
    return _GAP.join(part for part in parts if part)


def details(record: Record) -> list[tuple[str, str]]:
    """Return everything that a record holds, as labels and printable values."""
    line = record.line
    when = local(line.t)
    pairs: list[tuple[str, str]] = [
        ("record", record.id),
        ("time", f"{when:%Y-%m-%d %H:%M:%S}.{line.t % 1000:03} {when:%z}" if when is not None else str(line.t)),
        ("kind", line.kind),
        *((name, _plain(value)) for name, value in line.fields.items()),
        ("server", line.server),
        ("principal", line.principal),
        ("conversation", line.conversation),
        *((name, _digest(value)) for name, value in line.digests.items()),
        ("file", f"{record.file}, byte {record.offset}"),
    ]
    return [(printable(label, width=_LABEL), printable(value)) for label, value in pairs if value]


def _plain(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def _digest(value: object) -> str:
    """Say what is kept of a value that is not stored."""
    if not isinstance(value, dict):
        return str(value)
    about = cast("dict[str, object]", value)
    return f"digest {about.get('h')}, {about.get('n')} bytes as JSON"
