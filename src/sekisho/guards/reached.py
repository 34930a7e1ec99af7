"""Where a command leads, and whether that is below the folders that the server was given.

What a program writes to (`operands`), what output is redirected to, and what a link is made to lead to is judged as a
path that a tool is told to write; so is what a program loads code from, though not where programs are installed.
Everybody may write where temporary files lie. Files that a command only reads are no matter of this module.
A shell that is told to go elsewhere stands there from then on; where it cannot be told whether it went, it may stand
at both places. What a variable holds is known where the command sets it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, cast

from sekisho.guards.awk import AWKS, written
from sekisho.guards.bash import parse
from sekisho.guards.commands import commands, plain_name
from sekisho.guards.evaluated import written_by_sed
from sekisho.guards.inner import APPENDING, commands_in
from sekisho.guards.manners import FINDERS
from sekisho.guards.meter import Steps
from sekisho.guards.operands import Used, starts, used
from sekisho.guards.outward import may_leave
from sekisho.guards.path import lies, names_of
from sekisho.guards.script import Word
from sekisho.guards.strides import Strides
from sekisho.guards.variables import PLACES, printed, substituted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.guards.operands import Role
    from sekisho.guards.path import PathFacts
    from sekisho.guards.script import Program, Script
    from sekisho.guards.strides import Stands

__all__ = ["leaving"]

_LEADING: Final = ("/", "..", "~", "$", "`", "\\", ":")
_DEPTH: Final = 4
_GOING: Final = frozenset({"cd", "chdir", "popd", "pushd"})
_ITSELF: Final = frozenset({"builtin", "command"})
"""Before these a shell does itself what it does without them."""

_VALUES: Final = 8
"""What a variable may hold in one command."""

_TARGETS: Final = 64
_WORDS: Final = 4096
_LOOP: Final = re.compile(r"\bfor\s+(\w+)\s+in\s+([^;\n]{1,1000})")
_BRACES: Final = re.compile(r"\{([^{}]*,[^{}]*)\}")
_ABSOLUTE: Final = re.compile(r"/|~|[A-Za-z]:[\\/]")
_ELSEWHERE: Final = re.compile(r"[\w.@-]{2,}:|[a-z][a-z0-9+.-]*://")
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
_MOUNT: Final = re.compile(r"((?:[A-Za-z]:)?[^:]*):[^:]*(?::(.*))?")
_OUTSIDE: Final = "path-outside-roots"
_NESTED: Final = 3
_UNKNOWN: Final = re.compile(r"\0|`|\$[({\w?@*#!]")
_HERE: Final = re.compile(r"\A(?:\$\(pwd\)|`pwd`)(?=/|\Z)")
_LISTING: Final = frozenset({"echo", "fd", "fdfind", "find", "ls", "printf"})
_C: Final = re.compile(r"-\w*c")
_REMOTE: Final = frozenset({"kubectl"})
"""What they start runs on another machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Free:
    """Places that need not be below a root."""

    written: tuple[tuple[str, ...], ...]
    """Anybody may write here."""

    kept: tuple[tuple[str, ...], ...]
    """Below a home: may be deleted, and given to a container."""

    installed: tuple[tuple[str, ...], ...]
    """Code may be loaded from here."""


@cache
def _free() -> _Free:
    """Return the table, read from the package once."""
    import tomllib  # noqa: PLC0415 - few commands lead outwards

    text = files("sekisho").joinpath("data", "written.toml").read_text(encoding="utf-8")
    lists = cast("dict[str, dict[str, list[str]]]", tomllib.loads(text))["places"]
    free, kept, installed = (tuple(map(names_of, lists[name])) for name in ("free", "kept", "installed"))
    return _Free(written=free, kept=kept, installed=installed)


def leaving(text: str, script: Script, facts: PathFacts | None) -> Sequence[str]:
    """Return the rules that a command breaks by where it leads.

    Args:
        text: the command.
        script: what it does.
        facts: where the server may work, and where it begins; None where its files are none of ours.
    """
    if facts is None or not (may_leave(text) or any(map(_goes_on, script.programs))):
        return ()
    walk = _Walk(facts)
    walk.through(text, script, walk.begin, 0)
    return tuple(walk.found)


class _Walk:
    """One way through a command; what it breaks."""

    def __init__(self, facts: PathFacts) -> None:
        self.facts = facts
        self.begin = frozenset({facts.base})
        self.contained = facts.base is not None and not lies(facts.base, facts)
        self.found: dict[str, None] = {}
        self.steps = Steps()
        self.variables: dict[str, tuple[str, ...]] = {**PLACES}

    def through(self, text: str, script: Script, begin: Stands, depth: int) -> None:
        """Judge all that a command does."""
        for name, value in zip(script.variables, script.values, strict=True):
            self._set(name, () if value is None else self._filled(value))
        for name, listed in _LOOP.findall(text):
            self._set(name, listed.split())
        strides = Strides(text, begin)
        for at, program in enumerate(script.programs):
            plain, words = _meant(program)
            if plain == "read":
                self._read(words, script.programs)
            elif plain == "printf" and (put := printed(words)) is not None:
                self._set(put[0], self._filled(put[1]))
            stands = strides.at(program.start)
            for going, given in _steps(plain, words):
                self.variables["OLDPWD"] = tuple(stand for stand in strides.at(program.end) if stand is not None)
                strides.go(program.end, self._gone(going, given, strides.at(program.end)) or strides.everywhere)
            fed = script.programs[max(0, at - len(program.fed)) : at]
            self._program(plain, words, stands, fed, depth)
        targets = {word.text: word for word in script.targets}
        for word in targets.values():
            for stands in strides.where(word.text) if len(targets) <= _TARGETS else (strides.everywhere,):
                self._use(Used(word.text, "written"), (word,), stands)
        if strides.lost:
            self.found[_OUTSIDE] = None

    def _set(self, name: str, values: Sequence[str]) -> None:
        """Note what a variable may hold."""
        known = dict.fromkeys((*self.variables.get(name, ()), *values))
        outwards = [each for each in known if _leads(each)]
        if len(outwards) > _VALUES:
            self.found[_OUTSIDE] = None
        self.variables[name] = tuple(dict.fromkeys((*outwards, *known)))[:_VALUES]

    def _program(self, plain: str, words: Sequence[Word], stands: Stands, fed: Sequence[Program], depth: int) -> None:
        texts = self._spelled(words)
        for each in (*used(plain, texts), *_told(plain, words)):
            self._use(each, words, stands)
        if depth >= _DEPTH or plain in _REMOTE:
            return
        if plain in commands().shells or plain == "eval":
            given = texts if plain == "eval" else [text for flag, text in pairwise(texts) if _C.fullmatch(flag)][:1]
            nested = " ".join(given)
            self.through(nested, parse(nested), stands, depth + 1)
            return
        for inner in commands_in(plain, words):
            if not self.steps.take():
                self.found[_OUTSIDE] = None
                return
            if inner:
                behind = _handed(plain, words, inner[1:], fed)
                self._program(plain_name(inner[0].text), behind, stands, fed, depth + 1)

    def _spelled(self, words: Sequence[Word]) -> list[str]:
        """Return the texts of words, with braces spelled out."""
        texts = [word.text for word in words]
        if any("{" in text for text in texts):
            spelled = (each for text in texts for each in _alternatives(text, _NESTED) if each or not text)
            texts = [*islice(spelled, _WORDS)]
            if len(texts) == _WORDS:
                self.found[_OUTSIDE] = None
        return texts

    def _read(self, names: Sequence[Word], programs: Sequence[Program]) -> None:
        """Note what a loop may read: the places of which the same command makes a list."""
        listed = (word.text for each in programs if plain_name(each.name.text) in _LISTING for word in each.words)
        outwards = [text for text in listed if _leads(text)]
        for name in names if outwards else ():
            self._set(name.text, outwards)

    def _gone(self, plain: str, words: Sequence[Word], stands: Stands) -> Stands:
        """Return where a shell stands that was told to go elsewhere; nowhere if it goes back."""
        operands = [word for word in words if not word.text.startswith("-") or word.text == "-"]
        if plain == "popd" or (operands and operands[0].text == "-"):
            return frozenset()
        if not operands:
            return frozenset({self.facts.home})
        places = {
            None if partial else self._absolute(text, stand)
            for text, partial in self._expanded(operands[0].text, operands[:1])
            for stand in stands
        }
        return frozenset(places or {None})

    def _filled(self, value: Word) -> tuple[str, ...]:
        """Return what a variable may hold."""
        return tuple(text for text, partial in self._expanded(value.text, (value,)) if not partial)

    def _use(self, each: Used, words: Sequence[Word], stands: Stands) -> None:
        """Judge one file or folder, wherever the shell may stand."""
        if self.contained and stands is self.begin and not any(sign in each.text for sign in _LEADING):
            return
        for part in _parts(each):
            for text, partial in self._expanded(part, words):
                for stand in stands:
                    path = self._absolute(text, stand)
                    if path is not None:
                        self._judge(path, each.role, partial=partial, relative=not _ABSOLUTE.match(text))

    def _judge(self, path: str, role: Role, *, partial: bool, relative: bool) -> None:
        facts, names = self.facts, names_of(path, windows=self.facts.windows)
        rules = [rule for rule in lies(path, facts) if rule != "path-undeclared"]
        roots = [names_of(root, windows=facts.windows) for root in facts.roots]
        # what follows a part may lead into a root
        if rules and not (partial and any(root[: len(names)] == names for root in roots)):
            home = None if facts.home is None else names_of(facts.home, windows=facts.windows)
            if not _is_free(names, role, home) and not (role == "code" and not roots):
                beside = role == "beside" or (role == "linked" and relative)
                if not (beside and any(_beside(names, root) for root in roots)):
                    self.found.update(dict.fromkeys(rules))

    def _absolute(self, text: str, stand: str | None) -> str | None:
        """Return a path from the top; None where it is not known where it begins."""
        if text[:1] == "~":
            user, slash, rest = text[1:].partition("/")
            home = self.facts.home or "/home/user"
            return f"{home}{slash}{rest}" if not user else f"/home/{user}{slash}{rest}"
        if _ABSOLUTE.match(text):
            return text
        return None if stand is None else f"{stand}/{text}"

    def _expanded(self, text: str, words: Sequence[Word]) -> Iterator[tuple[str, bool]]:
        """Yield what a text may stand for, and whether more may follow that nobody knows."""
        texts = [text]
        if "$" in text and any(not word.literal for word in words):
            texts = [*islice(substituted(text, self.variables), _VALUES)]
        for each in texts:
            known, *unknown = _UNKNOWN.split(_HERE.sub(".", each), maxsplit=1)
            if not unknown:
                yield known, False
            elif "/" in known:
                yield known.rpartition("/")[0] or "/", True


def _meant(program: Program) -> tuple[str, Sequence[Word]]:
    """Return what a program is called, and its words, without what changes nothing before it."""
    plain, words = plain_name(program.name.text), program.words
    while (
        plain in _ITSELF
        and (at := next((at for at, word in enumerate(words) if word.text[:1] != "-"), None)) is not None
    ):
        plain, words = plain_name(words[at].text), words[at + 1 :]
    return plain, words


def _goes_on(program: Program) -> bool:
    """Say whether a program leads to more than its text tells: home, or to a command that another shell reads."""
    plain, words = _meant(program)
    if plain in _GOING:
        return all(word.text[:1] == "-" for word in words)
    return plain in commands().shells or plain == "eval"


def _steps(plain: str, words: Sequence[Word]) -> Iterator[tuple[str, Sequence[Word]]]:
    """Yield the steps to other folders that a program takes, also those that the same shell reads in its words."""
    if plain in _GOING:
        yield plain, words
    elif plain == "eval":
        nested = map(_meant, parse(" ".join(word.text for word in words)).programs)
        yield from (each for each in nested if each[0] in _GOING)


def _told(plain: str, words: Sequence[Word]) -> Iterator[Used]:
    """Yield what is written to by a program in the words of another."""
    if plain == "sed":
        yield from (Used(text, "written") for text in written_by_sed(words))
    elif plain in AWKS:
        yield from (Used(text, "written") for text in written([word.text for word in words]))


def _parts(each: Used) -> Sequence[str]:
    """Return the paths that a value names on this machine."""
    text = each.text.removeprefix("file://")
    if not text or text == "-" or text.isdecimal():
        return ()
    if each.role == "mount":
        found = _MOUNT.fullmatch(text)
        bound = found is not None and (_leads(found[1]) or found[1][:1] in ".$")
        return (found[1],) if found is not None and bound and "ro" not in (found[2] or "").split(",") else ()
    if each.role == "code" and "://" not in text and not _DRIVE.match(text):
        return text.split(":")
    return () if _ELSEWHERE.match(text) else (text,)


def _leads(text: str) -> bool:
    return _ABSOLUTE.match(text) is not None or ".." in text


def _handed(plain: str, words: Sequence[Word], behind: Sequence[Word], fed: Sequence[Program]) -> Sequence[Word]:
    """Return the words of a program that another one starts, with what that hands over."""
    texts = [word.text for word in words]
    if plain in FINDERS:
        return _replaced(behind, "{}", _some([Word(each) for each in _begun(plain, texts)]))
    read = fed if plain in APPENDING else ()
    given = _some([word for each in read for word in each.words if _leads(word.text)])
    if not given:
        return behind
    mark = next((text[2:] or after for text, after in pairwise([*texts, ""]) if text[:2] == "-I"), "{}")
    placed = any(mark in word.text for word in behind)
    return _replaced(behind, mark, given) if placed else [*behind, *given]


def _some(words: Sequence[Word]) -> Sequence[Word]:
    """Return a few words; where there are more, anything may be among them."""
    distinct = [*dict.fromkeys(words)]
    return distinct if len(distinct) <= _VALUES else [*distinct[:_VALUES], Word("/")]


def _begun(plain: str, texts: Sequence[str]) -> Sequence[str]:
    """Return where a finder begins."""
    return starts(texts) if plain == "find" else [text for text in texts if _leads(text)] or ["."]


def _replaced(words: Sequence[Word], mark: str, given: Sequence[Word]) -> list[Word]:
    """Return words with what comes in place of a mark."""
    return [
        each
        for word in words
        for each in (
            [word._replace(text=word.text.replace(mark, one.text), literal=one.literal) for one in given]
            if mark in word.text
            else [word]
        )
    ]


def _alternatives(text: str, depth: int) -> Iterator[str]:
    """Yield what braces stand for."""
    found = _BRACES.search(text) if depth else None
    if found is None:
        yield text
        return
    for each in found[1].split(",")[:_VALUES]:
        yield from _alternatives(f"{text[: found.start()]}{each}{text[found.end() :]}", depth - 1)


def _is_free(names: tuple[str, ...], role: Role, home: tuple[str, ...] | None) -> bool:
    """Say whether a file may be used in a way wherever the roots are."""
    free = _free()
    if _below(names, free.installed if role == "code" else free.written):
        return True
    kept = () if home is None or role not in {"code", "deleted", "mount"} else free.kept
    return _below(names, [(*(home or ()), *each[1:]) for each in kept])


def _below(names: tuple[str, ...], places: Sequence[tuple[str, ...]]) -> bool:
    return any(names[: len(place)] == place for place in places)


def _beside(names: tuple[str, ...], root: tuple[str, ...]) -> bool:
    """Say whether a path lies beside a root, in the folder that holds both."""
    above = root[:-1]
    return len(above) > 1 and names[: len(above)] == above and len(names) > len(above) and names[len(above)][0] != "."
