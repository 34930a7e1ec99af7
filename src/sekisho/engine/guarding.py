"""Judging the arguments of a call: each text, by every meaning that it could have, by the guard of that meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

from sekisho.engine.anywhere import anywhere
from sekisho.engine.composed import composed
from sekisho.engine.destinations import judge_addresses
from sekisho.engine.jobs import answered, command_job, query_job
from sekisho.engine.naming import naming
from sekisho.engine.owned import behind, owned
from sekisho.engine.standing import standing
from sekisho.guards.chained import judge_address, judge_file, judge_message, judge_phrase
from sekisho.guards.commands import commands
from sekisho.guards.cypher import judge_cypher
from sekisho.guards.dialect import spoken_engine
from sekisho.guards.foreign import KEPT_BY_KEY, is_of_keys
from sekisho.guards.fragment import whole
from sekisho.guards.objection import CLEAN, NOTHING_TOLD, Judgement, Objection
from sekisho.guards.path import judge_path
from sekisho.guards.pattern import judge_pattern
from sekisho.guards.places import Access
from sekisho.guards.readings import unpercent
from sekisho.guards.shell import CommandFacts, Unclear, judge_command
from sekisho.guards.soql import is_soql, plainly
from sekisho.guards.spliced import judge_spliced
from sekisho.guards.sql import SqlFacts, engines, judge_name, judge_sql, use_of
from sekisho.guards.template import judge_template
from sekisho.guards.uri import LONGEST, judge_uri
from sekisho.guards.word import judge_identifier, judge_part, judge_text
from sekisho.meaning.argument import Meaning, counted
from sekisho.meaning.shape import is_certain_query, is_climbing
from sekisho.policy.reach import every
from sekisho.rules.called import Objected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sekisho.engine.naming import Naming
    from sekisho.guards.objection import Need, Told
    from sekisho.guards.path import PathFacts
    from sekisho.meaning.argument import Argument
    from sekisho.meaning.tool import Tool
    from sekisho.policy.facts import ServerFacts

__all__ = ["NOTHING_FOUND", "Guarded", "guard"]

_OUTSIDE: Final = "path-outside-roots"
_FOLDERS: Final = 4
"""Folders of one call from which a path may begin; with more it is not clear which of them is meant."""

_LINEAR: Final = frozenset({"rg", "ripgrep", "awk", "re2", "git"})
"""Programs whose patterns are matched without going back."""

_CHANGES: Final = frozenset({"write", "insert", "update", "upsert", "delete", "create", "alter"})
"""Words of tools that change something, whatever else their descriptions speak of."""

_OF_A_SERVER: Final = re.compile(r"[a-z][a-z0-9]{1,30}(?:_[a-z][a-z0-9]{1,30}){1,8}")
"""One name as tools have them, and programs hardly: `storage_blob_get`."""

_OF_GIT: Final = re.compile(r"(?i)\.git(?:[^a-z]|$)|%")
"""What may be a name of the folder that git keeps for itself."""

_SEARCHING: Final = frozenset({"find", "grep", "match", "replace", "rg", "search"})
"""Words of tools whose patterns may be those of commands."""

_PATH: Final = Meaning.PATH
_CONTENT: Final = frozenset({Meaning.TEXT})
_SHARING: Final = frozenset({Meaning.COMMAND, Meaning.SQL, Meaning.CYPHER})
"""What is judged by how many of its kind a call has."""

_HIDDEN: Final = re.compile(r"\s*\.[\w-]{1,40}[/\\]")
_BETWEEN: Final = re.compile(r"[/?#&=]")
_ELSEWHERE: Final = frozenset({"file", "http", "https"})
_ABSOLUTE: Final = re.compile(r"/|[A-Za-z]:[/\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """What the guards say about all arguments of a call."""

    found: tuple[Objected, ...]
    """Their objections, in the order of the arguments."""

    needs: tuple[Need, ...]
    """What they must know first; each once."""


class _Call(NamedTuple):
    """What all arguments of a call have in common."""

    many: dict[Meaning, int]
    """How many of them have each meaning."""

    where: PathFacts | None
    """Where its commands may write."""


_ALONE: Final = _Call({}, None)
"""What is known around arguments of which none asks."""

NOTHING_FOUND: Final = Guarded(found=(), needs=())
"""Nothing to object to, and nothing to ask."""


def guard(arguments: Sequence[Argument], tool: Tool, facts: ServerFacts, told: Told = NOTHING_TOLD) -> Guarded:
    """Hand each argument to the guards of its meanings.

    Args:
        arguments: as `Tool.read` returns them.
        tool: whose they are.
        facts: what is known about the server.
        told: answers to needs.
    """
    if more := composed(arguments, tool.words):
        arguments = (*arguments, *more)
    if not facts.limits:
        return _guarded(arguments, tool, facts, told)
    told_by_each = [_guarded(arguments, tool, each, told) for each in every(facts)]
    found = {(each.argument.pointer, each.objection.rule): each for one in told_by_each for each in one.found}
    needs = dict.fromkeys(need for one in told_by_each for need in one.needs)
    return Guarded(found=tuple(found.values()), needs=tuple(needs))


def _guarded(arguments: Sequence[Argument], tool: Tool, facts: ServerFacts, told: Told) -> Guarded:
    found: list[Objected] = []
    needs: dict[Need, None] = {}
    folders: tuple[Argument, ...] | None = None
    around = _ALONE
    for argument in arguments:
        if around is _ALONE and not argument.meanings.isdisjoint(_SHARING):
            many = counted(arguments)
            around = _Call(many, standing(arguments, tool, facts) if Meaning.COMMAND in many else None)
        by_name = naming(argument.pointer, tool.words, facts.words)
        if said := anywhere(argument, by_name, tool, facts):
            found.extend(Objected(argument, each) for each in said)
        if argument.meanings <= _CONTENT:
            if said := _unread(argument, by_name, tool, facts).objections:
                found.extend(Objected(argument, each) for each in said)
            continue
        for meaning in sorted(argument.meanings) if len(argument.meanings) > 1 else argument.meanings:
            judgement = _judged(argument, meaning, by_name, tool, facts, told, around)
            if judgement is CLEAN:
                continue
            if meaning is _PATH and any(each.rule == _OUTSIDE for each in judgement.objections):
                folders = _folders(arguments) if folders is None else folders
                judgement = _from_folders(judgement, argument, folders, tool, facts, told)
            found.extend(Objected(argument, each) for each in judgement.objections if _counts(each.rule, facts))
            needs.update(dict.fromkeys(judgement.needs))
    return Guarded(found=tuple(found), needs=tuple(needs)) if found or needs else NOTHING_FOUND


def _folders(arguments: Sequence[Argument]) -> tuple[Argument, ...]:
    """Return the absolute paths among arguments, the first few."""
    paths = (each for each in arguments if Meaning.PATH in each.meanings and _ABSOLUTE.match(each.value))
    return tuple(islice(paths, _FOLDERS + 2))


def _unread(argument: Argument, by_name: Naming, tool: Tool, facts: ServerFacts) -> Judgement:
    """Judge content, and words of which nobody knows what becomes, for a command or a file that they may become."""
    value = argument.value
    if argument.meanings:
        titles = by_name.titles and tool.effects.writes
        if titles and (is_climbing(value) or _HIDDEN.match(value)) and value.split() == [value.strip()]:
            return Judgement(objections=judge_path(value, facts.path, access=Access.WRITE).objections)
        return judge_message(value) if by_name.joined else CLEAN
    if not argument.declared or by_name.holds_commands:
        return CLEAN
    return judge_phrase(value, runs=by_name.runs)


def _from_folders(
    alone: Judgement, argument: Argument, absolute: Sequence[Argument], tool: Tool, facts: ServerFacts, told: Told
) -> Judgement:
    """Judge a relative path that leaves the roots from where the server works, but not from a folder of the same call.

    `git_add` names a repository and files below it: these begin at the repository, wherever the server was started.
    From there they have to stay inside; they may not climb at all, and from the working directory they may lead to
    nothing of the system and to no credential.
    """
    folders = [each.value for each in absolute if each is not argument]
    if not 0 < len(folders) <= _FOLDERS or not _strays(facts.path):
        return alone
    access = _access(tool, naming(argument.pointer, tool.words, facts.words), argument.value)
    own = facts.path
    grounds = [replace(own, base=folder) for folder in folders]
    here = judge_path(argument.value, replace(own, roots=()), access=access, resolved=told.real_paths)
    others = [
        judge_path(argument.value, ground, access=access, resolved=told.real_paths)
        for ground in (replace(own, base=None, shared=False), *grounds)
    ]
    objections = [*(each for each in here.objections if each.rule != "path-undeclared")]
    objections += [each for other in others for each in other.objections]
    needs = dict.fromkeys(need for each in (here, *others) for need in each.needs)
    return Judgement(objections=tuple(dict.fromkeys(objections)), needs=tuple(needs))


def _access(tool: Tool, by_name: Naming, value: str) -> Access:
    """What `git add` is given is read, not written, but what git keeps for itself."""
    noted = by_name.stages and _OF_GIT.search(value) is None
    return Access.WRITE if tool.effects.writes and not noted else Access.READ


def _strays(facts: PathFacts) -> bool:
    """Say whether a server works outside of its roots."""
    return any(each.rule == _OUTSIDE for each in judge_path(".", replace(facts, shared=False)).objections)


def _counts(rule: str, facts: ServerFacts) -> bool:
    """Nobody declares the folders of a machine that we do not see."""
    return not (facts.remote and rule == "path-undeclared")


def _judged(
    argument: Argument,
    meaning: Meaning,
    by_name: Naming,
    tool: Tool,
    facts: ServerFacts,
    told: Told,
    around: _Call,
) -> Judgement:
    value = argument.value
    match meaning:
        case Meaning.PATH | Meaning.WORD:
            return _path(value, by_name, tool, facts, told) if meaning is _PATH else _word(value, by_name, tool)
        case Meaning.URL | Meaning.HOST:
            return _and(
                judge_addresses(argument, tool, facts, told), judge_address(value, host=meaning is Meaning.HOST)
            )
        case Meaning.PATTERN:
            return _pattern(value, tool, facts)
        case Meaning.ARGUMENT:
            return _in_command(value, meaning, tool, facts)
        case Meaning.SQL if (query := whole(value, by_name.names)) is not None:
            return _placed(_query(query, meaning, tool, facts, told, around), value, whole=bool(query))
        case Meaning.COMMAND | Meaning.SQL | Meaning.CYPHER:
            judge = _command if meaning is Meaning.COMMAND else _query
            return judge(value, meaning, tool, facts, told, around)
        case Meaning.SQL_NAME | Meaning.TEXT:  # content may hold anything
            return judge_name(value) if meaning is Meaning.SQL_NAME else CLEAN
        case Meaning.RESOURCE:
            return _and(judge_uri(value), judge_address(value), _names_in(value, facts))
        case _:
            assert_never(meaning)


def _path(value: str, by_name: Naming, tool: Tool, facts: ServerFacts, told: Told) -> Judgement:
    found = judge_path(value, facts.path, access=_access(tool, by_name, value), resolved=told.real_paths)
    if by_name.document and "\n" in value:
        return found
    chained = judge_file(value, by_name.programs)
    return found if chained is CLEAN else _and(found, chained)


def _word(value: str, by_name: Naming, tool: Tool) -> Judgement:
    runs = bool(by_name.programs) or tool.effects.executes
    found = judge_identifier(value, by_name.programs) if runs else judge_spliced(value)
    part = judge_part(value, by_name.last)
    return found if part is CLEAN else _and(found, part)


def _query(value: str, meaning: Meaning, tool: Tool, facts: ServerFacts, told: Told, around: _Call) -> Judgement:
    """Judge a query; one that may take long in a process that can be ended, and where that fails nobody knows it."""
    if tool.effects.supposes and meaning is Meaning.SQL and not is_certain_query(value):
        return CLEAN
    asks = tool.effects.asks and _CHANGES.isdisjoint(tool.words)
    use = use_of(tool.words, writes=tool.effects.writes and not asks)
    if meaning is Meaning.CYPHER:
        return judge_cypher(value, use)
    named = next((word for word in (*facts.words, *tool.words) if word in engines()), None)
    dialect = named or spoken_engine(tool.description)
    known = SqlFacts(use=use, dialect=dialect, long=told.patient, apart=told.apart, among=around.many[meaning])
    found = judge_sql(plainly(value) if is_soql(tool.words) else value, known)
    if not found.needs:
        return found
    unread = Objection(rule="sql-unclear", start=0, end=len(value), numbers=(len(value),))
    return answered(query_job(value, known), told, unread)


def _placed(found: Judgement, value: str, *, whole: bool) -> Judgement:
    """Return what was said about a query as said about the part of it that a value is, or that it is more than one."""
    if not whole:
        return Judgement(objections=(Objection(rule="sql-unclear", start=0, end=len(value), numbers=(len(value),)),))
    return replace(found, objections=tuple(replace(each, start=0, end=len(value)) for each in found.objections))


def _names_in(uri: str, facts: ServerFacts) -> Judgement:
    """Judge the parts of a URI as names of tables, where a database answers: `mysql://(select …)/data`."""
    scheme, _, rest = uri.partition(":")
    own = scheme.casefold()
    if own in _ELSEWHERE or (own not in engines() and engines().isdisjoint(facts.words)):
        return CLEAN
    parts = (each for each in _BETWEEN.split(unpercent(rest[:LONGEST])) if each)
    wrong = any(judge_name(each).objections for each in parts)
    return Judgement(objections=(Objection(rule="sql-identifier", start=0, end=len(uri)),)) if wrong else CLEAN


def _pattern(value: str, tool: Tool, facts: ServerFacts) -> Judgement:
    """Judge what is matched with: by an engine that goes back, unless a program is named that does not."""
    word = _in_command(value, Meaning.PATTERN, tool, facts)
    template = judge_template(value).objections
    if not template and not _LINEAR.isdisjoint((*tool.words, *facts.words)):
        return word
    objections = (*judge_pattern(value).objections, *template)
    return Judgement(objections=(*word.objections, *objections)) if objections else word


def _command(value: str, meaning: Meaning, tool: Tool, facts: ServerFacts, told: Told, around: _Call) -> Judgement:
    """Judge a command; one that may take long as a query is (`_query`)."""
    if tool.routes and _OF_A_SERVER.fullmatch(value) and value.partition("_")[0] not in commands().options:
        return CLEAN
    if not KEPT_BY_KEY.isdisjoint((*tool.words, *facts.words)) and is_of_keys(value):
        return CLEAN
    only = owned(tool.words)
    listed = facts.programs
    known = CommandFacts(
        only=frozenset(only),
        prefix=only[0] if len(only) == 1 else "",
        allowed=listed if listed is not None and facts.opens else frozenset(),
        listed=listed,
        path=around.where,
        long=told.patient,
        among=around.many[meaning],
    )
    found = judge_command(value, known)
    if not found.needs:
        return found
    unread = Objection(rule="shell-unclear", start=0, end=len(value), numbers=(Unclear.TOO_LONG,))
    return answered(command_job(value, known), told, unread)


def _in_command(value: str, meaning: Meaning, tool: Tool, facts: ServerFacts) -> Judgement:
    """Judge what may become a part of a command."""
    known = behind(tool.words, facts.words)
    judgement = judge_text(value, known)
    if meaning is Meaning.PATTERN and not _SEARCHING.isdisjoint(tool.words):
        return judgement
    pattern = meaning is Meaning.PATTERN
    return _and(
        judgement, judge_phrase(value, alternates=pattern, runs=not pattern and (bool(known) or tool.effects.executes))
    )


def _and(one: Judgement, *others: Judgement) -> Judgement:
    """Return what guards say about one value; each rule once."""
    for each in others:
        if each is not CLEAN:
            break
    else:
        return one
    rules = {each.rule: each for judgement in (*reversed(others), one) for each in reversed(judgement.objections)}
    needs = dict.fromkeys(need for judgement in (one, *others) for need in judgement.needs)
    return Judgement(objections=tuple(rules.values()), needs=tuple(needs))
