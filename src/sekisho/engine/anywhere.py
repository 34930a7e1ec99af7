"""What is judged of a text whatever it means: what a server may evaluate, parse, or take for more than one value."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sekisho.engine.destinations import judge_store
from sekisho.engine.owned import owned
from sekisho.guards.closing import judge_closing, judge_operation
from sekisho.guards.commands import commands
from sekisho.guards.document import judge_document
from sekisho.guards.expression import judge_expression, judge_page
from sekisho.guards.foreign import judge_foreign
from sekisho.guards.header import judge_header
from sekisho.guards.lifted import judge_limit
from sekisho.guards.member import judge_member, judge_variable
from sekisho.guards.objection import NOTHING_TOLD, Objection
from sekisho.guards.parsed import embedded, gathers, judge_cell, judge_parsed
from sekisho.guards.path import judge_path
from sekisho.guards.running import commands_of, judge_code
from sekisho.guards.shell import CommandFacts, judge_command
from sekisho.guards.template import judge_lookup, judge_template
from sekisho.guards.url import judge_url
from sekisho.guards.wholesale import judge_all
from sekisho.guards.word import judge_option, judge_setting
from sekisho.meaning.argument import Meaning
from sekisho.meaning.words import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.engine.naming import Naming
    from sekisho.guards.foreign import Foreign
    from sekisho.meaning.argument import Argument
    from sekisho.meaning.tool import Tool
    from sekisho.policy.facts import ServerFacts

__all__ = ["anywhere"]

_TEXT: Final = Meaning.TEXT
_WORD: Final = frozenset({Meaning.WORD})
_BEGINNINGS: Final = frozenset({"-", "/", "~"})
_LOGS: Final = frozenset({"log", "logger", "logging", "logs"})
_OPTIONS: Final = frozenset({"args", "argv", "arguments", "flags"})
_GIVEN: Final = _OPTIONS | {"option", "options"}
_NEVER: Final = frozenset({"path-credential", "path-protected"})
_ELSEWHERE: Final = frozenset({"path-credential", "path-protected", "path-system"})
_BEHIND: Final = re.compile(r"(?:\A|\s)(--?[A-Za-z][\w-]{0,60}(?:=\S{0,200})?)(?=\s|\Z)")
_LONG: Final = re.compile(r"--[A-Za-z][\w-]{1,40}(?=[\s=])")
_ADDRESSES: Final = frozenset({Meaning.URL, Meaning.HOST})
_ASSIGNED: Final = re.compile(r"\s*[\w.:-]{1,80}=([/~][^\s=,;:]{1,1000})\s*")
_QUERIES: Final = frozenset({Meaning.SQL, Meaning.CYPHER, Meaning.PATTERN, Meaning.COMMAND})
_NAMES: Final = frozenset({Meaning.WORD, Meaning.PATH})
_LANGUAGES: Final = frozenset({"ldap", "xpath", "graphql", "graph"})
_ANY_PROGRAM: Final = CommandFacts()
_STARTED: Final = frozenset({"path-credential", "path-protected", "shell-danger"})
"""What no code may do by the commands that it starts, though it may do anything else."""

_INNER: Final = frozenset({"url-private", "url-scheme"})


def anywhere(argument: Argument, by_name: Naming, tool: Tool, facts: ServerFacts) -> Sequence[Objection]:
    """Return what there is to object to in a text, whatever it means.

    Args:
        argument: the text.
        by_name: what names say of it.
        tool: whose it is.
        facts: what is known about the server.
    """
    value, effects, pointer = argument.value, tool.effects, argument.pointer
    content = _TEXT in argument.meanings
    found: list[Objection] = []
    if by_name.evaluated or (by_name.evaluated_if_unknown and argument.declared and argument.meanings <= _WORD):
        found.extend(judge_expression(value).objections)
    elif by_name.page:
        found.extend(judge_page(value).objections)
    if "{" in value or ("<" in value and "%" in value) or (not content and "=" in value) or value[:1] in _BEGINNINGS:
        found.extend(_by_signs(argument, tool, facts, content=content))
    if "-" in value and argument.declared and argument.meanings <= _NAMES:
        found.extend(_among(value, tool))
    if effects.documents:
        found.extend(judge_document(value, tool.words, pointer).objections)
    if "\n" in value or "\r" in value:
        # queries and commands have lines of their own: `cat <<E > config.yaml`
        place, spoken = pointer + argument.inner, not _QUERIES.isdisjoint(argument.meanings)
        split = judge_header(value, place, argument.lines, effects.topics, content=content or spoken)
        found.extend(split.objections)
    if by_name.kinds or not argument.declared:
        found.extend(_by_name(argument, by_name.kinds))
    if by_name.special:
        found.extend(_special(argument, by_name, facts, content=content))
    if effects.parses or effects.topics or by_name.config:
        found.extend(_about(argument, tool, facts, content=content))
    return found


def _by_signs(argument: Argument, tool: Tool, facts: ServerFacts, *, content: bool) -> Iterator[Objection]:
    """Yield what there is to object to in templates, in words that lead to a file, and in options."""
    value = argument.value
    # one character is found twenty times as fast as two
    if ("{" in value and ("{{" in value or ("$" in value and "${" in value))) or ("%" in value and "<%" in value):
        yield from _filled(argument, tool, content=content)
    if not content and "=" in value and ("=/" in value or "=~" in value):
        yield from _assigned(value, facts)
    if value[:1] in _BEGINNINGS:
        yield from _optional(argument, tool, facts, content=content)


def _special(argument: Argument, by_name: Naming, facts: ServerFacts, *, content: bool) -> Iterator[Objection]:
    """Yield what there is to object to in code, variables, settings and addresses of stores, as names tell them."""
    value = argument.value
    if by_name.code:
        yield from _run(value)
    if by_name.variable:
        names = (*by_name.names, "env") if by_name.sets else by_name.names
        yield from judge_variable(argument.pointer, names, value).objections
    if by_name.deletes and not content:
        yield from judge_all(value).objections
    if by_name.own:
        yield from _limits(argument, by_name.last)
    if by_name.connects and not content and "://" in value and argument.meanings.isdisjoint(_ADDRESSES):
        yield from judge_store(value, facts.url).objections


def _limits(argument: Argument, last: str) -> Iterator[Objection]:
    """Yield what there is to object to where a tool sets its own server's configuration: by name, or under one."""
    names = (argument.value, argument.pointer.rpartition("/")[2] if not last.isdecimal() else last)
    if any(judge_limit(each).objections for each in names):
        yield Objection(rule="limits-changed", start=0, end=len(argument.value))


def _run(value: str) -> Iterator[Objection]:
    """Yield what there is to object to in code that a tool runs: what it sends, and what it starts."""
    yield from judge_code(value).objections
    started = (each.rule for line in commands_of(value) for each in judge_command(line, _ANY_PROGRAM).objections)
    for rule in dict.fromkeys(started):
        if rule in _STARTED:
            yield Objection(rule=rule, start=0, end=len(value))


def _about(argument: Argument, tool: Tool, facts: ServerFacts, *, content: bool) -> Iterator[Objection]:
    """Yield what there is to object to because of what a tool is about."""
    value, effects = argument.value, tool.effects
    if effects.parses:
        yield from judge_parsed(value, tool.words, effects.topics).objections
        yield from _drawn(value, tool, facts)
    elif "xpath" in effects.topics and "(" in value:
        yield from judge_parsed(value, tool.words, effects.topics).objections
    elif "sheet" in effects.topics:
        yield from judge_cell(value).objections
    if "sheet" in effects.topics and gathers(value):
        yield Objection(rule="content-reaches", start=0, end=len(value))
    if not _LANGUAGES.isdisjoint(effects.topics):
        yield from _asked(argument, tool, content=content)
    if Meaning.WORD in argument.meanings and "config" in tool.words and "git" in (*tool.words, *facts.words):
        yield from judge_setting(value).objections


def _by_name(argument: Argument, kinds: Sequence[Foreign]) -> Iterator[Objection]:
    """Yield what there is to object to in a text because of its name, or in the name of a member."""
    value, pointer = argument.value, argument.pointer
    name = not argument.declared and pointer.endswith(f"/{value}")
    yield from judge_foreign(value, kinds, name=name).objections
    if not argument.declared:
        yield from judge_member(pointer, value).objections


def _among(value: str, tool: Tool) -> Iterator[Objection]:
    """Yield what there is to object to in options behind other words, for the program that a tool is for."""
    programs = [each for each in (*owned(tool.words), *tool.means) if each in commands().options]
    table = commands()
    for found in _BEHIND.finditer(value) if programs else ():
        if any(table.risky(program, found[1]) for program in programs):
            yield Objection(rule="word-option", start=found.start(1), end=found.end(1))
            return


def _optional(argument: Argument, tool: Tool, facts: ServerFacts, *, content: bool) -> Iterator[Objection]:
    """Yield what there is to object to in options, and in files that options lead to."""
    value = argument.value
    if value[0] == "-" and (content or not argument.declared):
        used = tuple(each for each in (*tool.words, *tool.means) if each in commands().options)
        loose = not argument.declared and not _OPTIONS.isdisjoint(named(argument.pointer))
        yield from judge_option(value, used).objections if used or loose else ()
    if value[:2] == "--" and not argument.meanings and argument.declared:
        holds = _GIVEN.isdisjoint(named(argument.pointer)) and not commands().developers.isdisjoint(tool.words)
        found = _LONG.match(value) if holds else None
        yield from () if found is None else (Objection(rule="word-option", start=0, end=found.end()),)
    if value[0] != "-" and Meaning.ARGUMENT in argument.meanings:
        found = judge_path(value, facts.path, resolved=NOTHING_TOLD.real_paths).objections
        yield from (each for each in found if each.rule in _NEVER)


def _assigned(value: str, facts: ServerFacts) -> Iterator[Objection]:
    """Yield what there is to object to in a file to which a part of one word leads: `go-template-file=/etc/passwd`."""
    if (found := _ASSIGNED.fullmatch(value)) is not None:
        own = replace(facts.path, roots=())
        judged = judge_path(found[1], own, resolved=NOTHING_TOLD.real_paths).objections
        yield from (replace(each, start=0, end=len(value)) for each in judged if each.rule in _ELSEWHERE)


def _filled(argument: Argument, tool: Tool, *, content: bool) -> Iterator[Objection]:
    """Yield what there is to object to in a text that is no template by name, and may be filled in or logged."""
    if not argument.meanings:
        yield from judge_template(argument.value).objections
    if not content or not _LOGS.isdisjoint(tool.words):
        yield from () if Meaning.PATTERN in argument.meanings else judge_lookup(argument.value).objections


def _drawn(value: str, tool: Tool, facts: ServerFacts) -> Iterator[Objection]:
    """Yield what there is to object to in the addresses that a tool opens to draw a page: those of inner machines."""
    judged = (judge_url(each, facts.url, resolved=NOTHING_TOLD.addresses) for each in embedded(value, tool.words))
    if any(each.rule in _INNER for judgement in judged for each in judgement.objections):
        yield Objection(rule="content-reaches", start=0, end=len(value))


def _asked(argument: Argument, tool: Tool, *, content: bool) -> Iterator[Objection]:
    if not content and _QUERIES.isdisjoint(argument.meanings):
        yield from judge_closing(argument.value, tool.effects.topics).objections
    elif "graphql" in tool.effects.topics and tool.effects.asks:
        yield from judge_operation(argument.value).objections
