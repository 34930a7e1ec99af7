"""The guard for values that name a file or folder.

Rungs, for each reading of the value (`readings`), for each path that the reading may mean:
1. it can be read at all: no NUL, not too long, not folded deeper than anybody would (`path-disguised`);
2. it names the local file system: no UNC, device or foreign scheme (`path-remote`);
3. it stays below a root, name by name, so that `/work` is no prefix of `/workspace` (`path-outside-roots`,
   CVE-2025-53110); without roots a path of the system is refused (`path-system`), another absolute one asked for
   (`path-undeclared`);
4. it is no credential (`path-credential`), no file that often holds secrets (`path-secret`), and, where it may be
   written, neither ours nor a host's nor executed by itself (`path-protected`);
5. where links lead is asked for (`Need`), and the answer goes through 3 and 4 (`path-link`, CVE-2025-53109).

A value is refused if any reading is: what a server makes of it is not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from sekisho.guards.objection import CLEAN, Judgement, Need, Objection, Wanted
from sekisho.guards.places import Access, innocent, places, touches
from sekisho.guards.readings import fold, liken, read, squeeze, unpercent, unpercent_strictly
from sekisho.guards.spelling import backslashes, meanings, parameters, spaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["LONGEST", "PathFacts", "judge_carefully", "judge_path", "lies", "names_of"]

LONGEST: Final = 4096
"""PATH_MAX: nothing longer can be opened."""

_PLAIN: Final = re.compile(r"[\w@+=()\[\]/.-]*+(?: [\w@+=()\[\]-][\w@+=()\[\]/.-]*+)*+(?<!\.)")
"""Values that have one reading, if no name in them ends with a dot, and what is no ASCII is read as itself."""

_ODD: Final = re.compile(
    r"(?:\A|[/\\])\.{4,}(?:/{2}|\\{2}|\\/|/\\)"
    r"|\A\s*(?:ephemeral|msl|mvg|label|caption|pango|inline|fd|vid|pipe|concatf?|subfile|crypto|async|lavfi|amovie|movie):"
    r"|\A\s*@[/~\\]",
    re.IGNORECASE,
)
"""What becomes a step upwards where a server takes `../` out, and what programs for media take for an instruction."""

_NOTHING: Final[Mapping[str, str | None]] = MappingProxyType({})
_STEPS: Final = (unpercent, unpercent_strictly, fold, liken, squeeze, backslashes, parameters, spaces)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathFacts:
    """What is known about the server's side."""

    roots: tuple[str, ...] = ()
    """Absolute folders that the server was given, each also as its real path; empty if none was declared."""

    base: str | None = None
    """Where relative paths begin; None if not known."""

    home: str | None = None
    """The user's home, for `~`."""

    caseless: bool = False
    """Whether the file system takes `A` for `a` (Windows, macOS)."""

    windows: bool = False
    """Whether names of devices count and a leading slash means the current drive."""

    shared: bool = False
    """Whether we see the same files as the server, so that links can be followed."""

    own: tuple[str, ...] = ()
    """Absolute paths of our state: neither read nor written."""


def judge_path(
    value: str, facts: PathFacts, *, access: Access = Access.WRITE, resolved: Mapping[str, str | None] = _NOTHING
) -> Judgement:
    """Judge a value as a path, or `file:` URI, or URI of a server's own whose tail may become a path.

    Args:
        value: the value.
        facts: what is known about the server's side.
        access: what the call does.
        resolved: answers to needs: the real path of each subject, None where it cannot be told.
    """
    if len(value) > LONGEST or ((":" in value or "...." in value or "@" in value) and _ODD.search(value)):
        return _refused("path-disguised", value, len(value))
    if "./" not in value and value[:1] != " " and _PLAIN.fullmatch(value) and _reads_as_itself(value):
        ground = _ground(facts)
        return ground.at_once(value, resolved) or ground.judge(value, (value,), access, resolved)
    return judge_carefully(value, facts, access=access, resolved=resolved)


def judge_carefully(
    value: str, facts: PathFacts, *, access: Access = Access.WRITE, resolved: Mapping[str, str | None] = _NOTHING
) -> Judgement:
    """Judge a value by all of its readings, whatever its form tells; the arguments are those of `judge_path`."""
    readings = read(value, _STEPS)
    if not readings.settled or any("\0" in text for text in readings.texts):
        return _refused("path-disguised", value, len(readings.texts))
    return _ground(facts).judge(value, readings.texts, access, resolved)


def _reads_as_itself(value: str) -> bool:
    return value.isascii() or value == fold(value) == liken(value) == squeeze(value)


def names_of(path: str, *, windows: bool = False) -> tuple[str, ...]:
    """Return an absolute path as its anchor and names, without `.` and `..`; the anchor alone for the root."""
    anchor, rest = _anchor(path, windows=windows)
    return (anchor or "/", *_walked((), rest)[0])


def lies(path: str, facts: PathFacts) -> tuple[str, ...]:
    """Return the rules that an absolute path breaks by where it lies, as it is written."""
    return tuple(_ground(facts).where(names_of(path, windows=facts.windows), relative=False))


def _refused(rule: str, value: str, *numbers: int) -> Judgement:
    return Judgement(objections=(Objection(rule=rule, start=0, end=len(value), numbers=numbers),))


@lru_cache(maxsize=256)
def _ground(facts: PathFacts) -> _Ground:
    return _Ground(facts)


class _Ground:
    """Facts made ready: where paths may lead, as names."""

    def __init__(self, facts: PathFacts) -> None:
        self._facts = facts
        self._roots = [self._key(names_of(root, windows=facts.windows)) for root in facts.roots]
        self._own = [self._key(names_of(path, windows=facts.windows)) for path in facts.own]
        self._base = None if facts.base is None else names_of(facts.base, windows=facts.windows)
        self._clear = () if facts.windows else tuple(filter(None, map(self._prefix, facts.roots)))
        based = None if self._base is None else f"{_joined(self._base)}/"
        self._below = based if based is not None and based.startswith(self._clear) and innocent(based[1:-1]) else None

    def _prefix(self, root: str) -> str | None:
        """Return how paths below a root begin; None if some of them are objected to for where they lie."""
        names = names_of(root)
        own = [names_of(path) for path in self._facts.own]
        systems = [part for parts in places().system.values() for part in parts]
        nested = any(names == each[: len(names)] or each == names[: len(each)] for each in own)
        above = any(_folded(names) == part[: len(names)] and len(names) < len(part) for part in systems)
        return None if nested or above or len(names) == 1 else f"{_joined(names)}/"

    def at_once(self, value: str, resolved: Mapping[str, str | None]) -> Judgement | None:
        """Judge a plain value below a root, whose names are in no table; None where more has to be looked at."""
        if "//" in value or value.endswith("/") or not innocent(value):
            return None
        if value.startswith("/"):
            where = value if value.startswith(self._clear) else None
        else:
            where = None if self._below is None or not value else self._below + value
        if where is None or not self._facts.shared:
            return None if where is None else CLEAN
        if where not in resolved:
            return Judgement(needs=(Need(Wanted.REAL_PATH, where),))
        return CLEAN if resolved[where] == where else None

    def judge(self, value: str, texts: Sequence[str], access: Access, resolved: Mapping[str, str | None]) -> Judgement:
        """Judge all readings of a value."""
        rules: dict[str, int] = {}
        needs: dict[Need, None] = {}
        for number, text in enumerate(texts):
            for meaning in meanings(text, self._facts.home):
                for found in self._one(meaning, access, resolved):
                    if isinstance(found, Need):
                        needs[found] = None
                    else:
                        rules.setdefault(found, number)
        if not rules and not needs:
            return CLEAN
        objections = (Objection(rule=rule, start=0, end=len(value), numbers=(at,)) for rule, at in rules.items())
        return Judgement(objections=tuple(objections), needs=tuple(needs))

    def _one(self, text: str | None, access: Access, resolved: Mapping[str, str | None]) -> Iterator[str | Need]:
        """Judge one path; None is one that is not on this machine."""
        if text is None:
            yield "path-remote"
            return
        anchor, rest = _anchor(text, windows=self._facts.windows)
        if anchor == "//" or (self._facts.windows and _names_a_device(rest)):
            yield "path-remote"
            return
        start = self._start(anchor)
        names, escaped = _walked(() if start is None else start[1:], rest)
        if start is None:
            yield from ["path-outside-roots"] if escaped else []
            yield from touches(("", *names), access)
            return
        path = (start[0], *names)
        yield from self.where(path, relative=not anchor)
        yield from touches(path, access)
        if self._facts.shared:
            yield from self._links(path, (*start, *rest.split("/")), access, resolved)

    def _start(self, anchor: str) -> tuple[str, ...] | None:
        """Return where the names begin to count: the anchor, or the base of relative paths."""
        match anchor:
            case "":
                return self._base
            case "\\":
                return self._base[:1] if self._base else ("/",)
            case _:
                return (anchor,)

    def _key(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(normalize("NFC", name).lower() for name in names) if self._facts.caseless else names

    def where(self, path: tuple[str, ...], *, relative: bool) -> Iterator[str]:
        """Yield the rules that a path breaks by where it lies."""
        key = self._key(path)
        if any(key[: len(own)] == own for own in self._own):
            yield "path-credential"
        if self._roots and not any(key[: len(root)] == root for root in self._roots):
            yield "path-outside-roots"
        elif self._in_system(path):
            yield "path-system"
        elif not self._roots and not (relative and self._below_base(key)):
            yield "path-undeclared"

    def _below_base(self, key: tuple[str, ...]) -> bool:
        base = self._key(self._base or ())
        return key[: len(base)] == base

    def _in_system(self, path: tuple[str, ...]) -> bool:
        """Say whether a path belongs to the system, and no root lies inside of the same part of it."""
        key = _folded(path)
        return any(
            key[: len(part)] == part and not any(_folded(root[: len(part)]) == part for root in self._roots)
            for part in places().system.get(key[:2], ())
        )

    def _links(
        self, path: tuple[str, ...], written: tuple[str, ...], access: Access, resolved: Mapping[str, str | None]
    ) -> Iterator[str | Need]:
        """Judge where links lead: from the path as it is written, and from what is left without `..`."""
        for subject in dict.fromkeys((_joined(path), _joined(written))):
            if subject not in resolved:
                yield Need(Wanted.REAL_PATH, subject)
                continue
            told = resolved[subject]
            real = None if told is None else names_of(told, windows=self._facts.windows)
            if real is None:
                yield "path-link"
            elif self._key(real) != self._key(path):
                yield from touches(real, access)
                if any(rule not in self.where(path, relative=True) for rule in self.where(real, relative=True)):
                    yield "path-link"


def _names_a_device(rest: str) -> bool:
    devices = places().devices
    return any(name.split(".")[0].split(":")[0].rstrip(" ").casefold() in devices for name in rest.split("/"))


def _folded(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in path)


def _anchor(text: str, *, windows: bool) -> tuple[str, str]:
    r"""Split off where a path begins: `/`, `c:`, `//` for other machines and devices, `\` for the current drive."""
    if windows:
        text = text.replace("\\", "/")
    if text[1:2] == ":" and text[0].isascii() and text[0].isalpha() and (windows or text[2:3] == "/"):
        return text[:2].casefold(), text[2:]
    if windows and text.startswith("//"):
        return "//", text[2:]
    if text.startswith("/"):
        return ("\\" if windows else "/"), text
    return "", text


def _walked(start: Sequence[str], rest: str) -> tuple[list[str], bool]:
    """Walk names from `start`; say whether `..` went above the very beginning."""
    names = list(start)
    escaped = False
    for name in rest.split("/"):
        if name == "..":
            escaped = escaped or not names
            del names[-1:]
        elif name and name != ".":
            names.append(name)
    return names, escaped


def _joined(path: tuple[str, ...]) -> str:
    """Write a path down for a shell, with `..` where it has them."""
    anchor, *names = path
    return f"{'' if anchor == '/' else anchor}/{'/'.join(name for name in names if name)}"
