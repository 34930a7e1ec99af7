"""The catalogue in English. An error says what and where in its first line, and what to do in its second."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.english_pins import PINS
from sekisho.model.english_settings import SETTINGS
from sekisho.model.message_ids import MessageId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENGLISH"]

ENGLISH: Final[Mapping[Id, str]] = MappingProxyType({
    **SETTINGS,
    **PINS,
    Id.ERROR: "{what}\nWhere: {where}\nNext: {next}",
    Id.INTERNAL_ERROR: "Sekisho itself failed ({kind}), so the request was refused.\n"
    "Please report it with the output of: sekisho doctor",
    Id.PINS_FIRST_USE: "{server}: first use approved {count} definition(s); nobody looked.\n"
    "Look at them: sekisho review",
    Id.PINS_CHANGED: "{server}: {count} definition(s) changed; the approved ones stay in use until you look.\n"
    "Look and decide: sekisho review",
    Id.PINS_HELD: "{server}: {count} definition(s) held back: {rule}.\n"
    "Look and decide: sekisho review",
    Id.CODE_CHANGED: "{server} runs another version of its code, or starts elsewhere; it goes on.\n"
    "Look and decide: sekisho review",
    Id.CODE_HELD: "{server} was stopped for the code that it runs: {rule}.\n"
    "Look and decide: sekisho review",
    Id.CODE_NOTED: '{server} runs code that nobody approved: {rule}. It goes on, as code = "note" is set.\n'
    "Look and decide: sekisho review",
    Id.SERVE_LISTENING: "Listening on {url} for {server}. Stop with Ctrl-C.",
    Id.SERVE_WIDE_BIND: "{host} can be reached from other machines, and that needs OAuth.\nUse --host 127.0.0.1.",
    Id.DOCTOR_TITLE: "Sekisho {version}, Python {python}, {system}",
    Id.DOCTOR_OK: "ok",
    Id.DOCTOR_LOOK: "look",
    Id.DOCTOR_FAIL: "fail",
    Id.DOCTOR_SYSTEM: "System {system}: tested.",
    Id.DOCTOR_UNTESTED: "{system}: written for, but not tested by us. Linux is.",
    Id.DOCTOR_PYTHON: "Python {version}: {path}",
    Id.DOCTOR_STATE: "State directory {path}: yours alone, writable.",
    Id.DOCTOR_KEY: "Sealing key {path}: yours alone.",
    Id.DOCTOR_NO_KEY: "Sealing key: none yet; the first gateway that runs makes it.",
    Id.DOCTOR_AUDIT: "Audit {path}: {events} events, chain verified.",
    Id.DOCTOR_AUDIT_BROKEN: "Audit: broken. Signs of tampering or loss: {count}.\n"
    "See where: sekisho audit verify",
    Id.DOCTOR_HALTED: "Halted since {since}: every request is refused.\n"
    "Go on with: sekisho resume",
    Id.DOCTOR_NOT_HALTED: "Halt: none in force.",
    Id.DOCTOR_BROKER: "Broker: process {pid} answers; {entries} entries are open.",
    Id.DOCTOR_NO_BROKER: "Broker: none runs; the first sekisho run --entry starts one.",
    Id.DOCTOR_BROKER_SILENT: "Broker: it does not answer ({problem}).\n"
    "Look into {path}, then end that process; entries start a new one.",
    Id.STATUS_BROKER: "Broker: process {pid}, version {version}, since {since}",
    Id.STATUS_ENDING: "It ends when its calls have ended; a newer one has its name.",
    Id.STATUS_AUDIT: "Audit: {writer}, {sealed} records are sealed",
    Id.STATUS_ENTRIES: "Entries: {count}",
    Id.STATUS_ENTRY: "process {relay} since {since}, conversation {conversation}",
    Id.STATUS_CONVERSATIONS: "Conversations: {count}",
    Id.STATUS_CONVERSATION: "{host} since {since}, open entries: {entries}",
    Id.DOCTOR_PEERS: "Local connections: only your own user is let in.",
    Id.DOCTOR_NO_PEERS: "Local connections: this system does not tell who connects.\n"
    "Give sekisho serve a --token-file.",
    Id.DOCTOR_UVLOOP: "Event loop: uvloop.",
    Id.DOCTOR_NO_UVLOOP: "Event loop: asyncio's own; uvloop is missing, so calls take longer.\n"
    "Install it: python -m pip install uvloop",
    Id.DOCTOR_WARDEN: "Processes: a server's runaway (setsid, two forks) died with it just now.",
    Id.DOCTOR_RUNAWAY: "Processes: a server's runaway (setsid, two forks) outlived it.\n"
    "End servers by hand after use, and report this as a bug.",
    Id.DOCTOR_WARDEN_FAILED: "Processes: no server can be started here: {problem}\n"
    "Look for limits on processes, and whether this Python starts: python -I -S",
    Id.DOCTOR_NO_WARDEN: "Processes: only Linux lets us find what a server leaves behind.\n"
    "Look for leftovers yourself after use.",
    Id.DOCTOR_LAUNCHERS: "Programs that start servers: {found}. Not here: {missing}.",
    Id.DOCTOR_ENVIRONMENT: "Environment of the server: {passed} variables passed, {withheld} withheld.",
    Id.DOCTOR_WITHHELD: "Withheld: {names}",
    Id.DOCTOR_CODE: "Code behind it: {packages} packages, {sources} sources, {variables} variables that load code.",
    Id.DOCTOR_CODE_UNREAD: "Code behind it: {packages} packages, {sources} sources, {variables} variables; "
    "{unread} not read whole.\nWhat is not read is not pinned: a change of it goes unnoticed.",
    Id.DOCTOR_PROGRAM: "Program {command}: {path}",
    Id.DOCTOR_URL: "Server {url}: answers, revision {revision}.",
    Id.DOCTOR_SILENT: "it did not answer as an MCP server does",
    Id.DOCTOR_DONE: "{passed} of {total} checks passed.",
    Id.AUDIT_EMPTY: "Nothing like that is on record.",
    Id.AUDIT_WAITING: "Waiting for events. Stop with Ctrl-C.",
    Id.AUDIT_TIME: "time",
    Id.AUDIT_EVENT: "event",
    Id.AUDIT_VERDICT: "verdict",
    Id.AUDIT_SERVER: "server",
    Id.AUDIT_RECORD: "what happened",
    Id.AUDIT_NO_EVENT: "There is no event {event}.\nThe newest ones: sekisho audit tail",
    Id.AUDIT_SEVERAL: "More than one record is called {event}. Use one of these full names:",
    Id.AUDIT_NOTHING: "Nothing is on record yet, so there is nothing to verify.",
    Id.AUDIT_INTACT: "Intact: {events} records of {writers} processes; none edited, dropped or reordered.",
    Id.AUDIT_UNSEALED: "The last {count} records are not sealed; their end could still be cut off.",
    Id.AUDIT_BROKEN: "Broken. Signs of tampering or loss: {count}.\n"
    "Keep a copy of {path} and trust nothing behind these places:",
    Id.AUDIT_NOTES: "To know:",
    Id.AUDIT_NO_KEY: "The sealing key {path} is missing, so no seal can be verified.\nRestore it from a backup.",
    Id.AUDIT_UNREADABLE: "The audit cannot be read: {path}: {problem}\n"
    "Check the rights of its directory and its disk.",
    Id.AUDIT_EXPORT_FILE: "audit export writes for a file or a program, not for a terminal.\n"
    "Redirect it: sekisho audit export > audit.jsonl",
    Id.HALT_DONE: "Halted. Every request is refused, also after a restart, until: sekisho resume",
    Id.HALT_ALREADY: "Halted already, since {since}.",
    Id.HALT_FAILED: "NOT halted: {path} cannot be made: {problem}\n"
    "End the gateways themselves, then check that disk.",
    Id.RESUME_ASK: "Halted since {since}. To let requests pass again, type: {word}",
    Id.RESUME_NOT_TYPED: "Nothing was changed: still halted. The word is {word}.",
    Id.RESUME_DONE: "Resumed. Requests pass again.",
    Id.RESUME_FAILED: "Still halted: {path} cannot be removed: {problem}\n"
    "Look at that file, and remove it yourself.",
    Id.RESUME_NOT_HALTED: "Nothing is halted.",
    Id.RESUME_NO_TERMINAL: "Not done: there is no terminal here.",
    Id.RESUME_AGENT: "Not done: {name} (process {pid}) started this, and it hosts agents.",
    Id.RESUME_VARIABLE: "Not done: the variable {name} says that an agent started this.",
    Id.RESUME_UNSEEN: "Not done: this system hides which processes started this.",
    Id.RESUME_NEEDS_PERSON: "Only a person may resume.\n"
    "Run sekisho resume in a terminal that you opened yourself.",
    Id.WHY_NONE: "Nothing has been refused.",
    Id.WHY_NO_TICKET: "There is no ticket {ticket}.\nThe last refusal: sekisho why",
    Id.WHY_REFUSED: "refused",
    Id.WHY_TICKET: "ticket {ticket}",
    Id.WHY_RULE: "rule",
    Id.WHY_PLACE: "where",
    Id.WHY_NAME: "name",
    Id.WHY_MEANS: "means",
    Id.WHY_NEXT: "next",
    Id.WHY_MORE: "more",
    Id.REFUSED_BY_RULE: "This rule objected to the message.\n"
    "Right? Nothing to do. Wrong? Report it with the record below.",
    Id.REFUSED_RULE_FAILED: "A rule failed while it judged this, and an error never opens the way.\n"
    "Report it with the output of: sekisho doctor",
    Id.REFUSED_MALFORMED_JSON: "A message was not JSON, or strict readers disagreed about it.\n"
    "Update the program that sent it, or report it to its author.",
    Id.REFUSED_DUPLICATE_KEY: "An object named the same key twice; programs disagree about which counts.\n"
    "Somebody may hide a value from whoever looks at it. Tell the sender's author.",
    Id.REFUSED_INTEGER_RANGE: "A whole number did not fit into 64 bits and would change on the way.\n"
    "Have it sent as text.",
    Id.REFUSED_TOO_LARGE: "A message was larger than the limit.\n"
    "Ask for less at once.",
    Id.REFUSED_TOO_DEEP: "A message was nested deeper than the limit.\n"
    "Update the program that sent it, or report it to its author.",
    Id.REFUSED_TOO_MANY_MEMBERS: "A message had more parts than the limit.\n"
    "Ask for less at once.",
    Id.REFUSED_INVALID_MESSAGE: "A message was JSON, but not a JSON-RPC message.\n"
    "Update the program that sent it, or report it to its author.",
    Id.REFUSED_INVALID_ID: "The id of a message was neither a string nor a whole number of 53 bits.\n"
    "Update the program that sent it, or report it to its author.",
    Id.REFUSED_BATCH: "Several messages came at once, which this protocol revision does not have.\n"
    "Update the program that sent it, or report it to its author.",
    Id.REFUSED_UNKNOWN_METHOD: "This method does not exist in the revision of MCP that is spoken here.\n"
    "Nothing to do, unless something you need is missing: then update the older side.",
    Id.REFUSED_DUPLICATE_ID: "A request had the id of one that was still open.\n"
    "Report it to the author of the host program.",
    Id.REFUSED_CURSOR_NOT_VALID: "The cursor is not one of this list, or the list has changed since.\n"
    "Nothing, if the host lists again from the beginning.",
    Id.REFUSED_NOT_LISTED: "No server of the configuration lists a tool, prompt or resource of that name.\n"
    "Let the host list again, and look at the configuration's aliases.",
    Id.REFUSED_INITIALIZED_TWICE: "The host initialized a session that was open already.\n"
    "Reconnect the server in the host.",
    Id.REFUSED_MIXED_GENERATIONS: "The host mixed two generations of the protocol in one session.\n"
    "Report it to the author of the host program.",
    Id.REFUSED_NOT_INITIALIZED: "A request came before initialize.\n"
    "Reconnect the server in the host.",
    Id.REFUSED_MISSING_ENVELOPE: "A request lacked the _meta members that 2026-07-28 requires.\n"
    "Report it to the author of the host program.",
    Id.REFUSED_UNSUPPORTED_VERSION: "The host asked for a protocol revision that is not served here.\n"
    "Update the host, or Sekisho.",
    Id.REFUSED_OLDER_GENERATION: "The server speaks an older generation of the protocol than the host asked for.\n"
    "Most hosts start over with initialize by themselves; else update the server.",
    Id.REFUSED_REQUEST_STATE_MALFORMED: "The state that came back with a request was damaged.\n"
    "Repeat the request from its beginning.",
    Id.REFUSED_REQUEST_STATE_ALTERED_OR_ELSEWHERE: "The state that came back was altered, or belongs elsewhere.\n"
    "Repeat the request from its beginning. Again? Tell the author of the host.",
    Id.REFUSED_REQUEST_STATE_EXPIRED: "The state that came back with a request had expired.\n"
    "Repeat the request from its beginning.",
    Id.REFUSED_REQUEST_STATE_UNKNOWN: "A request came back for a call that is not waiting any more.\n"
    "Let the client send the request again, without the state.",
    Id.REFUSED_QUESTION_UNANSWERED: "The server asked something for this request, and the client did not answer.\n"
    "Send the request again, and answer what is asked.",
    Id.REFUSED_INVALID_PARAMS: "A request lacks a parameter, or has a wrong one.\n"
    "Report it to the author of the client.",
    Id.REFUSED_HEADER_MISMATCH: "A header of the request said something else than its body.\n"
    "Another program may be misled by it. Tell the author of the host.",
    Id.REFUSED_UNKNOWN_REVISION: "The server answered with a protocol revision that is not known here.\n"
    "Update Sekisho, or the server.",
    Id.REFUSED_UNKNOWN_RESULT_TYPE: "The server answered with a kind of result that this method does not have.\n"
    "Report it to the author of the server.",
    Id.REFUSED_UNDECLARED_CAPABILITY: "The server asked for something that the host does not say it can do.\n"
    "Report it to the author of the server.",
    Id.REFUSED_FOREIGN_HOST: "A request was addressed to another host: a web page may have sent it.\n"
    "Use the address that sekisho serve printed.",
    Id.REFUSED_FOREIGN_ORIGIN: "A web page of another site tried to reach Sekisho.\n"
    "Close that page.",
    Id.REFUSED_FOREIGN_USER: "Another user of this machine tried to connect.\n"
    "If that was you, run Sekisho as that user.",
    Id.REFUSED_TOO_MANY_REQUESTS: "A client sent more requests in a second than serve was told to take.\n"
    "Let it send fewer, or start serve with a higher --rate.",
    Id.REFUSED_MISSING_TOKEN: "A request came without the token, or with a wrong one.\n"
    "Correct the token in the client's settings.",
    Id.REFUSED_HEADER_STEERS: "A header told the server which address to use; a client's headers stay here.\n"
    "Take it out of the client's settings; serve --header gives the server headers.",
    Id.REFUSED_CONTENT_TYPE: "A POST was not marked as JSON.\n"
    "Report it to the author of the host program.",
    Id.REFUSED_SLOW_BODY: "A request took too long to arrive.\n"
    "Try again; look at the network if it repeats.",
    Id.REFUSED_BROKEN_BODY: "A connection ended in the middle of a request.\n"
    "Try again; look at the client if it repeats.",
    Id.REFUSED_HALTED: "Everything was halted when this came.\n"
    "Go on with: sekisho resume",
    Id.REFUSED_AUDIT_UNAVAILABLE: "It could not be put on record, and nothing passes unrecorded.\n"
    "Check the disk and the state directory: sekisho doctor",
    Id.REFUSED_SERVER_ANSWER_MALFORMED: "The server's answer was not valid MCP and was withheld. It may have acted.\n"
    "Report it to the author of the server.",
    Id.REFUSED_SERVER_ANSWER_TOO_LARGE: "The server's answer was over the limit and was withheld. It may have acted.\n"
    "Ask for less at once.",
    Id.REFUSED_DEFINITION_AMBIGUOUS: "The server lists several things of this name with different texts.\n"
    "None of them is shown or can be called. Ask its maker to name them apart.",
    Id.REFUSED_DEFINITION_CHANGED: "The server describes this otherwise than when it was approved: it is hidden.\n"
    "Look at the change and decide: sekisho review",
    Id.REFUSED_DEFINITION_HELD: "Nobody has approved this yet, so it is hidden and cannot be called.\n"
    "Look at it and decide: sekisho review",
    Id.REFUSED_DEFINITION_UNLISTED: "The server does not list anything of this name, so it was not asked.\n"
    "Let the host list again; a name that is not listed cannot be called.",
    Id.REFUSED_DEFINITIONS_TOO_MANY: "The server lists more than can be judged, so nothing of that list is shown.\n"
    "Ask its maker why it lists so much.",
    Id.REFUSED_PACKAGE_CHANGED: "The server's code has other contents, and no other version: it was stopped.\n"
    'Find out who did it; decide: sekisho review. Your own work: set code = "note".',
    Id.REFUSED_PROGRAM_CHANGED: "Another program runs than the one that was approved: it was stopped.\n"
    "Find out what took its place; then decide: sekisho review",
    Id.REFUSED_LOADER_VARIABLE_CHANGED: "A variable makes the server load other code than was approved.\n"
    "Find out who set it; then take it out, or decide: sekisho review",
    Id.REFUSED_CODE_UNREAD: "The code of the server could not be read in time, so it was not started.\n"
    "Look whether its files are on a drive that hangs; the next call tries again.",
    Id.REFUSED_GENERATION_GONE: "The server does not speak a generation of the protocol any more that it spoke.\n"
    "Find out why; then decide: sekisho review",
    Id.REFUSED_PINS_UNAVAILABLE: "What was approved of this server could not be read or kept: nothing passed.\n"
    "The host's log of this server says why: put that file right.",
    Id.REFUSED_SET_ASIDE: "You took this server out of use, so nothing of it passes.\n"
    "Let it back in: sekisho quarantine --lift SERVER",
    Id.REFUSED_SERVER_CANNOT_START: "The server could not be started, so nothing was sent.\n"
    "See why: sekisho doctor -- COMMAND OF THE SERVER",
    Id.REFUSED_SERVER_CHANGED_AFTER_RESTART: "After a restart the server offered something else than before.\n"
    "Reconnect it in the host if you know why; else look at what changed it.",
    Id.REFUSED_SERVER_CONNECTION_BROKEN: "The connection to the server broke. It may or may not have acted.\n"
    "Look whether it acted before you repeat the call.",
    Id.REFUSED_BROKER_LOST: "The broker ended before there was an answer. The server may have acted.\n"
    "Look whether it acted before you repeat; sekisho status says what is open.",
    Id.REFUSED_BROKER_UNAVAILABLE: "The broker of the entries was not there, so nothing was sent.\n"
    "Ask sekisho doctor; broker.log in the state directory says why it ended.",
    Id.REFUSED_SERVER_EXITED: "The server exited before it answered. It may or may not have acted.\n"
    "The next request starts it again. Look whether it acted before you repeat.",
    Id.REFUSED_SERVER_HUNG: "The server stopped answering and was ended. It may or may not have acted.\n"
    "The next request starts it again. Look whether it acted before you repeat.",
    Id.REFUSED_INTERNAL_ERROR: "Sekisho itself failed, so it refuses everything on this connection.\n"
    "Restart it, and please report this with the output of: sekisho doctor",
    Id.REFUSED_SERVER_QUARANTINED: "The server sent more than any honest one does and is cut off.\n"
    "Tell its author. Reconnecting it in the host tries it again.",
    Id.REFUSED_SERVER_RESTARTING: "The server was starting again.\n"
    "Try again in a few seconds.",
    Id.REFUSED_SERVER_SESSION_ENDED: "The server ended its session.\n"
    "Try again; the host opens a new one.",
    Id.REFUSED_SERVER_TIMED_OUT: "The server did not answer in time. It may or may not have acted.\n"
    "Look whether it acted before you repeat the call.",
    Id.REFUSED_SERVER_UNREACHABLE: "The server could not be reached.\n"
    "Look at the address and the network: sekisho doctor --url URL",
    Id.REFUSED_SERVER_WANTS_AUTHORIZATION: "The server asks for a login that Sekisho does not have.\n"
    "Give it one with --header, for example an API key.",
    Id.REFUSED_TOO_MANY_OPEN_CALLS: "Too many calls were open, so this one was not sent.\n"
    "Try again when others have ended.",
    Id.EXECUTABLE_MISSING: "There is no program {command} on the PATH.\n"
    "Install it, correct its name, or give its full path.",
    Id.EXECUTABLE_FORBIDDEN: "{path} may not be executed: {problem}\n"
    "Check its rights, and that its disk allows programs.",
    Id.WORKING_DIRECTORY: "The working directory {path} does not exist.\nCreate it, or correct --cwd.",
    Id.PORT_TAKEN: "Port {port} on {host} is in use.\nChoose another with --port, or stop the program that has it.",
    Id.PORT_FORBIDDEN: "The system does not let you listen on port {port} of {host}.\n"
    "Choose a port above 1023 with --port.",
    Id.ADDRESS_FOREIGN: "{host} is not an address of this machine.\nUse --host 127.0.0.1.",
    Id.URL_BAD: "{url} is not the address of a server: {problem}\nWrite it like https://host.example/mcp",
    Id.STATE_FOREIGN: "The state directory {path} belongs to uid {owner}, not to you.\n"
    "Move it away or correct its owner; nothing was written.",
    Id.STATE_OPEN: "Others can enter the state directory {path} (mode {mode}).\nGive it mode 700, then start again.",
    Id.STATE_UNWRITABLE: "{path} cannot be written: {problem}\nFree the disk, or correct the rights.",
    Id.STATE_NEWER: "{path} was written by a newer Sekisho (format {found}; this one reads {known}).\n"
    "Update Sekisho. Nothing was changed.",
    Id.UPSTREAM_UNREACHABLE: "{url} cannot be reached: {problem}\n"
    "Check the address and the network. Its requests are refused until it answers.",
    Id.UPSTREAM_TLS: "{url} could not prove who it is: {problem}\n"
    "Nothing was sent. Check its certificate, this machine's clock, and proxies.",
    Id.SERVER_EXITED: "{server} exited with code {code}; its open requests were refused.\n"
    "Its last output: {log}",
    Id.SERVER_KILLED: "{server} was ended by signal {signal}; its open requests were refused.\n"
    "Its last output: {log}",
    Id.SERVER_KEEPS_EXITING: "{server} exited {count} times within {seconds} s and is not started again.\n"
    "Read {log}, fix the server, then restart Sekisho.",
    Id.SERVER_HUNG: "{server} did not answer for {seconds} s and was ended; its requests were refused.\n"
    "The next request starts it again.",
    Id.SERVER_QUARANTINED: "{server} is quarantined: {flood}\n"
    "Other servers go on. Tell its author; a restart of Sekisho tries it again.",
    Id.FLOOD_LINE: "it sent one line of more than {limit} bytes",
    Id.FLOOD_NOTIFICATIONS: "it sent more {kind} notifications than {limit} a second",
    Id.FLOOD_REQUESTS: "it sent more {kind} requests than {limit} a second",
    Id.FLOOD_ANSWERS: "it sent more than {limit} answers that nobody had asked for",
    Id.FLOOD_GARBLED: "it sent more than {limit} lines that are not MCP",
    Id.FLOOD_LIST: "its list did not end within {limit} items",
    Id.HALTED: "Halted since {since}: every request is refused.\nGo on with: sekisho resume",
    Id.AUDIT_UNAVAILABLE: "The audit {path} cannot be written: {problem}\n"
    "Nothing passes unrecorded: requests are refused until it can. Check the disk.",
    Id.OVERLOADED: "More than {limit} requests are open at once; the newest was refused.\n"
    "Repeat it when others have ended.",
    Id.THE_HOST: "the host",
    Id.THE_SERVER: "the server",
    Id.MALFORMED_JSON: "Refused: {side} sent something that is not JSON ({detail}).\n"
    "Update that program, or report it to its author.",
    Id.DUPLICATE_KEY: "Refused: {side} sent an object with the same key twice ({detail}).\n"
    "Programs disagree about which one counts. Report it to that program's author.",
    Id.INTEGER_RANGE: "Refused: {side} sent a number beyond 64 bits ({detail}).\n"
    "It would change on the way. Have it sent as text.",
    Id.TOO_LARGE: "Refused: {side} sent a message that is too large ({detail}).\nAsk for less at once.",
    Id.TOO_DEEP: "Refused: {side} sent a message that is nested too deep ({detail}).\n"
    "Report it to that program's author.",
    Id.TOO_MANY_MEMBERS: "Refused: {side} sent a message of too many parts ({detail}).\nAsk for less at once.",
    Id.INVALID_MESSAGE: "Refused: {side} sent JSON that is not a JSON-RPC message ({detail}).\n"
    "Update that program, or report it to its author.",
    Id.INVALID_ID: "Refused: {side} sent a message whose id is not allowed ({detail}).\n"
    "Update that program, or report it to its author.",
    Id.BATCH: "Refused: {side} sent several messages at once ({detail}).\n"
    "Update that program, or report it to its author.",
    Id.UNKNOWN_METHOD: "Refused: {side} used {method}, which revision {revision} does not have.\n"
    "Update the older side.",
    Id.NOT_INITIALISED: "Refused: {method} came before initialize.\nReconnect the server in the host.",
    Id.UNSUPPORTED_VERSION: "Refused: revision {requested} is not served here; these are: {supported}\n"
    "Update the older side.",
    Id.FOREIGN_ORIGIN: "Refused: a web page of {origin} tried to reach Sekisho.\n"
    "Close that page. Pages of other sites have no access.",
    Id.FOREIGN_HOST: "Refused: a request was addressed to {host}, which is not this gateway.\n"
    "Use {url} in the client.",
    Id.FOREIGN_PEER: "Refused: another user of this machine (uid {uid}) tried to connect.\n"
    "If that was you, run Sekisho as that user.",
    Id.TOKEN_MISSING: "Refused: a request without a token.\n"
    "Let the client send the token as: Authorization: Bearer …",
    Id.TOKEN_WRONG: "Refused: a request with a wrong token.\nCorrect it in the client's settings.",
    Id.CONTENT_TYPE: "Refused: a POST of type {type}.\nLet the client send Content-Type: application/json.",
    Id.ACCEPT: "Refused: a client that does not accept {needed}.\n"
    "Let it send Accept: application/json, text/event-stream.",
    Id.SESSION_UNKNOWN: "Refused: session {session} is unknown or over.\n"
    "Most clients connect again by themselves; else reconnect the server.",
})  # fmt: skip
