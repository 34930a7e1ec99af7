r"""The guard for values that name something on a network.

Rungs:
1. a host can be told: no control characters, spaces or backslashes before the path, one port, brackets that close
   (`url-disguised`); an address of IPv6 may stand without brackets;
2. the scheme is one that the call may use (`url-scheme`); a value without one is read as `http`;
3. no name and password before the host (`url-userinfo`); one that looks like a host is a disguise;
4. each host that any parser would take, in every reading (`readings`), is listed, or public: by its address in every
   spelling (`addresses`), by its name, by the answer of the resolver (`Need`): `url-private`, `url-unresolved`,
   `url-host` where only listed hosts are allowed;
5. the port is one of the web (`url-port`), and the name is not drawn like another one (`url-look-alike`).

Path and query are payload: an address in them is not looked at. A redirect is a new address: whoever follows it
(the egress proxy) asks again. A listed host is exact, with its port.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.guards.addresses import Kind, addresses_in, kind_of, known, looks_numeric
from sekisho.guards.objection import CLEAN, Judgement, Need, Objection, Wanted
from sekisho.guards.readings import fold, liken, read, squeeze, unpercent, unpercent_strictly
from sekisho.guards.spelling import backslashes
from sekisho.text.scripts import mixed_words, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.guards.url_facts import UrlFacts

__all__ = ["judge_url"]

_HEAD: Final = 2048
"""Scheme and host end before; a host has at most 253 characters."""

_PLAIN: Final = re.compile(r"(https?)://([a-z0-9.-]+)(?::([0-9]{1,4}))?(?=(/)|[?#]|$)")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCP: Final = re.compile(r"[\w.+-]+@([\w.-]+):(?!//)(?![0-9]+(?:/|$))")
_PORT_AFTER: Final = re.compile(r"[0-9]{1,5}(?:[/?#\\]|$)")
_WITHIN: Final = re.compile(r"[\x00-\x20\x7f\\]")
_DEFAULT_PORTS: Final = MappingProxyType({"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21})
_NOTHING_SHOWN: Final = "about:blank"
"""What a browser shows before it shows anything."""
_OF_GIT: Final = ("ssh", "git")
"""Under which name everybody fetches from a host of repositories over SSH: it says nothing, and hides nothing."""
_OPAQUE: Final = frozenset({"data", "mailto"})
"""Schemes without a host: nothing is fetched."""
_STEPS: Final = (unpercent, unpercent_strictly, fold, liken, squeeze, backslashes)
_NOTHING: Final[Mapping[str, Sequence[str] | None]] = MappingProxyType({})
_LABEL: Final = 63
_NAME: Final = 253
_LAST_PORT: Final = 0xFFFF
_HOST: Final = re.compile(r"[\w-]+")
_DASHED: Final = re.compile(r"(?:\s*[\w+.-]+://)?[^/]*@-")
"""A host that `ssh` takes for an option where somebody cuts off the user."""


@dataclass(frozen=True, slots=True)
class _Target:
    """One host that one parser would take."""

    host: str
    """In lower case, without brackets and the dot at the end."""

    port: int | None
    """None if it is the scheme's own."""


def judge_url(value: str, facts: UrlFacts, *, resolved: Mapping[str, Sequence[str] | None] = _NOTHING) -> Judgement:
    """Judge a value as an address.

    Args:
        value: the value.
        facts: what is known about the server's side.
        resolved: answers to needs: the addresses of each host, None or none where it has none.
    """
    plain = _PLAIN.match(value)
    if plain and plain[1] in facts.schemes and (plain[4] or "@" not in value):
        targets = {_Target(plain[2].rstrip("."), _port(plain[3], plain[1])): None}
        return _judgement(value, {}, [(plain[1], targets)], facts, resolved)
    if "@-" in value and _DASHED.match(value):
        return _judgement(value, {"url-disguised": (3,)}, [], facts, resolved)
    return _any_form(value, facts, resolved)


def _any_form(value: str, facts: UrlFacts, resolved: Mapping[str, Sequence[str] | None]) -> Judgement:
    text = value.strip(" \t\r\n<>\"'")
    if _leads_nowhere(text):
        return CLEAN
    text = _bracketed(text)
    rules: dict[str, tuple[int, ...]] = {}
    readings = read(_front(text), _STEPS)
    if not readings.settled:
        rules["url-disguised"] = (len(readings.texts),)
    found = [_parsed(each) for each in readings.texts]
    if all(each.bare for each in found) and not any(_names_a_host(target) for each in found for target in each.targets):
        return CLEAN
    for each in found:
        if each.scheme not in facts.schemes:
            rules.setdefault("url-scheme", ())
    if all(each.opaque for each in found):
        return _judgement(value, rules, [], facts, resolved)
    if found[0].broken or (len(text) >= _HEAD and not found[0].ends):
        rules.setdefault("url-disguised", (1,))
    if found[0].userinfo is not None and (found[0].scheme, found[0].userinfo) != _OF_GIT:
        rules.setdefault("url-userinfo", ())
        if "." in found[0].userinfo.partition(":")[0]:
            rules.setdefault("url-disguised", (2,))
    return _judgement(value, rules, [(each.scheme, each.targets) for each in found], facts, resolved)


def _leads_nowhere(text: str) -> bool:
    return (text[:1] in {"/", "?", "#", ""} and text[:2] not in {"//", "/\\"}) or text.lower() == _NOTHING_SHOWN


def _bracketed(text: str) -> str:
    """Return an address of IPv6 with the brackets that an address with a port would have."""
    return f"[{text}]" if text.count(":") > 1 and list(addresses_in(text.lower())) else text


def _front(text: str) -> str:
    """Return the part of an address that may hold its host in any reading: what comes before its query."""
    head = text[:_HEAD]
    before, *after = re.split(r"[?#]", head, maxsplit=1)
    old = after and "@" in after[0].partition("/")[0] and "/" not in before.partition("//")[2]
    return head if old else before


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parsed:
    """An address as one reading has it."""

    scheme: str
    """In lower case."""

    targets: Mapping[_Target, None]
    """Every host that a parser may take."""

    userinfo: str | None = None
    """What stands before the host."""

    broken: bool = False
    """Whether parsers would not agree about it."""

    opaque: bool = False
    """Whether it has no host."""

    bare: bool = False
    """Whether it has no scheme: what a tool puts `http://` before, or no address at all."""

    ends: bool = True
    """Whether something comes behind the host."""


def _parsed(text: str) -> _Parsed:
    if scp := _SCP.match(text):
        return _Parsed(scheme="ssh", targets={_Target(scp[1].lower().rstrip("."), None): None})
    found = _SCHEME.match(text)
    scheme, rest = ("http", text) if found is None else (found[1].lower(), text[found.end() :])
    if found is not None and scheme in _OPAQUE:
        return _Parsed(scheme=scheme, targets={}, opaque=True)
    bare = found is None or (not rest.startswith(("/", "\\")) and _PORT_AFTER.match(rest) is not None)
    if bare:
        scheme, rest = "http", text
    authority = re.split(r"[/?#]", rest.lstrip("/\\"), maxsplit=1)[0]
    wider = rest.lstrip("/\\").partition("/")[0]
    userinfo, at, _ = authority.rpartition("@")
    hosts = {authority.rpartition("@")[2], authority.partition("@")[2] or authority, wider.rpartition("@")[2]}
    targets: dict[_Target, None] = {}
    broken = _WITHIN.search(authority) is not None or "@" in userinfo
    for host in sorted(hosts):
        target = _target(re.split(r"[?#\\]", host, maxsplit=1)[0], scheme)
        broken = broken or target is None
        if target is not None:
            targets[target] = None
    ends = len(authority) < len(rest.lstrip("/\\"))
    return _Parsed(
        scheme=scheme,
        targets=targets,
        userinfo=userinfo if at else None,
        broken=broken,
        bare=bare and text[:1] not in "/\\",
        ends=ends,
    )


def _target(text: str, scheme: str) -> _Target | None:
    """Split host and port; None where parsers would not agree."""
    if text.startswith("["):
        host, closed, port = text[1:].partition("]")
        if not closed or (port and not port.startswith(":")) or not list(addresses_in(host.lower())):
            return None
        port = port[1:]
    else:
        host, _, port = text.partition(":")
    if ("%" in text and not text.startswith("[")) or (
        port and not (port.isascii() and port.isdigit() and int(port[:6]) <= _LAST_PORT)
    ):
        return None
    return _Target(host.lower().rstrip("."), _port(port, scheme))


def _port(text: str | None, scheme: str) -> int | None:
    port = int(text) if text else None
    return None if port == _DEFAULT_PORTS.get(scheme) else port


def _judgement(
    value: str,
    rules: dict[str, tuple[int, ...]],
    found: Sequence[tuple[str, Mapping[_Target, None]]],
    facts: UrlFacts,
    resolved: Mapping[str, Sequence[str] | None],
) -> Judgement:
    needs: dict[Need, None] = {}
    for target in {target: None for _, targets in found for target in targets}:
        for each in _host(target, facts, resolved):
            if isinstance(each, Need):
                needs[each] = None
            else:
                rules.setdefault(*each)
    if not rules and not needs:
        return CLEAN
    objections = (Objection(rule=rule, start=0, end=len(value), numbers=numbers) for rule, numbers in rules.items())
    return Judgement(objections=tuple(objections), needs=tuple(needs))


def _host(
    target: _Target, facts: UrlFacts, resolved: Mapping[str, Sequence[str] | None]
) -> Iterator[tuple[str, tuple[int, ...]] | Need]:
    host = target.host
    if (host if target.port is None else f"{host}:{target.port}") in facts.hosts:
        return
    if facts.only_listed:
        yield "url-host", ()
    if target.port in known().ports:
        yield "url-port", (target.port or 0,)
    addresses = list(addresses_in(host))
    for kind in filter(None, map(kind_of, addresses)):
        yield "url-private", (kind,)
    if addresses:
        return
    if not _is_name(host):
        yield "url-disguised", (3,)
        return
    if kind := _inner(host):
        yield "url-private", (kind,)
        return
    if _is_look_alike(host):
        yield "url-look-alike", ()
    if not facts.only_listed:
        yield from _answered(host, resolved, unresolved=facts.unresolved)


def _names_a_host(target: _Target) -> bool:
    """Say whether a value without a scheme is taken for an address: it has a dot or a port, or is known to be inner."""
    host = target.host
    return (
        target.port is not None
        or ":" in host
        or looks_numeric(host)
        or (_is_name(host) and ("." in host or host in known().inner))
    )


def _is_name(host: str) -> bool:
    labels = host.split(".")
    return (
        len(host) <= _NAME
        and not looks_numeric(host)
        and all(len(label) <= _LABEL and _HOST.fullmatch(label) for label in labels)
    )


def _inner(host: str) -> Kind | None:
    """Say why a name is not a public one, by the name alone. A name without a dot is known to inner resolvers only."""
    if host in known().metadata:
        return Kind.METADATA
    labels = host.split(".")
    if len(labels) == 1 or any(".".join(labels[at:]) in known().inner for at in range(len(labels))):
        return Kind.INNER_NAME
    if any(".".join(labels[at:]) in known().carriers for at in range(len(labels))):
        return Kind.INNER_NAME
    return None


def _is_look_alike(host: str) -> bool:
    for label in host.split("."):
        try:
            word = label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
        except UnicodeError:
            return True
        word = word.replace("\xdf", "ss")
        if not word.isascii() and (mixed_words(word) or skeleton(word).isascii()):
            return True
    return False


def _answered(
    host: str, resolved: Mapping[str, Sequence[str] | None], *, unresolved: bool
) -> Iterator[tuple[str, tuple[int, ...]] | Need]:
    if host not in resolved:
        yield Need(Wanted.ADDRESSES, host)
        return
    answers = resolved[host]
    if not answers:
        if not unresolved:
            yield "url-unresolved", ()
        return
    for answer in answers:
        try:
            kind = kind_of(ip_address(answer.partition("%")[0]))
        except ValueError:
            yield "url-unresolved", ()
            continue
        if kind is not None:
            yield "url-private", (kind,)
