r"""The guard for values that are no command, and end in one: paths, addresses, hosts, what nobody knows, content.

- `word-shell`: a second command behind the value (`a.mp4; touch x`), one inside of it (`$(…)`), or one behind a
  quotation mark that ends the word in which a server puts the value (`"; touch x; "`);
- `word-option`: a path, an address or a host that the program behind the tool would take for an option.

File names and addresses honestly hold `&`, `;`, `'` and brackets, and texts hold all of it. So a second command counts
where its program is one that acts (`_ACTING`), or a known one with words that look like a command's: an option, a path.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from sekisho.guards.commands import commands, plain_name
from sekisho.guards.glance import Glance, has_sign
from sekisho.guards.objection import CLEAN, Judgement, Objection
from sekisho.guards.readings import fold, liken, parts, read, squeeze, unpercent
from sekisho.guards.spliced import begins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from re import Match

__all__ = ["LONGEST", "judge_address", "judge_file", "judge_message", "judge_phrase"]

LONGEST: Final = 4096
"""Characters of a value that are read: what is longer is no word of a command line."""

_SHOWING: Final = frozenset({"ls", "open", "printenv", "sleep", "uname", "whoami"})
_ACTING: Final = _SHOWING | frozenset({
    "bash", "calc", "chmod", "chown", "cp", "curl", "dash", "dd", "gnome-calculator", "kill", "killall", "ksh", "ln",
    "mkdir", "mkfifo", "mv", "nc", "ncat", "nslookup", "osascript", "pkill", "powershell", "pwsh", "rm", "rmdir", "scp",
    "sh", "ssh", "sudo", "tee", "telnet", "touch", "wget", "xcalc", "xdg-open", "zsh",
})  # fmt: skip
"""Programs that need no more than their name: hardly words of a language, or what every attack is tried with."""

_TELLING: Final = frozenset({"hostname", "id", "ps", "pwd"})
"""The same, behind what joins commands only."""

_OTHERS: Final = frozenset({"break", "continue", "let", "local", "return", "shift"})
"""Words that a shell shares with other languages, and that start nothing and set nothing outside of themselves."""

_SIGNS: Final = "\n;`&|$<>%\r"
_WIDE: Final = "\uff04\uff06\uff1b\uff1c\uff1e\uff40\uff5c\u037e"
_SIGNS_OF_ADDRESSES: Final = "\n;`|<>\r"
_DASHED: Final = re.compile(r"[\s\"']*[-\uff0d]")
_DASHES: Final = re.compile(r"\s--")
_BETWEEN_PARTS: Final = re.compile(r"&(?:&|[^=&\s]{0,64}[ \t$])|\$[({I]")
_QUOTED: Final = re.compile(r"[\"']\s{0,8}[;|&\r\n]")

_PROGRAM: Final = r"[ \t]{0,8}\{?(?:[^\s;|&`()<>'\"]{0,200}/)?(?P<program>[A-Za-z][\w.+-]{0,40})"
_GAP: Final = r"(?:[ \t]|\$\{?IFS\b\}?(?:\$9)?|,(?=[^\s,}]{1,200}\}))"
_COMPARED: Final = r"(?![ \t]{0,8}(?:[=!<>]=|=|(?:eq|ne|is|in|like)\b))"
_BEHIND: Final = rf"{_COMPARED}(?=({_GAP}+[^\s;|&]|[<>])|\s{{0,8}}(?:[;|&#`\"'}}\\\r\n]|\Z))"
_CHAINED: Final = re.compile(rf"(;|\r|\n|\|\|?|&&?){_PROGRAM}{_BEHIND}")
_ENDED: Final = re.compile(rf"(\\?)([\"'])\s{{0,8}}(;|\|\|?|&&?|[\r\n]){_PROGRAM}{_BEHIND}")
_INSIDE: Final = re.compile(
    rf"(\$\(|<\(|`(?:(?<=[^\s`]`)|(?<=\A`))){_PROGRAM}(?=({_GAP}+[^\s;|&]|[<>])|\s{{0,8}}[;|&)`])"
)
_WORDS: Final = re.compile(
    rf"{_GAP}{{1,8}}(?:([~/$]|-{{1,2}}[A-Za-z])|[^\s;|&]{{0,200}}[/=\\][^\s;|&]|[^\s;|&]{{1,200}}\.\w"
    rf"|[^\s;|&]{{1,200}}{_GAP}{{1,8}}(?:-{{1,2}}[A-Za-z]|\w{{1,40}}=\S))"
)
"""Words that look like those of a command: an option or a path (the group), a setting, the name of a file."""

_SUBSTITUTED: Final = re.compile(r"\$\([^)]|[<>]\(|`[^`]*`|\$\{?IFS\b")
_JOINT: Final = re.compile(r"(?<!&)&(?!&)")
"""What stands between the parts of a query."""

_REDIRECTED: Final = re.compile(r"[<>][ \t]{0,8}(?:/|~/|\.\./|&\d)")
_OPTION: Final = re.compile(r"\A\s{0,8}[\"']?(-{1,2}[A-Za-z][\w-]{0,40}(?:=\S{0,400})?)")
_LATER_OPTION: Final = re.compile(r"\s(--[A-Za-z][\w-]{0,40}=)")
_SCRIPTED: Final = re.compile(r"[\"']\s{0,8}[&;\n]\s{0,8}\(?\s{0,8}do\s{1,8}shell\s{1,8}script\b", re.IGNORECASE)
"""What joins a command to a text of AppleScript."""

_REOPENED: Final = re.compile(
    r"\A[^\"'\n]{0,400}+([\"'])\s{0,8}(?:;|&&|\|\|?)\s{0,8}[^\"'\n]{1,400}(?:;|&&|\||#)\s{0,8}(?:\1\s{0,8})?\Z"
)
"""A quotation mark, a command, and what takes up the rest: nothing that is quoted looks like it."""

_CLOSED: Final = re.compile(r"[\"']\s{0,8}[;&|]")
_BEGUN: Final = re.compile(r"\A\s{0,8}(?:;|&&|\|\|?)\s{0,8}[A-Za-z/.~$]")
"""An operator at the very beginning, behind which a command follows."""

_STEPS: Final = (unpercent, fold, liken, squeeze)

_Found = tuple[str, int, int]


def judge_file(value: str, programs: Sequence[str] = ()) -> Judgement:
    """Judge a value that is a path, or a list of paths.

    Args:
        value: the value.
        programs: what runs behind the tool, if it is known: its options are looked for, else those of all programs.
    """
    text = value[:LONGEST]
    if not _is_suspect(text):
        return CLEAN
    return _judgement(text, len(value), lambda each: _file(each, programs), spelled=True)


def judge_address(value: str, *, host: bool = False) -> Judgement:
    """Judge a value that is an address or a host; what is written with percent signs in it is payload.

    Args:
        value: the value.
        host: whether it is a host, which has no parts with `&` between them.
    """
    text = value[:LONGEST]
    if not (_is_suspect(text) if host else _is_suspect_address(text)):
        return CLEAN
    return _judgement(text, len(value), lambda each: _address(each, host=host), spelled=False)


def judge_phrase(value: str, *, alternates: bool = False, runs: bool = False) -> Judgement:
    """Judge words of which nobody knows what becomes.

    Args:
        value: the words.
        alternates: whether `|` stands between alternatives, as in a pattern.
        runs: whether the tool is for a program, so that they are no prose.
    """
    text = value[:LONGEST]
    if not _is_suspect(text):
        return CLEAN
    plain = not runs and "%" not in text and text.isascii()
    if plain and not _GLANCE.may_match(text) and _reopened(text) is None:
        return CLEAN
    follows = _follows_no_bar if alternates else _follows
    return _judgement(text, len(value), lambda each: _phrase(each, follows, runs=runs), spelled=True, short=_short)


def judge_message(value: str) -> Judgement:
    r"""Judge content that a tool may put into a command between quotation marks: a commit's message.

    It may speak of commands as it likes, also with quotation marks of its own around them. It may not end the
    quotation in which it stands, and go on with a command: `fix"; touch x; "`, and the same behind a backslash, which
    undoes that of a server. Nor may it hold `$(…)` with a program that acts.
    """
    text = value[:LONGEST]
    if not ("$" in text and "$(" in text) and _QUOTED.search(text) is None:
        return CLEAN
    return _judgement(text, len(value), _message, spelled=False)


def _is_suspect(text: str) -> bool:
    """Say whether a text has what every one has that is objected to, and most have not."""
    return (
        has_sign(text, _SIGNS)
        or _DASHED.match(text) is not None
        or ("--" in text and _DASHES.search(text) is not None)
        or (not text.isascii() and has_sign(text, _WIDE))
    )


def _is_suspect_address(text: str) -> bool:
    """Say the same of an address, in which signs stand by right."""
    return (
        has_sign(text, _SIGNS_OF_ADDRESSES)
        or _DASHED.match(text) is not None
        or ("--" in text and _DASHES.search(text) is not None)
        or (has_sign(text, "&$") and _BETWEEN_PARTS.search(text) is not None)
    )


def _judgement(
    text: str,
    size: int,
    judge: Callable[[str], Iterator[_Found]],
    *,
    spelled: bool,
    short: Callable[[str], bool] | None = None,
) -> Judgement:
    """Judge the readings of a value.

    Args:
        text: what of the value is read.
        size: how long the value is.
        judge: yields what there is to object to in a text.
        spelled: whether it may be spelled in another way.
        short: says whether there may be something in a part of a text, whatever stands around it.
    """
    others: tuple[str, ...] = ()
    if spelled and ("%" in text or not text.isascii()):
        pieces = parts(text, _STEPS) if short else None
        if short and pieces is not None and not any(map(short, pieces)):
            return CLEAN
        others = read(text, _STEPS).texts[1:]
    found: dict[str, Objection] = {}
    for number, each in enumerate((text, *others)):
        for rule, start, end in judge(each):
            place = (start, end) if number == 0 else (0, size)
            found.setdefault(rule, Objection(rule=rule, start=place[0], end=place[1], numbers=(number,)))
    return Judgement(objections=tuple(found.values())) if found else CLEAN


def _file(text: str, programs: Sequence[str]) -> Iterator[_Found]:
    yield from _place(text, text)
    if (found := _OPTION.match(text)) and ("=" in found[1] or commands().risky_for_any(found[1], programs)):
        yield "word-option", *found.span(1)


def _address(text: str, *, host: bool) -> Iterator[_Found]:
    yield from _place(text, text if host else _JOINT.sub("_", text))
    if found := _OPTION.match(text):
        yield "word-option", *found.span(1)


def _place(text: str, read: str) -> Iterator[_Found]:
    found = _SUBSTITUTED.search(text) or _REDIRECTED.search(text) or _chained(text) or _SCRIPTED.search(text)
    span = found.span() if found else begins(read)
    if span:
        yield "word-shell", *span
    if option := _LATER_OPTION.search(text):
        yield "word-option", *option.span(1)


def _short(text: str) -> bool:
    """Say whether there may be something to object to in a part of a phrase: a known program where one may begin."""
    if begins(text, short=True) or _LATER_OPTION.search(text) or _CLOSED.search(text) or _BEGUN.match(text):
        return True
    every = (found for pattern in (_CHAINED, _INSIDE) for found in pattern.finditer(text))
    return any(plain_name(found["program"]) in _named() for found in every)


def _phrase(text: str, follows: Callable[[Match[str]], bool], *, runs: bool) -> Iterator[_Found]:
    found = (_first(_CHAINED, text, follows) or _first(_INSIDE, text, _starts)) if _GLANCE.may_match(text) else None
    found = found or _reopened(text) or (_BEGUN.match(text) if runs else None)
    span = found.span() if found else begins(text) if runs else None
    if span:
        yield "word-shell", *span
    if runs and (option := _LATER_OPTION.search(text)):
        yield "word-option", *option.span(1)


def _reopened(text: str) -> Match[str] | None:
    double, single = text.find('"'), text.find("'")
    first = single if double < 0 or 0 <= single < double else double
    # it begins in the first line
    return _REOPENED.match(text) if first >= 0 and text.find("\n", 0, first) < 0 else None


def _message(text: str) -> Iterator[_Found]:
    found = (_first(_ENDED, text, _ends) or _first(_INSIDE, text, _acts)) if _GLANCE.may_match(text) else None
    if found := found or _SCRIPTED.search(text):
        yield "word-shell", *found.span()


def _chained(text: str) -> Match[str] | None:
    return _first(_CHAINED, text, _follows) if _GLANCE.may_match(text) else None


def _first(pattern: re.Pattern[str], text: str, counts: Callable[[Match[str]], bool]) -> Match[str] | None:
    named = _named()
    return next(
        (each for each in pattern.finditer(text) if plain_name(each["program"]) in named and counts(each)), None
    )


def _begun() -> str:
    """Return what a text matches that may hold a known program where one may begin; it may say too much.

    Behind what only joins, programs that need more than their name have words like those of a command (`_WORDS`).
    """
    acting = _ACTING | _TELLING
    place = r"[ \t]*\{?(?:[^\s;|&`()<>'\"]*/)?"
    end = r"(?:\.exe)?(?:[^\w.+-]|\z)"
    gap = r"(?:[ \t,]|\$\{?IFS\}?(?:\$9)?)+"
    words = rf"(?:[~/$]|--?[a-z]|[^\s;|&]*[/=\\]|[^\s;|&]+(?:\.(?:\w|[^\x00-\x7f])|{gap}(?:--?[a-z]|[^\s;|&]*=)))"
    return (
        rf"[;|&`\r\n]{place}(?:{_any_of(acting)}){end}|[$<]\({place}(?:{_any_of(_named())}){end}"
        rf"|[;|&\r\n]{place}(?:{_any_of(_named() - acting)})(?:\.exe)?{gap}{words}"
    )


def _any_of(names: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(name for name in names if name[0].isalpha())))


_GLANCE: Final = Glance(_begun)


def _follows(found: Match[str]) -> bool:
    """Say whether a command begins behind an operator: `operator, program, words`."""
    operator, program, words = found.groups()
    name = plain_name(program)
    if name in _ACTING:
        return words is not None or operator in {";", "&&", "||"}
    return (name in _TELLING and operator in {"&&", "||"}) or _is_command(found, program)


def _follows_no_bar(found: Match[str]) -> bool:
    """Say the same where `|` divides alternatives."""
    return found[1] != "|" and _follows(found)


def _starts(found: Match[str]) -> bool:
    """Say whether a substitution starts a program; backticks are also those of a text's own quotation marks."""
    begin, program, words = found.groups()
    if words is None and program.isupper():  # a variable of `make`
        return False
    return plain_name(program) in (_ACTING if begin == "`" else _known())


def _acts(found: Match[str]) -> bool:
    begin, program, words = found.groups()
    return begin == "$(" and words is not None and plain_name(program) in _ACTING - _SHOWING


def _ends(found: Match[str]) -> bool:
    """Say whether a quotation mark ends the quotation around the whole text, and a command follows."""
    escaped, mark, _, program, _ = found.groups()
    before = found.string[: found.start(2)]
    closes = before.count(mark) % 2 == 0 or (escaped and before[:-1].count("\\" + mark) % 2 == 0)
    return bool(closes) and (plain_name(program) in _ACTING or _is_command(found, program))


def _is_command(found: Match[str], program: str) -> bool:
    """Say whether a known program has words like those of a command; more so behind `&`: `copy & paste a.txt`.

    A line of a traceback begins with `File`: one that only shows counts as it is called, not with a capital.
    """
    name = plain_name(program)
    if name in _OTHERS or (program.istitle() and name in commands().readers):
        return False
    words = _WORDS.match(found.string, found.end()) if name in _known() else None
    return words is not None and (found[1] != "&" or words[1] is not None)


@cache
def _known() -> frozenset[str]:
    table = commands()
    return table.known | table.interpreters | table.sources | table.system | table.wrappers | _ACTING


@cache
def _named() -> frozenset[str]:
    """Return every program that is objected to behind anything."""
    return _known() | _TELLING
