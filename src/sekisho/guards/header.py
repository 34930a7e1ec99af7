"""The guard for values that become a line of a message's head: of HTTP, or of mail.

- `header-split`: a line of its own inside of a value, which the receiver takes for one more header (CWE-93).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.objection import CLEAN, Judgement, Objection

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["judge_header"]

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
_MAIL: Final = frozenset({"mail", "mails", "email", "emails", "gmail", "smtp", "outlook", "mailgun", "sendgrid"})


def judge_header(value: str, pointer: str, words: Collection[str]) -> Judgement:
    """Judge a value, if it becomes a header; a line that goes on with white space is no other one.

    Args:
        value: the value.
        pointer: its place in the arguments.
        words: of the tool's name and its server's launch line.
    """
    names = {name.lower().replace("_", "").replace("-", "") for name in pointer.split("/")}
    if not names.isdisjoint(_HEADERS):
        # The name of a header has no line of its own at all.
        line = _BREAKS if pointer.endswith(f"/{value}") else _LINE
        found = line.search(value) if value.strip() else None
    elif not names.isdisjoint(_OF_MAIL) and not _MAIL.isdisjoint(words):
        found = _LINE_OF_MAIL.search(value)
    else:
        return CLEAN
    return (
        Judgement(objections=(Objection(rule="header-split", start=found.start(), end=found.end()),))
        if found
        else CLEAN
    )
