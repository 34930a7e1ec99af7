"""The texts of a request, judged: which there are, what they mean to the server, and what the rules say about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sekisho.engine import forms
from sekisho.engine.checking import UNCHECKED, check
from sekisho.engine.crowd import asked, costs_much, heard, is_crowd
from sekisho.engine.filled import filled
from sekisho.engine.guarding import NOTHING_FOUND, Guarded, guard
from sekisho.engine.inspect import RULE_FAILED, findings
from sekisho.engine.ready import Ready, ready
from sekisho.engine.surface.shelf import declared_by
from sekisho.engine.texts import texts
from sekisho.meaning.argument import Argument, Meaning
from sekisho.meaning.shape import is_climbing
from sekisho.meaning.tool import Tool
from sekisho.model.finding import Finding
from sekisho.model.verdict import Verdict
from sekisho.rules.called import CallSubject
from sekisho.rules.registry import call_rules
from sekisho.wire.pointer import child
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sekisho.engine.calling import Calling
    from sekisho.engine.state import State
    from sekisho.guards.objection import Need, Told
    from sekisho.policy.facts import ServerFacts
    from sekisho.rules.called import Objected
    from sekisho.wire.jsonrpc import Json, Request

__all__ = ["Said", "judged"]

_HOST: Final = re.compile(r"//(?!localhost/|127\.|\[)[^/:]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What there is to say about a request."""

    findings: tuple[Finding, ...]
    """The findings for which it may not pass; their pointers lead into the params."""

    further: tuple[Finding, ...] = ()
    """What the schema has to say as well, where a person may have let the others pass."""

    needs: tuple[Need, ...] = ()
    """What must be known first, if it may pass else."""

    expected: Mapping[str, str] = field(default_factory=dict[str, str])
    """What would have been right, in fixed words, by pointer."""

    undeclared: int = 0
    """How many members the schema does not name, on all levels."""


_NOTHING_SAID: Final = Said(findings=())


@dataclass(slots=True, kw_only=True, eq=False)
class _Read:
    """A request, read."""

    ready: Ready
    """What it is about."""

    texts: tuple[Argument, ...] | None
    """Its texts, with their meanings; None where there are too many to read them here."""

    named: str
    """What it names."""

    at: str
    """Where its arguments begin in the params."""


def judged(state: State, calling: Calling, message: Request, told: Told, *, further: bool = False) -> Said:
    """Judge the texts of a request; with `further`, by its schema too where a guard objects.

    Nobody can be asked through a session yet, so a verdict of `ask` refuses.
    """
    read = _read(state, calling, message)
    calling.structured = read.ready if read.ready.output is not None else None
    facts = read.ready.facts or calling.facts
    guarded, undeclared = _guarded(read, message, facts, told)
    answers = forms.told(obj(message.params), read.ready.tool)
    answered = guard(answers, read.ready.tool, facts, told) if answers else NOTHING_FOUND
    # What a guard says is the graver reason, so the schema is asked where none of them objects.
    checked = NOTHING_FOUND
    if further or not guarded.found:
        checked = check(read.ready.contract, _given(message), told, many=read.texts is None)
    if guarded is checked is answered is NOTHING_FOUND and not undeclared and read.ready.terms.undeclared == "judge":
        return _NOTHING_SAID
    first, second = (guarded.found, checked.found) if guarded.found else (checked.found, ())
    return Said(
        findings=(
            *_findings(state, read, first),
            *_undeclared(read, message),
            *_findings(state, replace(read, at=""), answered.found),
        ),
        further=_findings(state, read, second),
        needs=(*guarded.needs, *checked.needs, *answered.needs),
        expected={f"{read.at}{each.argument.pointer}": each.objection.expected for each in reversed((*first, *second))},
        undeclared=undeclared,
    )


def _findings(state: State, read: _Read, found: tuple[Objected, ...]) -> tuple[Finding, ...]:
    if not found:
        return ()
    subject = CallSubject(server=state.setup.server, name=read.named, effects=read.ready.tool.effects, found=found)
    return tuple(replace(each, pointer=f"{read.at}{each.pointer}") for each in _every(subject))


def _guarded(read: _Read, message: Request, facts: ServerFacts, told: Told) -> tuple[Guarded, int]:
    """Return what the guards say, and how many members the schema does not name; a worker tells it of very many."""
    fixed = _fixed(read)
    if read.texts is not None:
        chosen = tuple(each for each in read.texts if each.pointer not in fixed) if fixed else read.texts
        if not costs_much(chosen, facts):
            undeclared = len({each.pointer for each in read.texts if not each.declared}) if read.at else 0
            return guard(chosen, read.ready.tool, facts, told), undeclared
    job = asked(message.method, obj(message.params), read.ready.tool, facts, told, fixed)
    if job.subject not in told.worked:
        return Guarded(found=(), needs=(job,)), 0
    answer = told.worked[job.subject]
    crowd = heard(answer) if answer is not None else None
    return (crowd.guarded, crowd.undeclared if read.at else 0) if crowd is not None else (UNCHECKED, 0)


def _fixed(read: _Read) -> tuple[str, ...]:
    """Return where a person fixed a value: that needs no guard."""
    parameters = read.ready.terms.parameters
    return tuple(child("", name) for name, each in parameters.items() if each.fixed is not None) if parameters else ()


def _undeclared(read: _Read, message: Request) -> tuple[Finding, ...]:
    """Return the first member that the schema does not name, where a person wants such refused."""
    if read.ready.terms.undeclared == "judge":
        return ()
    declared = obj(obj(read.ready.schema).get("properties"))
    found = next((name for name in obj(_given(message)) if name not in declared), None)
    if found is None:
        return ()
    return (Finding(rule="member-undeclared", verdict=Verdict.DENY, pointer=child("/arguments", found)),)


def _given(message: Request) -> Json:
    """Return the arguments of a call, whatever they are; what was left out is an empty object (server/tools)."""
    given = obj(message.params).get("arguments")
    return {} if given is None else given


def _every(subject: CallSubject) -> Iterator[Finding]:
    """Yield what the rules say; an objection that none of them speaks for denies as a rule that failed would."""
    spoken = list(findings(subject, call_rules()))
    yield from spoken
    for each in subject.found:
        if all(finding.rule != each.objection.rule for finding in spoken):
            yield Finding(rule=RULE_FAILED, verdict=Verdict.DENY, pointer=each.argument.pointer)


def _read(state: State, calling: Calling, message: Request) -> _Read:
    """Return the texts of a request with their meanings."""
    params = obj(message.params)
    match message.method:
        case "tools/call" | "prompts/get":
            named = text(params.get("name")) or ""
            listed = "tools/list" if message.method == "tools/call" else "prompts/list"
            found = ready(state, calling, message, listed, named)
            return _Read(ready=found, texts=_texts(message, found.tool), named=named, at="/arguments")
        case "completion/complete":
            reference = obj(params.get("ref"))
            named = text(reference.get("name")) or text(reference.get("uri")) or ""
            found = ready(state, calling, message, "prompts/list", named)
            return _Read(ready=found, texts=_texts(message, found.tool), named=named, at="")
        case _:
            uri = text(params.get("uri")) or ""
            return _Read(ready=_NO_TOOL, texts=_resource(state, calling, message, uri), named=uri, at="")


def _texts(message: Request, tool: Tool) -> tuple[Argument, ...] | None:
    params = obj(message.params)
    return None if is_crowd(params) else texts(message.method, params, tool)


_NO_TOOL: Final = Ready(Tool({"name": "read_resource", "annotations": {"readOnlyHint": True}}))


def _resource(state: State, calling: Calling, message: Request, uri: str) -> tuple[Argument, ...]:
    """Return a URI that the server did not list itself, and what it fills into a template of the server's.

    Its tail may become a path, or be fetched.
    """
    shelf, declared = state.shelf, declared_by(state, message.params)
    if shelf is not None and uri in shelf.listing("resources/list", declared).stands:
        return ()
    scheme, _, rest = uri.partition(":")
    meanings = {Meaning.RESOURCE}
    # With a host it is a name of the server's own, as its template has it; without one it is a file of this machine.
    if (scheme.casefold() == "file" and not _HOST.match(rest)) or is_climbing(uri):
        meanings.add(Meaning.PATH)
    if scheme.casefold() in ("http", "https"):
        meanings.add(Meaning.URL)
    templates = shelf.listing("resources/templates/list", declared).memos.values() if shelf is not None else ()
    bodies = (obj(each.body) for memo in templates for each in memo.definitions)
    whole = Argument(pointer="/uri", value=uri, meanings=frozenset(meanings))
    return (whole, *filled(uri, bodies, calling.facts.words))
