"""What is judged of a text whatever it means: what a server may evaluate, parse, or take for more than one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.guards.closing import judge_closing, judge_operation
from sekisho.guards.commands import commands
from sekisho.guards.document import judge_document
from sekisho.guards.expression import is_evaluated, judge_expression
from sekisho.guards.header import judge_header
from sekisho.guards.member import judge_member, judge_variable
from sekisho.guards.objection import NOTHING_TOLD, Objection
from sekisho.guards.parsed import embedded, judge_parsed
from sekisho.guards.path import judge_path
from sekisho.guards.template import judge_lookup, judge_template
from sekisho.guards.url import judge_url
from sekisho.guards.word import judge_option, judge_setting
from sekisho.meaning.argument import Meaning
from sekisho.meaning.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.meaning.argument import Argument
    from sekisho.meaning.tool import Tool
    from sekisho.policy.facts import ServerFacts

__all__ = ["anywhere"]

_WORD: Final = frozenset({Meaning.WORD})
_FILLED: Final = ("{{", "${", "<%")
_LOGS: Final = frozenset({"log", "logger", "logging", "logs"})
_OPTIONS: Final = frozenset({"args", "argv", "arguments", "flags"})
_NEVER: Final = frozenset({"path-credential", "path-protected"})
_QUERIES: Final = frozenset({Meaning.SQL, Meaning.CYPHER, Meaning.PATTERN, Meaning.COMMAND})
_LANGUAGES: Final = frozenset({"ldap", "xpath", "graphql", "graph"})
_INNER: Final = frozenset({"url-private", "url-scheme"})


def anywhere(argument: Argument, tool: Tool, facts: ServerFacts) -> Iterator[Objection]:
    """Yield what there is to object to in a text, whatever it means.

    Args:
        argument: the text.
        tool: whose it is.
        facts: what is known about the server.
    """
    value, effects = argument.value, tool.effects
    content = Meaning.TEXT in argument.meanings
    if _is_evaluated(argument, tool):
        yield from judge_expression(value).objections
    if any(each in value for each in _FILLED):
        yield from _filled(argument, tool, content=content)
    yield from _optional(argument, tool, facts, content=content)
    if effects.documents:
        yield from judge_document(value, tool.words, argument.pointer).objections
    if "\n" in value or "\r" in value:
        # queries and commands have lines of their own: `cat <<E > config.yaml`
        place, spoken = argument.pointer + argument.inner, not _QUERIES.isdisjoint(argument.meanings)
        yield from judge_header(value, place, argument.lines, effects.topics, content=content or spoken).objections
    if not argument.declared:
        yield from judge_member(argument.pointer, value).objections
    if "env" in argument.pointer or "var" in argument.pointer:
        yield from judge_variable(argument.pointer, cut(argument.pointer), value).objections
    if effects.parses:
        yield from judge_parsed(value, tool.words, effects.topics).objections
        yield from _drawn(value, tool, facts)
    if not _LANGUAGES.isdisjoint(effects.topics):
        yield from _asked(argument, tool, content=content)


def _is_evaluated(argument: Argument, tool: Tool) -> bool:
    unknown = argument.meanings <= _WORD and argument.declared
    return is_evaluated(cut(argument.pointer), tool.words, unknown=unknown)


def _optional(argument: Argument, tool: Tool, facts: ServerFacts, *, content: bool) -> Iterator[Objection]:
    """Yield what there is to object to in options, in settings of `git`, and in files that options lead to."""
    value, words = argument.value, tool.words
    if value[:1] == "-" and (content or not argument.declared):
        used = tuple(each for each in (*words, *tool.means) if each in commands().options)
        loose = not argument.declared and not _OPTIONS.isdisjoint(cut(argument.pointer))
        yield from judge_option(value, used).objections if used or loose else ()
    if value[:1] in ("/", "~") and Meaning.ARGUMENT in argument.meanings:
        found = judge_path(value, facts.path, resolved=NOTHING_TOLD.real_paths).objections
        yield from (each for each in found if each.rule in _NEVER)
    if "config" in words and "git" in (*words, *facts.words) and Meaning.WORD in argument.meanings:
        yield from judge_setting(value).objections


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
