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
    Id.RELEASE_RESULT_SHOWS: "This lets one result of {tool} at {server} reach the model, once,\n"
    "within {minutes} minutes, when the same call is made again.",
    Id.RELEASE_RESULT_UNSEEN: "Sekisho shows no result here: look at its source first. Its words may be\n"
    "orders to the model, and nothing will mark them.",
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
    Id.EXPLAIN_NO_SERVER: "Name a server, or write its launch line behind --.\n"
    "An example: sekisho explain server --help",
    Id.EXPLAIN_NO_TOOL: "Sekisho has not seen a tool {tool} of {server}.\n"
    "Call it once through Sekisho, or list what was seen: sekisho pin list",
    Id.EXPLAIN_NO_OBJECT: "--arguments takes one JSON object.\n"
    "An example: sekisho explain call --help",
    Id.EXPLAIN_DOES: "does: {does}",
    Id.EXPLAIN_NO_PARAMETERS: "no parameters",
    Id.EXPLAIN_BY_LOOK: "only what a value looks like",
    Id.EXPLAIN_GIVEN: "Arguments, with what each could mean",
    Id.EXPLAIN_MEANS_NOTHING: "nothing that is judged",
    Id.EXPLAIN_REFUSED: "Such a call is refused.",
    Id.EXPLAIN_PASSES: "Nothing objects to such a call.",
    Id.SERVER_NAME: "server",
    Id.SERVER_HOW: "known",
    Id.SERVER_HOW_CONFIGURED: "all of its launch: it stands in the configuration",
    Id.SERVER_HOW_WRITTEN: "all of its launch: you wrote it",
    Id.SERVER_HOW_SEEN: "its program and folder only; arguments are never kept",
    Id.SERVER_FOLDERS: "folders",
    Id.SERVER_FOLDERS_REMOTE: "its files are on a machine that we do not see",
    Id.SERVER_ROOTS_LAUNCH: "named on its launch line, or in its variables",
    Id.SERVER_ROOTS_CWD: "its working directory: it names no folder",
    Id.SERVER_ROOTS_SETTINGS: "listed in the configuration",
    Id.SERVER_HOSTS_ONLY: "no others: listed in the configuration",
    Id.SERVER_PROGRAMS: "programs",
    Id.SERVER_ROOTS_NONE: "none: credentials and files of the system are refused, other paths too",
    Id.SERVER_LEFT_OUT: "left out",
    Id.SERVER_LEFT_OUT_WHY: "they hold credentials, or everything, and only a file of the project names them",
    Id.SERVER_HOSTS: "hosts",
    Id.SERVER_HOSTS_LINE: "named on its launch line; else public addresses only",
    Id.SERVER_HOSTS_PUBLIC: "public addresses only: its launch line names none",
    Id.SERVER_HOSTS_PROXY: "unknown hosts",
    Id.SERVER_HOSTS_PROXY_ALLOWED: "allowed by the configuration: a proxy resolves them",
    Id.SERVER_ASKS: "may ask",
    Id.SERVER_ASKS_SAMPLING_ASK: "the model, if you say yes",
    Id.SERVER_ASKS_SAMPLING_ALLOW: "the model, if the host lets it",
    Id.SERVER_ASKS_SAMPLING_REFUSE: "not the model",
    Id.SERVER_ASKS_ELICITATION_ALLOW: "you, by forms and pages",
    Id.SERVER_ASKS_ELICITATION_REFUSE: "not you",
    Id.SERVER_ASKS_ROOTS_ALLOW: "for folders within these",
    Id.SERVER_ASKS_ROOTS_REFUSE: "not for folders",
    Id.SERVER_KEY: "secret",
    Id.SERVER_ARGUMENT: "argument {number}",
    Id.SERVER_VARIABLE: "variable {name}",
    Id.SERVER_WORDS: "works with",
    Id.SERVER_DEFINITIONS: "approved",
    Id.SERVER_STANDING: "{seen} by you, {first} at first use; {held} held, {waits} waiting",
    Id.LOG_REFUSED: "refused: {what} of {who}: {rule}. See: sekisho why {ticket}",
    Id.LOG_REFUSED_PLAINLY: "refused: {what} of {who}: {rule}.",
    Id.LOG_TURNED_AWAY: "turned away, and nothing of it was read: {rule}.",
    Id.LOG_MORE: "turned away {count} times more: {rule}.",
    Id.LOG_LEFT_OUT: "{count} more refusals were not told here. See: sekisho audit tail --verdict deny",
})  # fmt: skip
