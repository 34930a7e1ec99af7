"""What a program writes to and loads code from, among its words: `data/written.toml`, made ready, and read with them.

Words are read as their program reads them: options take the next word or have their value attached, letters may be put
together, `--` ends options. What no table knows is an operand or an option without a value.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from sekisho.guards.interpreted import module
from sekisho.guards.runners import PYTHONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Role", "Used", "Written", "starts", "used", "written"]

Role: TypeAlias = Literal["written", "code", "folder", "mount", "deleted", "linked", "beside"]
"""What becomes of a file or folder. A `folder` is where the program works, `linked` what a link is to lead to, and
`beside` a new folder of the project."""

_ROLES: Final[Mapping[str, Role]] = {"=": "written", "!": "written", "<": "code", "@": "folder", "%": "mount"}
_KINDS: Final = frozenset({"all", "end", "first", "last", "rest", "second"})
_SHORTEST: Final = 5
"""Characters of a long option that is shortened."""

_DELETING: Final = frozenset({"rm", "rmdir", "trash"})
_STARTS: Final = ("-", "(", "!", ")")
_EXTRACTS: Final = frozenset({"--extract", "--get"})
_STORES: Final = frozenset({"--create", "--append", "--update", "--concatenate", "--catenate", "--delete"})
_LETTERS: Final = re.compile(r"-[A-Za-z]\w*")
_SYMBOLIC: Final = re.compile(r"-[a-zA-Z]*s|--symbolic$")


@dataclass(frozen=True, slots=True)
class Used:
    """A word, and what becomes of the file or folder that it names."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a program does with its words."""

    kind: str = ""
    """Which operands are written; none if empty."""

    options: Mapping[str, str] = field(default_factory=dict[str, str])
    """Options that take a value, with the mark that tells what becomes of it."""

    only: tuple[str, ...] = ()
    """Options without which no operand is written."""

    single: bool = False
    """Whether letters are never put together."""

    reads: bool = False
    """Whether the folder in which it works is only read."""

    names: tuple[str, ...] = ()
    """Variables among its words whose values are written."""


_LINKS: Final = Written(options={"-t": "!", "--target-directory": "!", "-S": ":", "--suffix": ":"})
_WORKTREE: Final = Written(options={"-b": ":", "-B": ":", "--reason": ":"})
_ARCHIVES: Final = Written(
    options={
        "-C": "@",
        "--directory": "@",
        "--one-top-level": "@",
        "-f": "=",
        "--file": "=",
        **dict.fromkeys((f"-{letter}" for letter in "bFgHIKLNTVX"), ":"),
    }
)


@cache
def written() -> dict[str, Written]:
    """Return the table, read from the package once."""
    text = files("sekisho").joinpath("data", "written.toml").read_text(encoding="utf-8")
    document = cast("dict[str, dict[str, list[str]]]", tomllib.loads(text))
    assigned = document["assigned"]
    names = [*document["written"], *(name for name in assigned if name not in document["written"])]
    return {name: _made(document["written"].get(name, []), tuple(assigned.get(name, ()))) for name in names}


def used(plain: str, texts: Sequence[str]) -> Iterator[Used]:
    """Yield what a program writes to, and loads code from.

    Args:
        plain: its name.
        texts: its words.
    """
    if plain == "tar":
        yield from _by_tar(texts)
    elif plain == "find":
        yield from (Used(each, "deleted") for each in starts(texts) if "-delete" in texts)
    elif plain == "ln" or (plain == "cp" and any(map(_SYMBOLIC.match, texts))):
        yield from _by_ln(texts)
    elif plain == "git" and texts[:2] == ["worktree", "add"]:
        yield from (Used(each, "beside") for each in _read(_WORKTREE, texts[2:])[1][:1])
    else:
        if plain in PYTHONS and (at := module(texts)) is not None:
            plain, texts = f"python -m {texts[at]}", texts[at + 1 :]
        known = written().get(plain)
        yield from () if known is None else _by_table(plain, known, texts)


def _made(tokens: Sequence[str], names: tuple[str, ...]) -> Written:
    return Written(
        kind=next((each for each in tokens if each in _KINDS), ""),
        options={each[:-1]: each[-1] for each in tokens if each[0] == "-" and each[-1] != "+"},
        only=tuple(each[:-1] for each in tokens if each[-1] == "+"),
        single="single" in tokens,
        reads="reads" in tokens,
        names=names,
    )


def _by_table(plain: str, known: Written, texts: Sequence[str]) -> Iterator[Used]:
    taken, operands = _read(known, texts)
    if operands and (sub := written().get(f"{plain} {operands[0]}")) is not None:
        at = texts.index(operands[0])
        before, after = _read(known, texts[:at])[0], _read(sub, texts[at + 1 :])
        known, taken, operands = sub, [*before, *after[0]], after[1]
    for mark, value in taken:
        if (role := _ROLES.get(mark)) is not None and not (role == "folder" and known.reads):
            yield Used(value, role)
    for name, equals, value in (each.partition("=") for each in operands if known.names):
        if equals and name in known.names:
            yield Used(value, "written")
    if known.only and not any(_has(known, text) for text in texts):
        return
    marks = {mark for mark, _ in taken}
    if "!" not in marks:
        role = "deleted" if plain in _DELETING else "written"
        yield from (Used(each, role) for each in _chosen(known.kind, operands, given="^" in marks))


def _has(known: Written, text: str) -> bool:
    """Say whether a word is an option without which no operand is written, alone or among other letters."""
    if text.startswith(known.only):
        return True
    for letter in text[1:] if text.startswith("-") else "":
        if f"-{letter}" in known.only:
            return True
        if not letter.isalpha() or f"-{letter}" in known.options:
            return False
    return False


def _chosen(kind: str, operands: Sequence[str], *, given: bool) -> Sequence[str]:
    """Return the operands that are written; `given` where an option stands in place of the first."""
    match kind:
        case "all":
            return operands
        case "last":
            return operands[1:][-1:]
        case "end":
            return operands[-1:]
        case "rest":
            return operands if given else operands[1:]
        case "first":
            return operands[:1]
        case "second":
            return operands[1:2]
        case _:
            return ()


def _read(known: Written, texts: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the values of options with their marks, and the operands."""
    taken: list[tuple[str, str]] = []
    operands: list[str] = []
    at = 0
    while at < len(texts):
        text = texts[at]
        at += 1
        if text == "--":
            operands += texts[at:]
            break
        if not text.startswith("-") or text == "-":
            operands.append(text)
            continue
        mark, value = _option(known, text)
        if mark and value is None:
            if text.startswith("--") and texts[at : at + 1] and texts[at].startswith("--"):
                continue  # the value is optional, or the option only begins like one that takes a value
            value, at = texts[at] if at < len(texts) else "", at + 1
        if mark:
            taken.append((mark, value or ""))
    return taken, operands


def _option(known: Written, text: str) -> tuple[str, str | None]:
    """Return the mark of an option, empty if it takes no value, and the value where it is attached."""
    name, equals, value = text.partition("=")
    if (mark := known.options.get(name)) is not None:
        return mark, value if equals else None
    if text.startswith("--"):
        longer = (mark for option, mark in known.options.items() if option.startswith(name))
        return (next(longer, ""), value if equals else None) if len(name) >= _SHORTEST else ("", None)
    letters = text[1:2] if known.single else text[1:]
    for at, letter in enumerate(letters, 2):
        if (mark := known.options.get(f"-{letter}")) is not None:
            return mark, text[at:].removeprefix("=") or None
    return "", None


def _by_tar(texts: Sequence[str]) -> Iterator[Used]:
    """Yield the folder into which an archive is unpacked, or the archive that is made."""
    first = texts[:1] and not texts[0].startswith("-")
    modes = texts[0] if first else ""
    rest = [*_unfolded(texts[0], texts[1:])] if first else texts
    taken, _ = _read(_ARCHIVES, rest)
    modes += "".join(text for text in rest if _LETTERS.fullmatch(text))
    longs = {text for text in rest if text.startswith("--")}
    if "x" in modes or not _EXTRACTS.isdisjoint(longs):
        yield from (Used(value, "written") for mark, value in taken if mark == "@")
    elif not _STORES.isdisjoint(longs) or not {*"cruA"}.isdisjoint(modes):
        yield from (Used(value, "written") for mark, value in taken if mark == "=")


def _unfolded(letters: str, texts: Sequence[str]) -> Iterator[str]:
    """Yield the words of `tar xfC a.tar b` as those of `tar -f a.tar -C b`: values come in the order of the letters."""
    taking = [letter for letter in letters if f"-{letter}" in _ARCHIVES.options]
    for letter, text in zip(taking, texts, strict=False):
        yield from (f"-{letter}", text)
    yield from texts[len(taking) :]


def _by_ln(texts: Sequence[str]) -> Iterator[Used]:
    """Yield where links are made, and what they lead to: seen from there, if they hold no more than a name."""
    taken, operands = _read(_LINKS, texts)
    folders = [value for mark, value in taken if mark == "!"]
    yield from (Used(each, "written") for each in folders or operands[1:][-1:])
    symbolic = any(_SYMBOLIC.match(text) for text in texts)
    where = folders[0] if folders else operands[-1].rpartition("/")[0] if len(operands) > 1 else ""
    for each in operands if folders or len(operands) == 1 else operands[:-1]:
        relative = symbolic and where and not each.startswith(("/", "~", "$"))
        yield Used(f"{where}/{each}" if relative else each, "linked")


def starts(texts: Sequence[str]) -> Sequence[str]:
    """Return the folders in which `find` begins."""
    at = 0
    while at < len(texts) and texts[at] in {"-H", "-L", "-P"}:
        at += 1
    end = next((end for end in range(at, len(texts)) if texts[end].startswith(_STARTS)), len(texts))
    return texts[at:end] or (".",)
