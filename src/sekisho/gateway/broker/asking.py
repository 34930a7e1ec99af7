"""Asking the broker how it is, without starting one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from sekisho import __version__
from sekisho.gateway.broker.address import connect
from sekisho.gateway.broker.frames import SERVED, STATUS, Frames, FramesError, Hello, StrangerError, receive_with

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Answer", "SilentError", "Status", "ask"]

_PATIENCE: Final = 5.0


class SilentError(Exception):
    """There is a broker, and it does not answer; the text says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An entry, or a conversation, as the broker tells of it."""

    name: str
    """The entry's name, or the conversation's key."""

    since: float
    """Seconds since 1970."""

    values: Mapping[str, str | int]
    """What else is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a broker is."""

    pid: int
    """Its process id."""

    version: str
    """Its version."""

    since: float
    """When it began, in seconds since 1970."""

    draining: bool
    """Whether it ends when its calls have ended."""

    audit: tuple[str, int]
    """The id of its chain's writer, and how many records are sealed."""

    entries: tuple[Answer, ...]
    """The open entries."""

    conversations: tuple[Answer, ...]
    """What it knows of host processes."""

    body: Mapping[str, object]
    """All of it, as it was told."""


def ask(directory: Path) -> Status | None:
    """Return how the broker is, None when there is none.

    Raises:
        SilentError: it does not answer, or another user does.
    """
    try:
        connection = connect(directory, patience=_PATIENCE)
        if connection is None:
            return None
        try:
            connection.sendall(Hello(kind=STATUS, version=__version__).pack())
            frames = Frames()
            while True:
                data, _ = receive_with(connection)
                if not data:
                    raise SilentError("it ended without an answer")
                for kind, payload in frames.feed(data):
                    if kind == SERVED:
                        return _status(json.loads(payload))
        finally:
            connection.close()
    except (OSError, FramesError, StrangerError, ValueError, KeyError, TypeError) as error:
        raise SilentError(str(error) or type(error).__name__) from None


def _status(body: dict[str, object]) -> Status:
    audit = cast("dict[str, object]", body["audit"])
    return Status(
        pid=int(str(body["pid"])),
        version=str(body["version"]),
        since=float(str(body["since"])),
        draining=bool(body["draining"]),
        audit=(str(audit["writer"]), int(str(audit["sealed"]))),
        entries=_answers(body["entries"], "name"),
        conversations=_answers(body["conversations"], "key"),
        body=body,
    )


def _answers(told: object, name: str) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            name=str(one[name]),
            since=float(str(one["since"])),
            values={key: at for key, at in one.items() if isinstance(at, str | int) and key not in (name, "since")},
        )
        for one in cast("list[dict[str, object]]", told)
    )
