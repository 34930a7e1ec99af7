"""Which part a tool can play in a leak: it brings in outsiders' text, reads what is private, or sends something out.

The first verb that is known decides, in the name before the description: `get_issue_comments` reads, whatever it
calls its object. What it reads or sends is looked for in the name and the first sentence.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from sekisho.wire.views import nested, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.wire.strict import Json, JsonObject

__all__ = ["Role", "roles"]


class Role(Enum):
    """What a tool does with information, seen from the user."""

    OUTSIDE = "outside"
    """It brings text into the conversation that strangers can write."""

    PRIVATE = "private"
    """It reads what is not meant for everybody."""

    OUTWARD = "outward"
    """It sends something to where others read it, or to an address of the caller's choice."""


_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SENTENCE: Final = re.compile(r"[.。\n]")
_LONGEST: Final = 200

_READS: Final = (
    r"get|gets|list|lists|read|reads|search|searches|find|finds|fetch|fetches|view|views|show|shows|query|queries|"
    r"retrieve|retrieves|lookup|browse|browses|download|downloads|open|opens|scrape|scrapes|crawl|crawls|extract|"
    r"extracts|navigate|navigates|visit|load|loads|export|exports|summarize|summarizes|describe|select|returns?|"
    r"recall|dump|cat|grep|convert"
)
_SENDS: Final = (
    r"send|sends|post|posts|publish|publishes|share|shares|reply|replies|forward|forwards|tweet|tweets|notify|"
    r"comment|comments on|invite|invites|submit|submits|upload|uploads|push|pushes|broadcast"
)
_MAKES: Final = r"create|creates|add|adds|make|open|update|updates|edit|write|writes|set|put|insert|append"
_REMOVES: Final = r"delete|deletes|remove|removes|clear|close|cancel|archive|mark|count|track|validate|check"
_RUNS: Final = r"execute|executes|exec|run|runs|eval|evaluate|invoke"
_VERB: Final = re.compile(
    rf"\b(?:(?P<reads>{_READS})|(?P<sends>{_SENDS})|(?P<makes>{_MAKES})|(?P<runs>{_RUNS})|(?P<removes>{_REMOVES}))\b"
    r"|(?P<jreads>取得|読み取|読み込|検索|一覧|閲覧|抽出)|(?P<jsends>送信|投稿|公開|共有|返信|転送|アップロード)"
    r"|(?P<jmakes>作成|追加|更新|編集)|(?P<jruns>実行)"
)
_OUTSIDE: Final = re.compile(
    r"\b(?:web|web ?(?:page|site)s?|pages?|urls?|internet|html|rss|feeds?|issues?|pull requests?|comments?|reviews?|"
    r"e-?mails?|inbox|mails?|messages?|chats?|tweets?|threads?|tickets?|news|articles?|transcripts?|"
    r"conversations?|attachments?)\b|ウェブ|サイト|ページ|メール|メッセージ|コメント|レビュー|記事|課題"
)
_PRIVATE: Final = re.compile(
    r"\b(?:files?|director(?:y|ies)|folders?|documents?|e-?mails?|inbox|mails?|messages?|chats?|conversations?|"
    r"contacts?|calendars?|events?|notes?|databases?|sql|rows?|drive|secrets?|passwords?|credentials?|memory|memories|"
    r"customers?|invoices?|balances?|transactions?|payments?|patients?|employees?|salary|salaries|photos?|clipboard|"
    r"screenshots?|bookmarks?|private)\b|ファイル|文書|メール|メッセージ|連絡先|予定|カレンダー|メモ|データベース|顧客"
)
_AUDIENCE: Final = re.compile(
    r"\b(?:issues?|pull requests?|comments?|gists?|tweets?|posts?|messages?|e-?mails?|mails?|tickets?|replies|reply|"
    r"threads?|events?|invitations?|webhooks?|channels?|announcements?)\b|メール|メッセージ|コメント|投稿|課題|返信"
)
_SHELL: Final = re.compile(r"\b(?:shell|bash|commands?|scripts?|code|python|javascript|terminal|sql)\b|コマンド|コード")
_ADDRESS: Final = re.compile(r"(?:.*[_-])?(?:urls?|uri|endpoint|webhook|webhook_?url|link)", re.IGNORECASE)


def roles(body: Json) -> frozenset[Role]:
    """Return what a tool can do, from its name, the first sentence of its description, and its parameters."""
    tool = obj(body)
    name = _words(text(tool.get("name")) or "")
    says = _SENTENCE.split((text(tool.get("description")) or "").lower()[:_LONGEST], maxsplit=1)[0]
    verb = _VERB.search(name) or _VERB.search(says)
    return frozenset(_roles((verb.lastgroup or "").removeprefix("j") if verb else "", f"{name} {says}", tool))


def _roles(verb: str, about: str, tool: JsonObject) -> Iterator[Role]:
    match verb:
        case "reads":
            addressed = _takes_address(tool)
            if addressed or _OUTSIDE.search(about):
                yield Role.OUTSIDE
            if addressed:
                yield Role.OUTWARD
            elif _PRIVATE.search(about):
                yield Role.PRIVATE
        case "sends":
            yield Role.OUTWARD
        case "makes":
            if _AUDIENCE.search(about):
                yield Role.OUTWARD
        case "runs":
            if _SHELL.search(about):
                yield from (Role.PRIVATE, Role.OUTWARD)
        case _:
            pass


def _takes_address(tool: JsonObject) -> bool:
    """Whether the caller chooses an address: what is read there is a stranger's, and the address can carry data."""
    return any(_ADDRESS.fullmatch(key) for key in nested(tool, "inputSchema", "properties"))


def _words(name: str) -> str:
    return re.sub(r"[_\-./]", " ", _HUMP.sub(" ", name)).lower()
