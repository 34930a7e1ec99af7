"""Refusals: the answer that says no, why, and what may be done.

A refused `tools/call` is answered by a result with `isError`, which a model can act on; everything else by a
JSON-RPC error of our own codes.
The text is a fixed template with ids in it: it never repeats what a peer wrote, and holds no command
(an agent that reads it could run one).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from sekisho.engine.effects import Record, SendToHost
from sekisho.engine.events import Trouble
from sekisho.model.answers import REFUSAL_KEY, refusal_body
from sekisho.model.messages import plain_pointer, refusal
from sekisho.wire.jsonrpc import error_body
from sekisho.wire.versions import METHODS, NAME_PARAM, SekishoCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.effects import Effect
    from sekisho.engine.events import HostSent
    from sekisho.model.messages import Stage
    from sekisho.model.subject import Who
    from sekisho.wire.jsonrpc import Id, JsonObject, Request

__all__ = [
    "REFUSAL_KEY",
    "Named",
    "Refusing",
    "known_method",
    "named",
    "protocol_error",
    "refuse",
    "refuse_request",
    "refuse_without_record",
]

_NAME: Final = 256
"""The most characters of a name that are put on record."""


class Named(Protocol):
    """Knows what its refusals are recorded under."""

    @property
    def server(self) -> str:
        """The server's identity in the audit."""
        ...


class Refusing(Protocol):
    """Who refuses: a session about its server, or the hub about what belongs to no single one."""

    @property
    def setup(self) -> Named:
        """What it was made with."""
        ...

    @property
    def modern(self) -> bool:
        """Whether the host speaks 2026-07-28."""
        ...

    def ticket(self) -> str:
        """Return a new ticket."""
        ...


_CODES: Final[Mapping[str, SekishoCode]] = {
    Trouble.CANNOT_START: SekishoCode.SERVER_UNAVAILABLE,
    Trouble.EXITED: SekishoCode.SERVER_UNAVAILABLE,
    Trouble.UNREACHABLE: SekishoCode.SERVER_UNAVAILABLE,
    Trouble.BROKEN: SekishoCode.SERVER_UNAVAILABLE,
    Trouble.UNAUTHORIZED: SekishoCode.SERVER_UNAVAILABLE,
    Trouble.SESSION_ENDED: SekishoCode.SERVER_UNAVAILABLE,
    Trouble.RESTARTING: SekishoCode.SERVER_UNAVAILABLE,
    Trouble.HUNG: SekishoCode.SERVER_UNAVAILABLE,
    Trouble.CHANGED: SekishoCode.SERVER_UNAVAILABLE,
    Trouble.TIMED_OUT: SekishoCode.SERVER_TIMED_OUT,
    Trouble.GARBLED: SekishoCode.ANSWER_NOT_ACCEPTABLE,
    Trouble.TOO_LARGE: SekishoCode.ANSWER_NOT_ACCEPTABLE,
    Trouble.INTERNAL: SekishoCode.INTERNAL,
    Trouble.FLOOD: SekishoCode.QUARANTINED,
    Trouble.HALTED: SekishoCode.HALTED,
    Trouble.AUDIT: SekishoCode.AUDIT_UNAVAILABLE,
    Trouble.OVERLOADED: SekishoCode.OVERLOADED,
    Trouble.PINS: SekishoCode.PINS_UNAVAILABLE,
    Trouble.SET_ASIDE: SekishoCode.QUARANTINED,
    Trouble.GENERATION: SekishoCode.QUARANTINED,
    Trouble.PACKAGE: SekishoCode.QUARANTINED,
    Trouble.PROGRAM: SekishoCode.QUARANTINED,
    Trouble.VARIABLE: SekishoCode.QUARANTINED,
    Trouble.CODE_UNREAD: SekishoCode.SERVER_UNAVAILABLE,
}


_METHODS: Final = frozenset[str]().union(
    *(
        table.host_requests | table.host_notifications | table.server_requests | table.server_notifications
        for table in METHODS.values()
    )
)


def known_method(method: str) -> str:
    """Return the name of a method for a record: one that no revision has is text of the peer, so it is not repeated."""
    return method if method in _METHODS else "unknown"


def named(method: str, params: JsonObject | None) -> JsonObject:
    """Return the record's field for the tool, prompt or resource that a request names, cut to a bound."""
    member = NAME_PARAM.get(method)
    name = params.get(member) if params is not None and member is not None else None
    return {"name": name[:_NAME]} if isinstance(name, str) else {}


def refuse(  # noqa: PLR0913 - a refusal has this many parts
    state: Refusing,
    *,
    who: Who,
    channel: int,
    about: Id,
    method: str,
    rule: str,
    pointer: str = "",
    stage: Stage | None = None,
    params: JsonObject | None = None,
    more: JsonObject | None = None,
    expected: str = "",
    wait: int = 0,
) -> list[Effect]:
    """Refuse the host's request `about`: on record first, then answered.

    `params` tell what it was for, `more` is for the record alone. `expected` says in fixed words what would be right,
    `wait` after how many seconds it is possible again.
    """
    ticket = state.ticket()
    fields: JsonObject = {
        "method": known_method(method),
        **named(method, params),
        "rule": rule,
        "pointer": pointer,
        "ticket": ticket,
        "verdict": "deny",
        **(more or {}),
    }
    record = Record("refusal", who, state.setup.server, fields, {}, durable=True)
    said = refusal(rule, ticket=ticket, pointer=pointer, stage=stage, expected=expected, wait=wait)
    detail: JsonObject = {"rule": rule, "pointer": plain_pointer(pointer), "ticket": ticket}
    body = _body(state, about, method, said, detail)
    return [record, SendToHost(body, channel, about, final=True)]


def refuse_request(  # noqa: PLR0913 - as above
    state: Refusing,
    event: HostSent,
    message: Request,
    rule: str,
    *,
    pointer: str = "",
    stage: Stage | None = None,
    more: JsonObject | None = None,
    expected: str = "",
    wait: int = 0,
) -> list[Effect]:
    """Refuse a request of the host as it came; what may be said of it is as in `refuse`."""
    return refuse(
        state,
        who=event.who,
        channel=event.channel,
        about=message.id,
        method=message.method,
        rule=rule,
        pointer=pointer,
        stage=stage,
        params=message.params,
        more=more,
        expected=expected,
        wait=wait,
    )


def refuse_without_record(
    state: Refusing, *, channel: int, about: Id, method: str, trouble: Trouble = Trouble.AUDIT
) -> SendToHost:
    """Refuse when recording or keeping is what failed, so there is no ticket either."""
    said, detail = refusal(trouble), {"rule": str(trouble), "pointer": ""}
    return SendToHost(_body(state, about, method, said, {**detail}), channel, about, final=True)


def protocol_error(
    state: Refusing,
    *,
    who: Who,
    channel: int,
    about: Id | None,
    code: int,
    message: str,
    data: JsonObject | None = None,
    rule: str,
) -> list[Effect]:
    """Answer what the specification itself forbids, with the specification's code."""
    record = Record("error", who, state.setup.server, {"rule": rule, "code": int(code), "verdict": "deny"}, {})
    body = error_body(about, code, message, data)
    return [record, SendToHost(body, channel, about, final=True)]


def _body(state: Refusing, about: Id, method: str, said: str, detail: JsonObject) -> JsonObject:
    code = _CODES.get(str(detail["rule"]), SekishoCode.REFUSED)
    call = method == "tools/call"
    return refusal_body(about, said=said, detail=detail, call=call, modern=state.modern, code=code)
