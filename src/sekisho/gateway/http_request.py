"""Reading one HTTP request: what it accepts, and the messages in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sekisho.wire.jsonrpc import Request, WireError, parse, parse_batch
from sekisho.wire.versions import SpecCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.wire.jsonrpc import Id, Message
    from sekisho.wire.strict import Limits

__all__ = ["Accepts", "BadBodyError", "Posted", "accepted", "is_json", "read_posted"]


class BadBodyError(Exception):
    """The body can't be taken. The text says what and what to do."""

    def __init__(self, status: int, code: int, rule: str, text: str, id_: Id | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.code = code
        self.rule = rule
        self.id = id_


@dataclass(frozen=True, slots=True)
class Accepts:
    """What the host can read."""

    json: bool
    events: bool


@dataclass(slots=True, eq=False)
class Posted:
    """The messages of one POST."""

    messages: Sequence[Message]
    """At least one, except for a GET or DELETE."""

    batch: bool
    """Whether they came as an array."""

    @property
    def is_initialize(self) -> bool:
        """Whether this opens a session."""
        first = self.messages[0] if self.messages else None
        return isinstance(first, Request) and first.method == "initialize"


def accepted(headers: Sequence[tuple[bytes, bytes]]) -> Accepts:
    """Return what the host accepts.

    The specification wants both types on a POST; a host that takes JSON alone is served where JSON will do.
    """
    value = b",".join([value for name, value in headers if name == b"accept"])
    kinds = {part.partition(b";")[0].strip().lower() for part in value.split(b",")}
    every = b"*/*" in kinds
    events = every or b"text/event-stream" in kinds or b"text/*" in kinds
    json = every or b"application/json" in kinds or b"application/*" in kinds
    return Accepts(json, events)


def is_json(headers: Sequence[tuple[bytes, bytes]]) -> bool:
    """Tell whether the body is said to be JSON: a form of a web page can't say so without asking first."""
    kinds = [value.partition(b";")[0].strip().lower() for name, value in headers if name == b"content-type"]
    return kinds == [b"application/json"]


def read_posted(body: bytes, limits: Limits) -> Posted:
    """Return the messages in `body`.

    Raises:
        BadBodyError: 400 with the wire's reason.
    """
    try:
        try:
            return Posted((parse(body, limits),), batch=False)
        except WireError as error:
            if error.reason != "batch":
                raise
            return Posted(parse_batch(body, limits), batch=True)
    except WireError as error:
        json = error.reason in ("malformed-json", "duplicate-key", "integer-range")
        code = SpecCode.PARSE_ERROR if json else SpecCode.INVALID_REQUEST
        raise BadBodyError(400, code, error.reason, error.detail, error.id) from None
