"""The guard for values that are a command.

The command is read as bash reads it (`bash`), and each program that it would start is judged, wherever it stands, by
the table (`commands`): those that show, build and test pass, and nobody objects to a pipe or a substitution as such.
- `shell-danger`: changes the machine or its rights, deletes a root or a home, runs what was fetched or decoded just
  now, opens a socket by hand.
- `shell-other-program`: the tool is for one program, and this is another one (CVE-2025-59377).
- `shell-unknown-program`: not in the table; a block-list is no boundary, so a person is asked.
- `shell-unclear`: what would run cannot be told: the name is computed, the text cannot be read, code of another
  language, a variable or option that starts another program.
Words and redirections that name credentials or what runs by itself are objected to as paths, and so is what leads out
of the server's folders (`reached`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from sekisho.guards.awk import AWKS, starts, written
from sekisho.guards.bash import LONGEST, PIPES, parse
from sekisho.guards.commands import commands, plain_name
from sekisho.guards.destruction import deletes_by_name, is_destruction, overwrites_system, removes_all
from sekisho.guards.evaluated import (
    aliased,
    evaluates,
    sets_git,
    sets_variables,
    starts_something,
    trapped,
    written_by_sed,
)
from sekisho.guards.fetched import runs_fetched, runs_own_script, runs_written
from sekisho.guards.inner import APPENDING, commands_in
from sekisho.guards.interpreted import runs_code
from sekisho.guards.manners import asks_little, manner
from sekisho.guards.mentioned import may_mention, mentions, tells_nothing
from sekisho.guards.meter import Meter, Steps, Unread
from sekisho.guards.objection import CLEAN, Judgement, Need, Objection, Wanted
from sekisho.guards.outward import may_leave
from sekisho.guards.places import Access
from sekisho.guards.quick import is_quiet
from sekisho.guards.reached import leaving
from sekisho.guards.runners import fetches, is_given_code
from sekisho.guards.telling import sends_all
from sekisho.guards.textual import is_harmful, is_read_once_more, is_torn, sets
from sekisho.guards.wrapped import waits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.guards.manners import Manner
    from sekisho.guards.path import PathFacts
    from sekisho.guards.script import Program, Script, Word

__all__ = ["CommandFacts", "Unclear", "judge_carefully", "judge_command"]

_DEPTH: Final = 4
"""Commands inside of commands, as with `bash -c`."""

_MOUNT: Final = re.compile(
    r"(?:--volume=|-\w*v=?)?(?:/|\.\.(?:/\.\.)*/?|/etc|/root|/home|~|\$HOME|/var/run/docker\.sock):/"
)
_INLINE: Final = frozenset({
    "-c", "-e", "-p", "-r", "-n", "-ne", "-pe", "-ie", "--eval", "--execute", "--print", "--command", "-command",
    "-enc", "-encodedcommand", "eval", "-",
})  # fmt: skip
_GIVEN: Final = re.compile(r"-\w*c")
_CMD: Final = re.compile(r"/[ckr]", re.IGNORECASE)
_ACTIVATE: Final = re.compile(
    r"(?:\./)?\.?venv/(?:bin|Scripts)/activate|(?:~|\$HOME|\$\{HOME\})/\.(?:nvm/nvm\.sh|cargo/env)"
)
"""Files that package managers write, which make tools of the project or of the user the first ones."""

_VERSION: Final = frozenset({"--version", "-V", "-v", "--help"})
_SOURCING: Final = frozenset({"source", "."})
_OF_THE_SHELL: Final = frozenset({":", "[", "cd", "echo", "false", "printf", "pwd", "test", "true"})
"""What a shell does itself, and that neither starts nor sets anything."""


class Unclear(IntEnum):
    """Why it cannot be told what runs. The number is what an objection tells."""

    TOO_LONG = 1
    """It is not read."""

    BROKEN = 2
    """The grammar cannot read it."""

    COMPUTED = 3
    """The program's name is not in the text."""

    CODE = 4
    """A program of another language, or a file of commands."""

    VARIABLE = 5
    """A variable that makes the next program start something."""

    OPTION = 6
    """An option that does the same, sends or overwrites."""

    MUCH = 7
    """It deletes all that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandFacts:
    """What is known about the tool."""

    only: frozenset[str] = frozenset()
    """The programs that the tool is for; empty if it is for any."""

    prefix: str = ""
    """What the tool puts before the value, unless it is there: `kubectl`."""

    allowed: frozenset[str] = frozenset()
    """Programs that a policy or the catalogue adds to the known ones."""

    listed: frozenset[str] | None = None
    """The only programs that may be started, as a person wrote them; None where nobody did."""

    path: PathFacts | None = None
    """Where it may write; None where its files are on a system that we do not know."""

    long: bool = True
    """Whether it may take its time, because this is a worker that can be ended."""

    among: int = 1
    """How many commands of one call share the time that there is, where nobody may take it."""


@dataclass(frozen=True, slots=True)
class _Inside:
    """Where a command stands: the first one of a value, or one inside of another."""

    facts: CommandFacts
    meter: Meter | None
    steps: Steps
    depth: int = 0

    def deeper(self) -> _Inside:
        """Return where what is in it stands."""
        return replace(self, depth=self.depth + 1)


def judge_command(value: str, facts: CommandFacts = CommandFacts()) -> Judgement:
    """Judge a value that is a command."""
    if not facts.only and facts.listed is None and is_quiet(value) and (facts.path is None or not may_leave(value)):
        return CLEAN
    return judge_carefully(value, facts)


def judge_carefully(value: str, facts: CommandFacts) -> Judgement:
    """Judge a command by parsing it, whatever its form tells. Where that may take too long, a worker is needed."""
    text, moved = value, 0
    if facts.prefix and value.split(maxsplit=1)[:1] != [facts.prefix]:
        text, moved = f"{facts.prefix} {value}", len(facts.prefix) + 1
    found: dict[str, Objection] = {}
    try:
        for rule, start, end, numbers in _judged(
            text, _Inside(facts, None if facts.long else Meter(facts.among), Steps())
        ):
            if rule not in found:
                begin, last = (min(max(0, at - moved), len(value)) for at in (start, end))
                found[rule] = Objection(rule=rule, start=begin, end=last, numbers=numbers)
    except Unread:
        return Judgement(needs=(Need(Wanted.WORKER, str(len(value))),))
    return Judgement(objections=tuple(found.values())) if found else CLEAN


def _judged(text: str, inside: _Inside) -> Iterator[tuple[str, int, int, tuple[int, ...]]]:
    whole = (0, len(text))
    if len(text) > LONGEST or text.count("|") > PIPES or inside.depth > _DEPTH:
        yield "shell-unclear", *whole, (Unclear.TOO_LONG,)
        return
    if inside.meter is not None:
        inside.meter.take(text)
    script = parse(text)
    if script.broken or is_torn(text):
        yield "shell-unclear", *whole, (Unclear.BROKEN,)
    if is_harmful(text):
        yield "shell-danger", *whole, ()
    if sets(text):
        yield "shell-unclear", *whole, (Unclear.VARIABLE,)
    if script.delayed or is_read_once_more(text):
        yield "shell-unclear", *whole, (Unclear.COMPUTED,)
    for rule, numbers in _around(script, inside.facts):
        yield rule, *whole, numbers
    for program in script.programs:
        for rule, numbers in _program(program.name, program.words, program, inside):
            yield rule, program.start, program.end, numbers
    # commands in it are judged with it
    yield from ((rule, *whole, ()) for rule in leaving(text, script, None if inside.depth else inside.facts.path))


def _around(script: Script, facts: CommandFacts) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Judge what stands around programs: variables, redirections, and files that are made and run."""
    if runs_fetched(script) or sends_all(script):
        yield "shell-danger", ()
    elif runs_written(script):
        yield "shell-unclear", (Unclear.CODE,)
    if any(starts_something(name, value) for name, value in zip(script.variables, script.values, strict=True)):
        yield "shell-unclear", (Unclear.VARIABLE,)
    for word in script.targets:
        if overwrites_system(word.text):
            yield "shell-danger", ()
        elif facts.only and word.text not in {"/dev/null", "1", "2"}:
            yield "shell-other-program", ()
        for rule in mentions(word.text, Access.WRITE):
            yield rule, ()
    for word in script.inputs:
        for rule in mentions(word.text, Access.READ):
            yield rule, ()


def _program(
    name: Word, words: Sequence[Word], program: Program, inside: _Inside
) -> Iterator[tuple[str, tuple[int, ...]]]:
    if not name.literal or not name.text:
        yield "shell-unclear", (Unclear.COMPUTED,)
        return
    plain = plain_name(name.text)
    texts = [word.text for word in words]
    asked = manner(plain)
    for rule in _known(plain, texts, asked, inside):
        yield rule, ()
    for rule in _files(plain, texts, asked):
        yield rule, ()
    if asked.destroys and is_destruction(plain, texts):
        yield "shell-danger", ()
    elif asked.destroys and removes_all(plain, texts):
        yield "shell-unclear", (Unclear.MUCH,)
    if _changes(plain, texts, asked):
        yield "shell-unclear", (Unclear.OPTION,)
    if asked.evaluates:
        yield from _evaluated(plain, words, inside)
    if asked.interprets:
        yield from _code(plain, words, program, inside)
    if asked.starts:
        yield from _started(plain, words, program, inside)


def _started(
    plain: str, words: Sequence[Word], program: Program, inside: _Inside
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Judge what a program is given to run."""
    if is_given_code(plain, [word.text for word in words]):
        yield "shell-unclear", (Unclear.CODE,)
    for inner in commands_in(plain, words):
        if inside.depth > _DEPTH or not inside.steps.take():
            yield "shell-unclear", (Unclear.TOO_LONG,)
            return
        if inner:
            if plain in APPENDING and waits(plain_name(inner[0].text), inner[1:]):
                yield "shell-unclear", (Unclear.COMPUTED,)
            if inside.meter is not None:
                inside.meter.take_words(len(inner))
            yield from _program(inner[0], inner[1:], program, inside.deeper())


def _evaluated(plain: str, words: Sequence[Word], inside: _Inside) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Judge words that are more than words to their program."""
    if evaluates(plain, words):
        yield "shell-unclear", (Unclear.COMPUTED,)
    if sets_variables(plain, words):
        yield "shell-unclear", (Unclear.VARIABLE,)
    if plain == "sed":
        for text in written_by_sed(words):
            for rule in mentions(text, Access.WRITE):
                yield rule, ()
    if plain in {"alias", "trap"}:
        for text in aliased(words) if plain == "alias" else trapped(words):
            if "\n" in text or "<<" in text:
                # what its lines are depends on where it is used
                yield "shell-unclear", (Unclear.COMPUTED,)
            for rule, _, _, numbers in _judged(text, inside.deeper()):
                yield rule, numbers


def _known(plain: str, texts: Sequence[str], asked: Manner, inside: _Inside) -> Sequence[str]:
    """Return the rules that a program breaks by its name."""
    facts = inside.facts
    listed = facts.listed is None or plain in facts.listed or plain in _OF_THE_SHELL
    found = () if listed else ("shell-not-listed",)
    if (
        plain in facts.allowed
        or plain in facts.only
        or (not inside.depth and not facts.only and asks_little(plain, texts))
    ):
        return found
    if asked.system:
        return (*found, "shell-danger")
    if facts.only and not asked.shows:
        return (*found, "shell-other-program")
    return found if asked.known or facts.only else (*found, "shell-unknown-program")


def _files(plain: str, texts: Sequence[str], asked: Manner) -> Sequence[str]:
    """Return the rules that words of a program break by the files that they name."""
    if not may_mention(texts):
        return ()
    reads = asked.reads and not (asked.overwrites and any(text.startswith(asked.overwrites) for text in texts))
    access = Access.READ if reads else Access.WRITE
    found = [rule for text in texts for rule in mentions(text, access)]
    return [rule for rule in found if rule != "path-secret"] if found and tells_nothing(plain, texts) else found


def _changes(plain: str, texts: Sequence[str], asked: Manner) -> bool:
    """Say whether options start another program, send, overwrite, or turn a check off."""
    table = commands()
    told = plain == "git" and texts == ["rev-parse", "--git-dir"]
    given = texts if plain != "find" or not deletes_by_name(texts) else [each for each in texts if each != "-delete"]
    if asked.optional and not told and any(table.risky(plain, text) for text in given):
        return True
    mounts = [text for text in texts if ":/" in text]
    if any(map(_MOUNT.match, mounts)) or (plain == "git" and sets_git(texts)):
        return True
    return asked.fetches and fetches(plain, texts)


def _code(
    plain: str, words: Sequence[Word], program: Program, inside: _Inside
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Judge what is given to a shell or another interpreter."""
    table = commands()
    texts = [word.text for word in words]
    fetched = any(plain_name(source) in table.sources for source in program.fed) and _reads_code(plain, texts)
    if fetched or any(_fetches(word) for word in words):
        yield "shell-danger", ()
        return
    if plain in AWKS:
        yield from _awk(texts)
        return
    given = _CMD if plain == "cmd" else _GIVEN
    at = next((at for at, text in enumerate(texts) if given.fullmatch(text)), None) if plain in table.shells else None
    if at is not None:
        yield from _nested(words[at + 1 :] if plain == "cmd" else words[at + 1 : at + 2], inside)
        return
    if plain == "eval":
        yield from _nested(words, inside)
        return
    if _is_code(plain, texts, program):
        yield "shell-unclear", (Unclear.CODE,)


def _awk(texts: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    if starts(texts):
        yield "shell-unclear", (Unclear.CODE,)
    for text in written(texts):
        for rule in mentions(text, Access.WRITE):
            yield rule, ()


def _is_code(plain: str, texts: Sequence[str], program: Program) -> bool:
    """Say whether an interpreter is given code, or a file of commands."""
    code = runs_code(plain, texts)
    if code is not None:
        return code
    if plain in _SOURCING and len(texts) == 1 and _ACTIVATE.fullmatch(texts[0]):
        return False
    if plain in commands().shells and not program.inline and runs_own_script(texts):
        return False
    reads = plain in commands().shells or plain in _SOURCING or program.inline
    return (reads or any(text.lower() in _INLINE for text in texts)) and not (texts and {*texts} <= _VERSION)


def _reads_code(plain: str, texts: Sequence[str]) -> bool:
    """Say whether an interpreter takes its input for a program: it is given no other one."""
    if plain in commands().shells and any(re.fullmatch(r"-\w*s", text) for text in texts):
        return True
    return "-" in texts or "/dev/stdin" in texts or all(text.startswith("-") for text in texts if text != "--")


def _fetches(word: Word) -> bool:
    """Say whether a word is what a fetching program prints."""
    return not word.literal and any(
        plain_name(name) in commands().sources for name in re.findall(r"[\w./-]+", word.text[:400])
    )


def _nested(words: Sequence[Word], inside: _Inside) -> Iterator[tuple[str, tuple[int, ...]]]:
    if not words or not all(word.literal for word in words):
        yield "shell-unclear", (Unclear.COMPUTED,)
        return
    for rule, _, _, numbers in _judged(" ".join(word.text for word in words), inside.deeper()):
        yield rule, numbers
