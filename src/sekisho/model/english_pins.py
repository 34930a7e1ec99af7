"""The part of the English catalogue about pins."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.message_ids import MessageId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PINS"]

PINS: Final[Mapping[Id, str]] = MappingProxyType({
    Id.STATUS_PINS: "Definitions: {count} server(s) were used; {unvetted} tools pinned at first use, not vetted",
    Id.STATUS_PINS_OF: "{approved} approved, {changed} changed, {held} held, {new} new; {unvetted} tools not vetted",
    Id.STATUS_WAY_OUT: "Together the servers open a way from private data to the outside:",
    Id.DOCTOR_NO_PINS: "Definitions: no server was used yet.",
    Id.DOCTOR_PINS: "Definitions: nothing waits; {unvetted} tools pinned at first use, not vetted.",
    Id.DOCTOR_PINS_WAIT: "Definitions: {waits} wait for you; {unvetted} tools pinned at first use, not vetted.\n"
    "Look and decide: sekisho review",
    Id.REVIEW_NOBODY: "No server was used yet.",
    Id.REVIEW_NOTHING: "Nothing of it waits.",
    Id.REVIEW_COUNTS: "{held} held, {waits} waiting; approved: {first} by first use, {seen} by a person",
    Id.REVIEW_SET_ASIDE: "Out of use: {reason}",
    Id.REVIEW_UNSEEN: "Approved by first use, and nobody has looked at it ({count}):",
    Id.REVIEW_HOW: "Decide with --approve or --refuse; --only NAME takes one of them.",
    Id.REVIEW_ASK: "To approve what is shown above ({count}), type: {word}",
    Id.REVIEW_ASK_REFUSE: "To refuse what is shown above ({count}), type: {word}",
    Id.REVIEW_DONE: "Approved: {count}. Running sessions know it within a second.",
    Id.REVIEW_TURNED_DOWN: "They stay hidden: {count}.",
    Id.REVIEW_STALE: "The server shows something else by now, so nothing was decided.\n"
    "Look again: sekisho review",
    Id.REVIEW_UNKNOWN: "No server called {server} was used yet.\n"
    "See what they are called: sekisho review",
    Id.REVIEW_SEVERAL: "Several servers are called {server}; write out which.\nThey are: {servers}",
    Id.REVIEW_NO_SUCH_NAME: "Nothing called {name} waits there.",
    Id.RELEASE_ASK: "To approve exactly this, type: {word}",
    Id.RELEASE_UNKNOWN: "Ticket {ticket} is not about a definition that waits.\n"
    "See what it is about: sekisho why {ticket}",
    Id.RELEASE_EXPIRED: "Ticket {ticket} is older than 30 days, so it releases nothing.\n"
    "Look at what waits: sekisho review",
    Id.RELEASE_GONE: "What ticket {ticket} is about does not wait any more.\n"
    "Look at what waits: sekisho review",
    Id.QUARANTINE_DONE: "Out of use: {server}\nNothing of it passes from now on.",
    Id.QUARANTINE_ALREADY: "It is out of use already: {server}\nBecause: {reason}",
    Id.QUARANTINE_NOT: "It is in use: {server}",
    Id.QUARANTINE_ASK: "{server} is out of use: {reason}\nTo let it back in, type: {word}",
    Id.QUARANTINE_LIFTED: "In use again: {server}",
    Id.PIN_IMPORT_ASK: "To take over {count} definition(s), type: {word}",
    Id.PIN_IMPORT_DONE: "Taken over for {count} server(s).",
    Id.PIN_IMPORT_UNREADABLE: "{file} is no export of pins: {problem}\n"
    "Write one with: sekisho pin export",
    Id.PIN_DIFF_TITLE: "Definitions compared   {before} - {after}",
    Id.PIN_DIFF_SAME: "Nothing differs.",
    Id.PIN_DIFF_COUNTS: "{held} held, {waits} waiting, {neutral} neutral",
    Id.PIN_DIFF_NOT_COMPARED: "Not compared, because {path} does not have them: {members}.",
    Id.PIN_DIFF_MORE: "and {count} more: all of them with --json",
    Id.PIN_HELD: "HELD",
    Id.PIN_WAITS: "WAITS",
    Id.PIN_NEUTRAL: "NEUTRAL",
    Id.PIN_ADDED: "added",
    Id.PIN_REMOVED: "removed",
    Id.PIN_CHANGED: "changed",
    Id.PIN_RENAMED: "renamed, it was {name}",
    Id.PIN_SPLIT: "split off {name}",
    Id.PIN_WHY_NEW: "Nobody has approved it.",
    Id.PIN_WHY_FINDING: "A rule objects: {detail}",
    Id.PIN_WHY_STEERS: "A new sentence could steer a model: {detail}",
    Id.PIN_WHY_INSTRUCTIONS: "The server's instructions changed; they are there to steer.",
    Id.PIN_WHY_PARAMETER_REMOVED: "A parameter is gone.",
    Id.PIN_WHY_PARAMETER_REQUIRED: "A call now needs a parameter that it did not need.",
    Id.PIN_WHY_HINT_LOOSER: "A hint may make a host ask less.",
    Id.PIN_WHY_HINT_STRICTER: "A hint makes a host ask more.",
    Id.PIN_WHY_MEANING_TURNED: "Only words like not, only or must came or went.",
    Id.PIN_WHY_TEXT: "Other words.",
    Id.PIN_WHY_VALUE: "Another value, name or schema.",
    Id.PIN_WHY_UNREADABLE: "It could not be compared, so everything is assumed of it.",
    Id.PIN_WHY_SAME_VERSION: "The package has the version that it had.",
    Id.PIN_WHY_OTHER_PACKAGE: "The package has other contents, and no other version.",
    Id.PIN_WHY_OTHER_VERSION: "Code that is loaded has another version, came, or went.",
    Id.PIN_WHY_OTHER_PROGRAM: "Another program is executed.",
    Id.PIN_WHY_LOADER_VARIABLE: "A variable that makes programs load code came, went, or is another one.",
    Id.PIN_WHY_OTHER_FOLDER: "It starts in another folder, and looks for code there.",
    Id.PIN_WHY_CODE_UNREAD: "Code that could be read before can not be read now.",
    Id.PIN_WHY_GENERATION_GONE: "The server does not speak a generation of the protocol any more: {detail}",
    Id.PIN_WHY_REMOVED: "It is not there any more.",
    Id.PIN_WHY_RENAMED: "It has the text of {detail}, which is gone.",
    Id.PIN_WHY_SPLIT: "It has a part of the text of {detail}.",
    Id.PIN_WHY_DUPLICATE: "The server lists several of this name, with different texts.",
    Id.PIN_WHY_QUARANTINED: "The server is in quarantine.",
    Id.PIN_WHY_REFUSED: "This text was looked at and refused.",
})  # fmt: skip
