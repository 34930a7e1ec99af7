"""Requests that did not come in, on record: the first of a kind at once, those that follow it as a number.

Who has no token can knock as often as they like. A record for each would let them fill the disk with what says nothing
new, until the audit has no room and everything is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sekisho.engine.effects import Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["Knocks"]

_KINDS: Final = 256
"""How many kinds are told apart between two settlements; users of the machine are not, beyond that."""


class _Kind(NamedTuple):
    who: Who
    rule: str
    uid: int | None


class Knocks:
    """What one listening socket turned away.

    Args:
        record: puts a record into the audit.
        server: the server's identity.
    """

    def __init__(self, record: Callable[[Record], None], server: str) -> None:
        self._record = record
        self._server = server
        self._more: dict[_Kind, int] = {}

    def note(self, rule: str, who: Who, uid: int | None) -> None:
        """Put one on record, or count it if one of its kind is there since the last settlement.

        Args:
            rule: the id of the check.
            who: who asked; whoever runs us where nobody knows.
            uid: the user id at the other end of the connection, None when it is unknown.
        """
        kind = _Kind(who, rule, uid if len(self._more) < _KINDS else None)
        if kind in self._more:
            self._more[kind] += 1
            return
        self._more[kind] = 0
        self._write(kind, {})

    def settle(self) -> None:
        """Put on record how many more there were of each kind, and begin anew."""
        counted, self._more = self._more, {}
        for kind, count in counted.items():
            if count:
                self._write(kind, {"count": count})

    def _write(self, kind: _Kind, more: JsonObject) -> None:
        fields: JsonObject = {"rule": kind.rule, "verdict": "deny", **more}
        if kind.uid is not None:
            fields["uid"] = kind.uid
        self._record(Record("turned-away", kind.who, self._server, fields, {}))
