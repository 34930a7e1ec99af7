"""The guard for values that become a line of a message's head: of HTTP, or of mail.

- `header-split`: a line of its own inside of a value, which the receiver takes for one more header, or for the next
  command of a protocol that has lines (CWE-93).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sekisho.guards.glance import Glance
from sekisho.guards.objection import CLEAN, Judgement, Objection

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["judge_header"]

_KEPT: Final = 400
"""Characters of a place whose names are kept."""

_BREAK: Final = r"(?>\r\n|\n|\r)"
_LINE: Final = re.compile(rf"{_BREAK}(?:[!#$%&'*+.^_`|~0-9A-Za-z-]{{1,64}}[ \t]*:|[\r\n])|[\r\n][ \t]*\Z|\A[\r\n]")
_BREAKS: Final = re.compile(_BREAK)
_LINE_OF_MAIL: Final = re.compile(
    rf"{_BREAK}(?:to|cc|bcc|from|sender|reply-to|return-path|subject|date|message-id|mime-version|content-[a-z-]{{1,32}}"
    r"|resent-[a-z-]{1,32}|x-[a-z-]{1,32})[ \t]*:",
    re.IGNORECASE,
)
_HEADERS: Final = frozenset(
    {"header", "headers", "httpheaders", "useragent", "referer", "referrer", "cookie", "cookies"}
)
_OF_MAIL: Final = frozenset({
    "subject", "to", "from", "cc", "bcc", "replyto", "sender", "recipient", "recipients", "asunto", "betreff", "objet",
    "assunto", "oggetto", "destinatario", "destinataire", "empfänger", "тема",
    "件名", "宛先", "差出人", "主题", "主題", "收件人", "寄件人", "제목", "받는사람",
})  # fmt: skip
_OF_HTTP: Final = re.compile(
    rf"{_BREAK}(?:host|transfer-encoding|content-(?:length|type|encoding)|(?:set-)?cookie|(?:proxy-)?authorization|location|connection|"
    r"referer|origin|user-agent|upgrade|x-[a-z-]{1,40})[ \t]*:|[ ]HTTP/[0-3](?:\.[01])?(?:[\r\n]|\Z)",
    re.IGNORECASE,
)
_INSIDE: Final = re.compile(r"[^\s][ \t]*[\r\n]+[ \t]*[^\s]")
_OF_CALENDARS: Final = re.compile(
    rf"{_BREAK}(?:(?:BEGIN|END):V[A-Z]{{2,20}}|(?:ATTACH|ATTENDEE|ORGANIZER|RRULE|TRIGGER|ACTION|DTSTART|DTEND|UID)[;:])",
    re.IGNORECASE,
)


def judge_header(
    value: str, pointer: str, lines: Collection[str], topics: Collection[str], *, content: bool
) -> Judgement:
    """Judge a value, if it becomes a header; a line that goes on with white space is no other one.

    Args:
        value: the value.
        pointer: its place in the arguments.
        lines: what it becomes a line of, as its parameter says.
        topics: what the tool is about.
        content: whether it is content, or matched with.
    """
    found = _found(value, pointer, lines, topics, content=content)
    if found is None:
        return CLEAN
    return Judgement(objections=(Objection(rule="header-split", start=found.start(), end=found.end()),))


def _found(
    value: str, pointer: str, lines: Collection[str], topics: Collection[str], *, content: bool
) -> re.Match[str] | None:
    of_http, of_mail = (_named if len(pointer) <= _KEPT else _named.__wrapped__)(pointer)
    mail = "mail" in topics
    if of_http or ("head" in lines and not content):
        # The name of a header has no line of its own at all.
        line = _BREAKS if pointer.endswith(f"/{value}") else _LINE
        return line.search(value) if value.strip() else None
    if mail and (of_mail or "letterhead" in lines):
        return _LINE_OF_MAIL.search(value)
    if "calendar" in topics and (found := _OF_CALENDARS.search(value)):
        return found
    if "single" in lines and (found := _INSIDE.search(value)):
        return found
    return _OF_HTTP.search(value) if not content and _GLANCE.may_match(value) else None


@lru_cache(maxsize=1024)
def _named(pointer: str) -> tuple[bool, bool]:
    """Say whether a place is one for headers of HTTP, and whether it is one for those of mail, by its names."""
    names = pointer.lower().replace("_", "").replace("-", "").split("/")
    return not _HEADERS.isdisjoint(names), not _OF_MAIL.isdisjoint(names)


def _line() -> str:
    """Return the same pattern for the first look."""
    return _OF_HTTP.pattern.replace("(?>", "(?:").replace(r"\Z", r"\z")


_GLANCE: Final = Glance(_line)
