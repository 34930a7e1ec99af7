"""What Sekisho says: to people in their language, to models in fixed English.

`text` fills a message of the catalogue for a person; every value goes through `printable`, so a value can be anything.
`refusal` writes what a model reads when something was refused; there a value can be almost nothing.
A refusal comes with our authority, so it must not carry another's words, and an agent with a shell runs what it reads,
so it must not carry a command: templates are fixed, and only rule ids, tickets, aliases and plain pointers get in.

The catalogue is Python (`english.py`, `japanese.py`), not a data file: these floors open no files.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from sekisho.model.alias import ALIAS
from sekisho.model.escape import printable
from sekisho.model.lang import Lang
from sekisho.model.message_ids import MessageId
from sekisho.wire.pointer import PointerError, build, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.model.call_ids import CallId
    from sekisho.model.range_ids import RangeId
    from sekisho.model.scan_ids import ScanId

__all__ = [
    "TROUBLES",
    "WITHHELD",
    "AnyMessage",
    "Lang",
    "MessageId",
    "Stage",
    "language",
    "plain_pointer",
    "refusal",
    "text",
]

AnyMessage: TypeAlias = "MessageId | ScanId | RangeId | CallId"
"""A message of the catalogue, whichever part of it."""

_VALUE_WIDTH: Final = 400

WITHHELD: Final = "(withheld)"
"""Stands in a refusal where a value did not have the form that its place takes."""

_RULE: Final = re.compile(r"(?=.{1,64}\Z)[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_TICKET: Final = re.compile(r"[A-Z0-9]{4,12}")
_SEGMENT: Final = re.compile(r"(?=.{1,16}\Z)(?:_?[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)?|[0-9]{1,7})", re.ASCII)
_SEGMENTS_MAX: Final = 6


class Stage(Enum):
    """How far a refused request had come, which decides what the refusal may promise."""

    REQUEST = "It was not sent; nothing changed."
    """Refused before it reached the server."""

    ANSWER = "The server may have acted; its answer is withheld."
    """Refused when the server had answered."""


TROUBLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "audit-unavailable": "Sekisho cannot record, and nothing passes unrecorded. The user has to fix that.",
        "broker-lost": "Sekisho's broker ended before there was an answer. The server may or may not have acted.",
        "broker-unavailable": "Sekisho's broker is not there, so nothing was sent. Try again in a few seconds.",
        "halted": "the user halted all traffic. Wait until the user has resumed it.",
        "older-generation": "the server offers an older protocol generation than before. The user has to look at it.",
        "generation-gone": "the server does not speak a protocol generation any more that it spoke before. "
        "The user has to look at it.",
        "package-changed": "the server's code was changed and its version was not, so it was stopped. "
        "The user has to look at it.",
        "program-changed": "another program stands in place of the approved one, so it was stopped. "
        "The user has to look at it.",
        "loader-variable-changed": "a variable would make the server load other code, so it was stopped. "
        "The user has to look at it.",
        "code-unread": "the server's code could not be read in time, so it was not started. Try again later.",
        "pins-unavailable": "Sekisho cannot read what was approved of this server, so nothing of it passes. "
        "The user has to fix that.",
        "set-aside": "the user took this server out of use. The user has to let it back in.",
        "server-answer-malformed": "the server's answer was not valid MCP and is withheld. It may have acted.",
        "server-answer-too-large": "the server's answer was over the limit and is withheld. It may have acted; "
        "ask for less at once.",
        "server-cannot-start": "the server cannot be started, so nothing was sent. The user has to look at it.",
        "server-changed-after-restart": "after a restart the server offers something else than before. "
        "The user has to look at it.",
        "server-connection-broken": "the connection to the server broke. It may or may not have acted.",
        "server-exited": "the server exited before it answered. It may or may not have acted.",
        "server-hung": "the server stopped answering and was ended. It may or may not have acted.",
        "internal-error": "Sekisho itself failed, so it refuses everything on this connection. "
        "The user has to look at it.",
        "server-quarantined": "the server broke a limit and is cut off. The user has to look at it.",
        "server-restarting": "the server is starting again. Try again in a few seconds.",
        "server-session-ended": "the server ended its session. Try again in a few seconds.",
        "server-timed-out": "the server did not answer in time. It may or may not have acted.",
        "server-unreachable": "the server cannot be reached. Try again later.",
        "server-wants-authorization": "the server asks for a login that Sekisho does not have, so nothing was done. "
        "The user has to set it up.",
        "too-many-open-calls": "too many calls are open, so this one was not sent. Try again when others have ended.",
    }
)
"""Rule ids that are no judgement but a state of affairs, and what a model is told about it."""


@cache
def _catalogue() -> Mapping[Lang, Mapping[AnyMessage, str]]:
    # A server says nothing to a person until something happens: it starts without the texts.
    from sekisho.model.english import ENGLISH  # noqa: PLC0415 - see above
    from sekisho.model.english_calls import CALLS as ENGLISH_CALLS  # noqa: PLC0415 - see above
    from sekisho.model.english_range import RANGE as ENGLISH_RANGE  # noqa: PLC0415 - see above
    from sekisho.model.english_scan import SCAN as ENGLISH_SCAN  # noqa: PLC0415 - see above
    from sekisho.model.japanese import JAPANESE  # noqa: PLC0415 - see above
    from sekisho.model.japanese_calls import CALLS as JAPANESE_CALLS  # noqa: PLC0415 - see above
    from sekisho.model.japanese_range import RANGE as JAPANESE_RANGE  # noqa: PLC0415 - see above
    from sekisho.model.japanese_scan import SCAN as JAPANESE_SCAN  # noqa: PLC0415 - see above

    return {
        Lang.EN: {**ENGLISH, **ENGLISH_SCAN, **ENGLISH_RANGE, **ENGLISH_CALLS},
        Lang.JA: {**JAPANESE, **JAPANESE_SCAN, **JAPANESE_RANGE, **JAPANESE_CALLS},
    }


def text(message: AnyMessage, lang: Lang, /, **values: str | float) -> str:
    """Say a message of the catalogue.

    Args:
        message: which one.
        lang: in which language.
        values: one for each placeholder. Text is shown by `printable`, at most 400 columns of it.

    Raises:
        ValueError: the values are not those of the message's placeholders: a mistake of the caller.
    """
    shown = {
        name: printable(value, width=_VALUE_WIDTH) if isinstance(value, str) else str(value)
        for name, value in values.items()
    }
    template = _catalogue()[lang][message]
    try:
        said = template.format_map(shown)
    except KeyError as error:
        raise ValueError(f"message {message} needs the value {error}") from None
    if unused := [name for name in shown if f"{{{name}}}" not in template]:
        raise ValueError(f"message {message} has no place for {unused[0]}")
    return said


def language(tag: str | None) -> Lang:
    """Read a language tag or a POSIX locale (`ja`, `ja-JP`, `ja_JP.UTF-8`); what is neither of ours is English."""
    return Lang.JA if re.match(r"ja(?:[-_.@]|\Z)", (tag or "").lower()) else Lang.EN


def refusal(
    rule: str,
    *,
    ticket: str | None = None,
    pointer: str = "",
    stage: Stage | None = None,
    server: str | None = None,
    expected: str = "",
    wait: int = 0,
) -> str:
    """Say to a model that something was refused. Never raises; what has not the right form is withheld.

    Args:
        rule: the rule's id, or one of `TROUBLES`.
        ticket: names the refusal towards the user; None when it could not be recorded.
        pointer: where the objection is; shown by `plain_pointer`.
        stage: how far the request had come; None promises nothing.
        server: the alias that the user gave the server. Never the server's own name.
        expected: what would be right there, in the words of `expectations`: the call may be mended and sent again.
        wait: after how many seconds the same is possible again; 0 where time changes nothing.
    """
    who = f' "{server}"' if server is not None and ALIAS.fullmatch(server) else ""
    trouble = TROUBLES.get(rule)
    if trouble is not None:
        lines = [f"From Sekisho, not from the server{who}: {trouble}"]
        if ticket is not None:
            lines.append(f'If the user asks, say: "Sekisho ticket {_fit(_TICKET, ticket)}".')
        return "\n".join(lines)
    place = f" at {plain_pointer(pointer)}" if pointer else ""
    lines = [
        f"Refused by Sekisho, not by the server{who}.{f' {stage.value}' if stage is not None else ''}",
        f"Rule {_fit(_RULE, rule)}{place}.",
        _onward(expected, wait),
    ]
    if ticket is not None:
        lines.append(f'If the user wants it, say: "Sekisho ticket {_fit(_TICKET, ticket)}". Only they can decide.')
    return "\n".join(lines)


def _onward(expected: str, wait: int) -> str:
    """Say what a model may do next."""
    if expected:
        return f"Expected there: {expected}. Mend the arguments by the tool's schema and call again."
    if wait:
        return f"It is possible again in {wait} seconds; do not seek the same effect by another tool before."
    return "Do not seek the same effect another way or by another tool."


def plain_pointer(pointer: str) -> str:
    """A pointer that cannot speak: each member name of two words or 16 characters at most, every other one a `*`.

    Member names come from a server's schema, so a longer one could be a sentence. At most six steps are shown.
    """
    try:
        tokens = parse(pointer)
    except PointerError:
        return WITHHELD
    shown = [token if _SEGMENT.fullmatch(token) else "*" for token in tokens[:_SEGMENTS_MAX]]
    return build([*shown, "*"] if len(tokens) > _SEGMENTS_MAX else shown)


def _fit(form: re.Pattern[str], value: str) -> str:
    return value if form.fullmatch(value) else WITHHELD
