r"""The guard for values that are no command and end up in one: names, refs, branches, keys, selectors.

- `word-shell`: characters with which a shell would start something else (CVE-2025-53967: a file key with `$(…)`);
- `word-query`: an identifier with `?name=` behind it, which changes the request in whose path a server puts it;
- `word-option`: a value that the program behind the tool would take for an option (CVE-2025-68144, CVE-2026-61459),
  or for a transport that starts a program (`ext::`).

An identifier has no use for any of that. In other text (a title, a message) punctuation is honest, so only a second
command with a known program, a substitution that starts one, and dangerous options at the very beginning count.
Numbers are not options: `-1`, `-5m`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import commands
from sekisho.guards.objection import CLEAN, Judgement, Objection
from sekisho.guards.readings import fold, liken, read, squeeze, unpercent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = [
    "LONGEST",
    "judge_identifier",
    "judge_key",
    "judge_label",
    "judge_option",
    "judge_part",
    "judge_setting",
    "judge_text",
]

LONGEST: Final = 4096
"""An identifier that is longer is none; of a text only the beginning goes into a command's words."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9_./@:+=~^,#-]*")
_META: Final = re.compile(r"[;|&<>`\n\r\x00]|\$[({'\"\w]|[\"']\s*-|\\[\"'`$;|&\n]")
_OPTION: Final = re.compile(r"(-(?<![^\s\"'=]-)(?!\d+(?:[.,:]\d+)*[smhdwyMGK%]?(?:$|\s))-?[A-Za-z][\w-]*(?:=\S*)?)")
_LEADING: Final = re.compile(r"\s*[\"']?(-(?!\d+(?:[.,:]\d+)*[smhdwyMGK%]?(?:$|[\s,]))\S+)")
_TRANSPORT: Final = re.compile(r"(?:^|[\s=])(?:ext|fd|transport)::", re.IGNORECASE)
_FILE: Final = re.compile(r"^@[/~.]")
_STARTS: Final = re.compile(
    r"(?:;|\||&&?|\|\||\n|\$\(|`|<\(|\bexec=)\s{0,8}(?:[^\s;|&`()<>]*/)?([A-Za-z][\w.+-]{0,40})(?=[\s;|&)`'\"<>]|$)"
)
_QUOTED_OPTION: Final = re.compile(r"^\s{0,8}[\"']?\s{0,8}(--?[A-Za-z][\w-]{0,40}(?:=\S{0,400})?)")
_IDENTIFIERS: Final = frozenset({
    "id", "ids", "uuid", "guid", "slug", "sha", "owner", "repo", "username", "handle", "number",
})  # fmt: skip
"""Last words of names whose values are the identifiers of things."""

_LABELS: Final = frozenset({"region", "datacenter", "subdomain", "tenant"})
"""The same for values that become a part of a host's name."""

_LEAVES: Final = re.compile(r"[/?#@\\]")
_ALONE: Final = re.compile(r"\s{0,8}(--?[A-Za-z][\w-]{0,40}=\S{1,4000})\s{0,8}")
_QUERY: Final = re.compile(r"[^\s?&]{1,400}[?&][\w.\[\]$-]{1,64}=")
_BOUND: Final = r"(?:[<>!~=]=|={3}|[<>=~^])?[ ]{0,4}+v?\d[\w.*+-]{0,40}+"
_VERSIONS: Final = re.compile(
    r"(?:(?:@[\w.-]{1,60}/)?[A-Za-z][\w.-]{0,100}@?(?:\[[\w,. -]{0,100}\])?[ ]{0,4}+(?=[<>=!~^]))?"
    rf"{_BOUND}(?:[ ]{{0,4}}+(?:(?:,|\|\||-)[ ]{{0,4}}+)?{_BOUND}){{0,16}}+"
)
"""Versions from and to: `>=1.2 <2`, `requests>=2,<3`. What a shell would read or write is called like a number."""

_ADDRESS: Final = re.compile(
    r"[a-z][a-z0-9+]{1,20}://[\w.:@/%,~-]{1,500}+(?:\?[a-z_][\w.-]{0,60}=[\w.%:/,-]{0,200}+"
    r"(?:&[a-z_][\w.-]{0,60}=[\w.%:/,-]{0,200}+){0,32}+)?"
)
"""An address with a query: behind each of its `&` a shell would find a variable, and no program."""

_STEPS: Final = (unpercent, fold, liken, squeeze)
_SENDERS: Final = frozenset(
    {"nc", "ncat", "telnet", "ssh", "scp", "sleep", "ping", "nslookup", "dig", "calc", "whoami", "powershell"}
)


def judge_identifier(value: str, programs: Sequence[str] = ()) -> Judgement:
    """Judge a value that is one name, ref, branch, key or selector.

    Args:
        value: the value.
        programs: what runs behind the tool, if it is known; its options are looked for inside of the value as well.
    """
    if _PLAIN.fullmatch(value) and not value.startswith(("-", "@", "ext:", "fd:", "=")) and "::" not in value:
        return CLEAN
    if len(value) > LONGEST:
        return Judgement(objections=(Objection(rule="word-shell", start=0, end=len(value), numbers=(len(value),)),))
    return _judgement(value, lambda text: _identifier(text, programs))


def judge_key(value: str) -> Judgement:
    """Judge a value that is the identifier of one thing, for what it adds to the path of a request."""
    if ("?" not in value and "&" not in value and "%" not in value and value.isascii()) or "://" in value:
        return CLEAN
    return _judgement(value[:LONGEST], _queries)


def judge_part(value: str, name: str) -> Judgement:
    """Judge what becomes a part of an address.

    Args:
        value: the value.
        name: the last word of its name, which says of what.
    """
    if name in _IDENTIFIERS:
        return judge_key(value)
    return judge_label(value) if name in _LABELS else CLEAN


def judge_label(value: str) -> Judgement:
    """Judge a value that becomes a part of a host's name: a region, a tenant."""
    found = _LEAVES.search(value)
    if found is None:
        return CLEAN
    return Judgement(objections=(Objection(rule="word-query", start=found.start(), end=found.end()),))


def judge_setting(value: str) -> Judgement:
    """Judge the name of a setting of `git`: one that starts a program, or lets it be led elsewhere."""
    name = value.strip().lower()
    if not any(name.startswith(each) if each.endswith(".") else name == each for each in commands().settings):
        return CLEAN
    return Judgement(objections=(Objection(rule="word-option", start=0, end=len(value)),))


def judge_option(value: str, programs: Sequence[str] = ()) -> Judgement:
    """Judge a text that is nothing but one option with a value, whatever it is meant for."""
    found = _ALONE.fullmatch(value[:LONGEST]) if value.lstrip()[:1] == "-" else None
    if found is None or not commands().risky_for_any(found[1], programs):
        return CLEAN
    return Judgement(objections=(Objection(rule="word-option", start=found.start(1), end=found.end(1)),))


def judge_text(value: str, programs: Sequence[str] = ()) -> Judgement:
    """Judge a text that a tool may put into a command: a title, a message, a query."""
    return _judgement(value[:LONGEST], lambda text: _text(text, programs))


def _judgement(value: str, judge: Callable[[str], Iterator[tuple[str, int, int]]]) -> Judgement:
    readings = read(value, _STEPS)
    found: dict[str, Objection] = {}
    if not readings.settled:
        found["word-shell"] = Objection(rule="word-shell", start=0, end=len(value), numbers=(len(readings.texts),))
    for number, text in enumerate(readings.texts):
        for rule, start, end in judge(text):
            place = (start, end) if number == 0 else (0, len(value))
            found.setdefault(rule, Objection(rule=rule, start=place[0], end=place[1], numbers=(number,)))
    return Judgement(objections=tuple(found.values())) if found else CLEAN


def _identifier(text: str, programs: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    bare = text.strip(" ")
    if (meta := _META.search(text.strip())) and not (_VERSIONS.fullmatch(bare) or _ADDRESS.fullmatch(bare)):
        yield "word-shell", *meta.span()
    if option := _LEADING.match(text):
        yield "word-option", *option.span(1)
    for option in _OPTION.finditer(text):
        if option[1].startswith("--") or commands().risky_for_any(option[1], programs):
            yield "word-option", *option.span(1)
            break
    if found := _TRANSPORT.search(text) or _FILE.search(text):
        yield "word-option", *found.span()


def _queries(text: str) -> Iterator[tuple[str, int, int]]:
    if found := _QUERY.match(text.strip()):
        yield "word-query", *found.span()


def _text(text: str, programs: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    table = commands()
    option = _QUOTED_OPTION.match(text)
    if option and table.risky_for_any(option[1], programs) and (option[1].startswith("--") or programs):
        yield "word-option", *option.span(1)
    if not programs:
        return
    for found in _STARTS.finditer(text):
        if (
            found[1].lower()
            in table.readers | table.developers | table.shells | table.system | table.sources | _SENDERS
        ):
            yield "word-shell", *found.span()
            return
