"""What is said about a configuration, in English: what is wrong, and in the second line what to do."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.model.message_ids import MessageId as Id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SETTINGS"]

SETTINGS: Final[Mapping[Id, str]] = MappingProxyType({
    Id.CONFIG_PLAIN: "this is empty, or has a zero character in it\nWrite a text without one.",
    Id.CONFIG_ADDRESS: "this is no address of a server\nBegin it with http:// or https://, without spaces.",
    Id.CONFIG_ALIAS: "a server cannot be called this\n"
    "Take a lower-case letter, then up to 23 of a-z, 0-9 and '-'; sekisho is ours.",
    Id.CONFIG_FOLDER: "this is no folder that a list can hold\nWrite it from / or from ~ on, for example ~/src.",
    Id.CONFIG_HOST: "this is no host\nWrite the name alone, or with a port: api.github.com, wiki.corp:8443.",
    Id.CONFIG_PROGRAM: "this is no program\nWrite its name without arguments, for example git.",
    Id.CONFIG_HEADER: "this is no name of a header\nTake letters, digits and '-', for example X-Team.",
    Id.CONFIG_HEADER_VALUE: "a header cannot carry this text\nTake printable ASCII on one line.",
    Id.CONFIG_VARIABLE: "this is no name of a variable\nWrite a name without '=' and without a zero character.",
    Id.CONFIG_TEXT: "this takes a text in quotes\nWrite for example: {example}",
    Id.CONFIG_VALUE: "this takes a text, a number, true or false\nWrite for example: {example}",
    Id.CONFIG_MEANING: "nothing means this\n"
    "path url host command argument word sql sql-name cypher resource pattern text",
    Id.CONFIG_TEXTS: "this takes a list of texts\nWrite for example: {example}",
    Id.CONFIG_PAIRS: "this takes a table of texts\nWrite for example: {example}",
    Id.CONFIG_TABLE: "this takes a table\nWrite its keys below a line like this: [{example}]",
    Id.CONFIG_WHOLE: "this takes a whole number from {low} to {high}\nWrite one without quotes.",
    Id.CONFIG_CHOICE: "this takes one of: {known}\nWrite one of them in quotes.",
    Id.CONFIG_CHOICE_NEAR: "this takes one of: {known}\nDid you mean {nearest}? Write it in quotes.",
    Id.CONFIG_EMPTY: "this list has to name something\nWrite for example: {example}",
    Id.CONFIG_UNKNOWN: "there is no such key here\nThere are: {known}",
    Id.CONFIG_UNKNOWN_NEAR: "there is no such key here\nDid you mean {nearest}? There are: {known}",
    Id.CONFIG_NOT_YET: "this cannot be set yet, because nothing would follow it\n"
    "Take it out until a version that follows it.",
    Id.CONFIG_APART: "this does not go together with {other}\nTake one of the two out.",
    Id.CONFIG_NEITHER: "this server has neither a command nor a url\n"
    "Write command, the list of its program and arguments, or url.",
    Id.CONFIG_NEWER: "this file is of version {found}, and this Sekisho reads up to version {known}\n"
    "Upgrade Sekisho, or write the file for version {known}.",
    Id.CONFIG_SYNTAX: "this is not TOML: {problem}\nCorrect it at this place or shortly before.",
    Id.CONFIG_TOO_DEEP: "this file is nested too deep to be read\nWrite it flat: no setting needs that.",
    Id.CONFIG_TOO_LARGE: "this file is larger than {limit} bytes\nIs it the right file? Make it shorter.",
    Id.CONFIG_NOT_UTF8: "this is not UTF-8\nSave the file as UTF-8.",
    Id.CONFIG_MISSING: "there is no such file\nCheck its name, or write it.",
    Id.CONFIG_UNREADABLE: "this file can't be read: {problem}\nCheck its rights and those of its folders.",
    Id.CONFIG_NOT_PLAIN: "this is not a plain file\nName a file that is one.",
    Id.CONFIG_FOREIGN: "this file belongs to another user (uid {uid})\n"
    "Look at what is in it, then make a copy that is your own.",
    Id.CONFIG_WRITABLE: "others may write to this file (mode {mode})\n"
    "Look at what is in it, then take that right away: chmod go-w on it.",
    Id.CONFIG_FOLDER_WRITABLE: "others may replace this file, because they may write to {folder} (mode {mode})\n"
    "Move the file to a folder of your own, or take that right away.",
    Id.CONFIG_NO_SERVERS: "there is no server in this file\nWrite [servers.NAME], and below it command or url.",
    Id.CONFIG_LEFT_OUT: "left out, because you have not trusted this project's file\n"
    "Look at it, then run: sekisho allow project {file}",
    Id.CONFIG_OVERRULED: "left out, because {other} sets this already\n"
    "Take it out here, or ask whoever wrote that file.",
    Id.CONFIG_LOOSER: "left out, because a stricter value holds: {holds}\nTake it out here, or change it there.",
    Id.CONFIG_ADDRESS_UNCLEAR: "this address can't be used: {problem}\nCorrect the address.",
    Id.CONFIG_CHECKED: "Nothing is wrong. {settings} settings, {servers} servers.",
    Id.CONFIG_NOTHING: "Nothing is configured here; what holds without a file holds.",
    Id.CONFIG_RELOADED: "The configuration has changed: {servers} servers, {fresh} new or changed, {gone} gone.",
    Id.CONFIG_RELOAD_KEPT: "The changed configuration can't be used. What was in force stays.\n"
    "Correct it; it is read again as soon as it changes.",
    Id.CONFIG_RELOAD_LIMITS: "Limits have changed, and hold from the next start on.",
    Id.REFUSED_PARAMETER_FORBIDDEN: "The configuration forbids this parameter of the tool.\n"
    "If it is needed, change its use: sekisho config show says where.",
    Id.REFUSED_VALUE_NOT_ALLOWED: "The configuration names the values of this parameter, and this is none of them.\n"
    "If it is needed, add it to allow: sekisho config show says where.",
    Id.REFUSED_MEMBER_UNDECLARED: "The tool's schema does not name this member, and the configuration refuses such.\n"
    "If it is needed, change undeclared: sekisho config show says where.",
    Id.REFUSED_BUDGET_RATE: "The tool was called as often as the configuration lets it be in this time.\n"
    "Wait as long as it says, or change the budget: sekisho config show says where.",
    Id.REFUSED_BUDGET_CALLS: "The tool was called as often as the configuration lets it be in a conversation.\n"
    "Begin a new conversation, or change the budget: sekisho config show says where.",
    Id.REFUSED_BUDGET_SIZE: "The arguments are longer than the configuration lets them be.\n"
    "Send less at once, or change the budget: sekisho config show says where.",
    Id.REFUSED_TOOL_NOT_ALLOWED: "The configuration names the tools of this server, and this is none of them.\n"
    "If it is needed, add it to tools.allow: sekisho config show says where.",
    Id.SAMPLING_NO_CHANNEL: "{server} may not ask your model: the host cannot show the question about it.\n"
    "What to do says: sekisho why",
    Id.REFUSED_SAMPLING_REFUSED: "You were asked whether this server may ask your model, and said no.\n"
    "If it was meant, use the tool again, and allow it when you are asked.",
    Id.REFUSED_SAMPLING_UNANSWERED: "You were asked whether it may ask your model; no answer came in ten minutes.\n"
    "Use the tool again, and choose one of the three answers.",
    Id.REFUSED_SAMPLING_SILENCED: "Three questions about its asking your model got no yes: no more are asked.\n"
    "Begin a new conversation; or set questions.sampling in the configuration.",
    Id.REFUSED_SAMPLING_NO_CHANNEL: "It wanted to ask your model, and your host cannot show Sekisho's question.\n"
    'Does your host ask you by itself? Then set questions.sampling = "allow".',
    Id.REFUSED_SAMPLING_TOO_MANY: "Five questions about servers and your model were open, or 4 MB waited.\n"
    "Answer what is open, then use the tool again.",
    Id.ALLOW_NEEDS_PERSON: "Only a person may allow this.\n"
    "Run the command in a terminal that you opened yourself.",
    Id.ALLOW_NOT_TYPED: "Nothing was changed. The word is {word}.",
    Id.ALLOW_PROJECT_SHOWS: "{file} sets:",
    Id.ALLOW_PROJECT_ASK: "To let all of it hold while nobody changes the file, type: {word}",
    Id.ALLOW_PROJECT_DONE: "Allowed, as it is now: {file}",
    Id.ALLOW_PROJECT_ALREADY: "This is allowed already, as it is now: {file}",
    Id.ALLOW_PROJECT_UNKNOWN: "Nothing was allowed at this place: {file}",
    Id.ALLOW_PROJECT_WITHDRAWN: "Allowed no more: {file}",
})  # fmt: skip
