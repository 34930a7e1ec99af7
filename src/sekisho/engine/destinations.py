"""Judging an address of a call: each of several in one text, and what a tool of a kind may reach beside the public web.

A browser shows what is being developed on this machine; git takes repositories over SSH.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sekisho.guards.addresses import Kind, known
from sekisho.guards.objection import CLEAN, Judgement, Objection
from sekisho.guards.url import judge_url
from sekisho.meaning.argument import Meaning
from sekisho.meaning.shape import is_file_uri
from sekisho.meaning.words import named

if TYPE_CHECKING:
    from sekisho.guards.objection import Told
    from sekisho.guards.url_facts import UrlFacts
    from sekisho.meaning.argument import Argument
    from sekisho.meaning.tool import Tool
    from sekisho.policy.facts import ServerFacts

__all__ = ["CONNECTIONS", "judge_addresses", "judge_store"]

_SEVERAL: Final = re.compile(
    r"(?<![\s,;|])[\s,;|]++(?=[A-Za-z][A-Za-z0-9+.-]{1,20}://|[\w.-]++\s*+$)|(?<!\s)[^\S\n]*+\n\s*+"
)
"""What stands between addresses in one text, in one pass: a run of separators before one, or the end of a line."""

_MOST: Final = 64
"""Addresses in one text; with more it is refused."""

_OWN: Final = re.compile(
    r"(?:https?://)?(?:(?:[a-z0-9][a-z0-9-]{0,40}\.){0,3}localhost|127\.0\.0\.1|\[::1\]):([0-9]{1,5})(?=/|[?#][^@]*$|$)"
)
"""An address of this machine, in no disguise, with a port."""

_BROWSERS: Final = frozenset(
    {"browser", "chrome", "chromium", "devtools", "firefox", "playwright", "puppeteer", "selenium", "webkit"}
)
_SHOWING: Final = frozenset({"expect", "goto", "navigate", "open", "page", "screenshot", "tab", "tabs", "visit"})
"""Words of tools that show a page."""

_LOADING: Final = frozenset({"axe", "lighthouse", "navigate", "pa11y"})
"""Words of tools that have a browser show a page, whatever else is said."""

_ASKING: Final = frozenset(
    {"api", "curl", "delete", "download", "fetch", "get", "http", "patch", "post", "proxy", "put", "request", "upload"}
)
"""Words of tools that ask a service itself, and say what it answers."""

_STORE: Final = re.compile(
    r"(?:mongodb(?:\+srv)?|postgres(?:ql)?|mysql|mariadb|rediss?|valkeys?|bolt(?:\+s{1,2}c?)?|neo4j(?:\+s{1,2}c?)?|clickhouse|amqps?|nats"
    r"|mssql|sqlserver)://(?:[^\s@/?#\\]{0,500}@)?([^\s@/?#\\]{1,2000})(?:[/?][^\s\\]{0,2000})?"
)
"""How a store is named for a tool that connects to it, with its hosts."""

CONNECTIONS: Final = frozenset({"conn", "connection", "database", "db", "dsn"})
_STORES: Final = 16
_HANDED_OUT: Final = frozenset({Kind.LINK_LOCAL, Kind.METADATA})

_DOTTED: Final = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
"""An address in no disguise."""

_LOGGING_IN: Final = frozenset({"sftp", "ssh"})
_GIT: Final = frozenset({"git", "gitea", "github", "gitlab", "repo", "repository"})
_HOST: Final = "[A-Za-z0-9][A-Za-z0-9.-]{1,252}"
_PLACE: Final = r"[A-Za-z0-9_~][\w.~/-]{1,400}"
_OVER_SSH: Final = re.compile(rf"git@{_HOST}:{_PLACE}|ssh://git@{_HOST}/{_PLACE}", re.ASCII)


def judge_addresses(argument: Argument, tool: Tool, facts: ServerFacts, told: Told) -> Judgement:
    """Judge an address, or each of several in one text.

    Args:
        argument: what may be an address.
        tool: whose it is.
        facts: what is known about the server.
        told: answers to needs.
    """
    value = argument.value.strip()
    if Meaning.PATH in argument.meanings and is_file_uri(value):
        return CLEAN  # the guard for paths reads `file:` with or without a host
    store = _STORE.fullmatch(value) if _names_a_store(argument, tool, facts) else None
    if store is not None:
        return _store(store[1].split(",", _STORES), len(argument.value), facts.url)
    parts = _SEVERAL.split(value, maxsplit=_MOST)
    if len(parts) > _MOST:
        unread = Objection(rule="url-disguised", start=0, end=len(argument.value), numbers=(len(parts),))
        return Judgement(objections=(unread,))
    if len(parts) > 1:
        return _together([judge_url(part, facts.url, resolved=told.addresses) for part in parts])
    if _is_being_developed(value, argument, tool, facts):
        return CLEAN
    found = judge_url(argument.value, _over_ssh(value, argument, tool, facts), resolved=told.addresses)
    return _logged_in(found) if found.objections and _logs_in(argument, tool, facts) else found


def _names_a_store(argument: Argument, tool: Tool, facts: ServerFacts) -> bool:
    own = tool.effects.connects and not facts.url.only_listed
    return own and not CONNECTIONS.isdisjoint(named(argument.pointer))


def _logs_in(argument: Argument, tool: Tool, facts: ServerFacts) -> bool:
    """Say whether a tool logs in to the machine that it is told: those of a private network are what it is for."""
    own = Meaning.HOST in argument.meanings and not _LOGGING_IN.isdisjoint(tool.words) and not facts.url.only_listed
    return own and _DOTTED.fullmatch(argument.value) is not None


def _logged_in(found: Judgement) -> Judgement:
    """Return what there is to object to in a machine on which somebody has to log in, wherever it is."""
    left = tuple(each for each in found.objections if (each.rule, *each.numbers[:1]) != ("url-private", Kind.PRIVATE))
    return replace(found, objections=left)


def judge_store(value: str, facts: UrlFacts) -> Judgement:
    """Judge where a store is that a tool with another purpose than to connect is told: `postgresql://host/name`."""
    found = None if facts.only_listed else _STORE.fullmatch(value.strip())
    return CLEAN if found is None else _store(found[1].split(",", _STORES), len(value), facts)


def _store(hosts: list[str], size: int, facts: UrlFacts) -> Judgement:
    """Judge where a store is: here and on any network but the one on which clouds hand out credentials."""
    if len(hosts) > _STORES:
        return Judgement(objections=(Objection(rule="url-disguised", start=0, end=size, numbers=(len(hosts),)),))
    told = [each for host in hosts for each in judge_url(f"http://{host}", facts).objections]
    wrong = [each for each in told if each.rule == "url-disguised" or not _HANDED_OUT.isdisjoint(each.numbers[:1])]
    return _together([Judgement(objections=tuple(replace(each, start=0, end=size) for each in wrong))])


def _together(found: list[Judgement]) -> Judgement:
    """Return what is said about several addresses; each rule once."""
    rules = {each.rule: each for judgement in reversed(found) for each in reversed(judgement.objections)}
    needs = dict.fromkeys(need for judgement in found for need in judgement.needs)
    return Judgement(objections=tuple(rules.values()), needs=tuple(needs)) if rules or needs else CLEAN


def _is_being_developed(value: str, argument: Argument, tool: Tool, facts: ServerFacts) -> bool:
    """Say whether a browser on this machine shows a page of it, at a port at which what is developed is served."""
    own = _OWN.match(value)
    if own is None or facts.remote or facts.url.only_listed or int(own[1]) not in known().developing:
        return False
    if named(argument.pointer)[-1:] != ("url",) or not _ASKING.isdisjoint(tool.words):
        return False
    shows = not _SHOWING.isdisjoint(tool.words) and not _BROWSERS.isdisjoint((*tool.words, *facts.words))
    return shows or not _LOADING.isdisjoint(tool.words)


def _over_ssh(value: str, argument: Argument, tool: Tool, facts: ServerFacts) -> UrlFacts:
    """Return the facts for a repository as git writes it, `git@host:path`, with SSH among the schemes."""
    if "git@" not in value or _GIT.isdisjoint((*tool.words, *facts.words, *named(argument.pointer))):
        return facts.url
    return replace(facts.url, schemes=facts.url.schemes | {"ssh"}) if _OVER_SSH.fullmatch(value) else facts.url
