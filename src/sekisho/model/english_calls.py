"""The part of the English catalogue about refused calls."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.call_ids import CallId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CALLS"]

CALLS: Final[Mapping[Id, str]] = MappingProxyType({
    Id.WHY_VALUE: "value",
    Id.WHY_VALUE_KEPT: "not kept: of values the audit has keyed digests only",
    Id.WHY_TITLE: "title",
    Id.WHY_FIX: "fix",
    Id.WHY_RIGHT: "right?",
    Id.WHY_RIGHT_NOTHING: "nothing to do",
    Id.WHY_WRONG: "wrong?",
    Id.WHY_WRONG_RELEASE: "sekisho release {ticket}  (once, 10 minutes)",
    Id.WHY_NEVER: "no release: our own files, a host's, and what runs by itself stay closed",
    Id.WHY_ALWAYS: "always?",
    Id.RELEASE_CALL_SHOWS: "This lets one call of {tool} at {server} pass, once,\n"
    "within {minutes} minutes, with exactly the arguments that were refused.",
    Id.RELEASE_CALL_UNSEEN: "Sekisho has not kept the arguments: look at them where your host shows the call.",
    Id.RELEASE_CALL_ASK: "To let it pass, type: {word}",
    Id.RELEASE_CALL_DONE: "Released until {until}. Have the agent make the same call again.",
    Id.RELEASE_CALL_USED: "Ticket {ticket} was released before, and counts once.\n"
    "If it is refused again, that has a ticket of its own: sekisho why",
    Id.RELEASE_CALL_NEVER: "Ticket {ticket} is about {rule}, which nobody can release.\n"
    "The file can be changed by hand, outside of the agent.",
    Id.ALLOW_TOOL_SHOWS: "Until {until}, the rule {rule} ({title})\n"
    "is silent at {tool} of {server}, whatever the arguments are.",
    Id.ALLOW_TOOL_ASK: "To let that hold, type: {word}",
    Id.ALLOW_TOOL_DONE: "Allowed until {until}. To end it:\n"
    "sekisho allow {tool} --rule {rule} --withdraw",
    Id.ALLOW_TOOL_WITHDRAWN: "Allowed no more: {rule} at {tool} of {server}",
    Id.ALLOW_TOOL_NONE: "Nothing was allowed for {rule} at {tool} of {server}",
    Id.ALLOW_TOOL_UNKNOWN: "{name} names no tool of a server that Sekisho has seen.\n"
    "Write SERVER.TOOL, as sekisho why shows it.",
    Id.ALLOW_TOOL_NO_RULE: "{rule} is no rule about calls.\n"
    "The list: sekisho explain",
    Id.ALLOW_TOOL_NEVER: "{rule} can't be allowed for a while: it is critical, or guards files.\n"
    "A single call can be released: sekisho why",
    Id.ALLOW_TOOL_WHEN: "{text} is no time from 1h to 90d.\n"
    "Write a number and h or d, such as 30d.",
    Id.ALLOW_TOOL_REASON: "An exception needs --rule, --expires and --reason.\n"
    "An example: sekisho allow tool --help",
    Id.ALLOW_LIST_NONE: "Nothing is allowed.",
    Id.ALLOW_LIST_LINE: "{tool} of {server}, until {until}: {reason}",
})  # fmt: skip
