"""What a relay says when no broker does: refusals to the host, and lines to the person who reads its log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.gateway.broker.ledger import CALL, MODERN
from sekisho.model.answers import refusal_body
from sekisho.model.escape import printable
from sekisho.model.messages import refusal
from sekisho.wire.jsonrpc import Notification, Request, WireError, parse, parse_batch, serialise
from sekisho.wire.strict import Limits
from sekisho.wire.versions import META_PROTOCOL_VERSION, SekishoCode
from sekisho.wire.views import meta, obj

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sekisho.gateway.broker.ledger import Owed
    from sekisho.wire.jsonrpc import Id

__all__ = ["LOST", "UNSENT", "key_of", "lost", "owed_of", "said", "streams", "unsent", "without"]

LOST: Final = "broker-lost"
"""The rule of a refusal for a request that was with a broker when it died."""

UNSENT: Final = "broker-unavailable"
"""The rule of a refusal for a request that reached no broker."""

_LIMITS: Final = Limits()


def key_of(id_: Id) -> bytes:
    """Return an id as the ledger holds it."""
    return b"i%d" % id_ if isinstance(id_, int) else b"s" + id_.encode()


def owed_of(request: Request) -> Owed:
    """Return a request as the ledger holds it."""
    kind = CALL if request.method == "tools/call" else 0
    return key_of(request.id), kind | (MODERN if META_PROTOCOL_VERSION in meta(request.params) else 0)


def lost(owed: Owed) -> bytes:
    """Return the line that refuses a request whose broker died."""
    return _line(owed, LOST)


def unsent(line: bytes, known: Collection[bytes]) -> Iterator[bytes]:
    """Yield the lines that refuse the requests of a line that reached no broker, but those that are refused already."""
    try:
        messages = parse_batch(line, _LIMITS) if line.lstrip().startswith(b"[") else [parse(line, _LIMITS)]
    except WireError as error:
        if error.id is not None and key_of(error.id) not in known:
            yield _line((key_of(error.id), 0), UNSENT)
        return
    for message in messages:
        if isinstance(message, Request) and key_of(message.id) not in known:
            yield _line(owed_of(message), UNSENT)


def streams(standing: bytes) -> dict[bytes, bytes]:
    """Return the streams of changes among what a host relies on: its line by the key of each."""
    found: dict[bytes, bytes] = {}
    for line in standing.splitlines():
        message = _request(line)
        if message is not None and message.method == "subscriptions/listen":
            found[key_of(message.id)] = line
    return found


def without(standing: bytes, lines: Iterable[bytes]) -> bytes:
    """Return what a host relies on behind these lines of it, which may take streams back."""
    gone: set[bytes] = set()
    open_: dict[bytes, bytes] = {}
    for line in lines:
        id_ = _cancelled(line)
        if id_ is not None:
            open_ = open_ or streams(standing)
            gone |= {open_[key] for key in (key_of(id_),) if key in open_}
    return b"".join(line + b"\n" for line in standing.splitlines() if line not in gone) if gone else standing


def _request(line: bytes) -> Request | None:
    try:
        message = parse(line, _LIMITS)
    except WireError:
        return None
    return message if isinstance(message, Request) else None


def _cancelled(line: bytes) -> Id | None:
    """Return which request a line takes back; None when it is something else."""
    if b"cancelled" not in line:
        return None
    try:
        message = parse(line, _LIMITS)
    except WireError:
        return None
    if not isinstance(message, Notification) or message.method != "notifications/cancelled":
        return None
    id_ = obj(message.params).get("requestId")
    return id_ if isinstance(id_, int | str) and not isinstance(id_, bool) else None


def said(line: str) -> bytes:
    """Return lines for standard error."""
    return "".join(f"sekisho: {printable(part)}\n" for part in line.splitlines()).encode()


def _line(owed: Owed, rule: str) -> bytes:
    key, kind = owed
    about: Id = int(key[1:]) if key.startswith(b"i") else key[1:].decode()
    body = refusal_body(
        about,
        said=refusal(rule),
        detail={"rule": rule, "pointer": ""},
        call=bool(kind & CALL),
        modern=bool(kind & MODERN),
        code=SekishoCode.BROKER_UNAVAILABLE,
    )
    return serialise(body) + b"\n"
