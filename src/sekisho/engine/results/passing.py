"""What a session's messages hold on their way, from the session's side: shown to the host, put back for the server."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, assert_never

from sekisho.engine.jobs import scan_job
from sekisho.engine.results.asking import asks
from sekisho.engine.results.marking import marked
from sekisho.engine.results.unveil import unveil
from sekisho.model.verdict import Verdict
from sekisho.policy.calls import stricter, terms_of
from sekisho.policy.evaluate import decide
from sekisho.wire.versions import DEFINING
from sekisho.wire.views import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sekisho.engine.results.judging import Judged
    from sekisho.engine.state import State
    from sekisho.guards.objection import Need
    from sekisho.model.finding import Finding
    from sekisho.rules.carried import Noticed
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["Inward", "Outward", "inward", "outward"]

Look: TypeAlias = Literal["plain", "here", "apart", "read"]
"""Where a content has to be read: nowhere, where others wait, by a worker; or that one was asked."""

_PARTS: Final = ("result", "error", "params")
"""Where a message has its content."""

_ENVELOPE: Final = frozenset({"jsonrpc", "id", "method"})
"""What stands beside it (JSON-RPC 2.0, 4 and 5)."""


@dataclass(slots=True, eq=False)
class Outward:
    """A server's message on its way to the host."""

    body: JsonObject
    """The message as it is shown."""

    because: Finding | None
    """Why it is not shown."""

    fields: JsonObject
    """What its record says about it: how often which rule reported something."""

    held: tuple[Finding, ...] = ()
    """Everything for which it is not shown."""

    unfit: bool = False
    """Whether nobody can have it shown."""

    unread: Need | None = None
    """What a worker has to do before anything can be said."""


@dataclass(slots=True, eq=False)
class Inward:
    """A host's message on its way to the server."""

    content: Json
    """Its content as the server gets it."""

    because: Finding | None = None
    """Why it does not get it."""

    expanded: int = 0
    """References that were expanded."""


def outward(
    state: State,
    method: str,
    body: JsonObject,
    *,
    more: Sequence[Finding] = (),
    tool: str = "",
    worked: Mapping[str, str | None] | None = None,
) -> Outward:
    """Judge a server's message, and write it so that it can be shown.

    Args:
        state: the session.
        method: the message's; for an answer, the one that it answers.
        body: the message.
        more: what else was found in it.
        tool: what was called.
        worked: what a worker answered about it, by job; None where none was asked.
    """
    part = _part(body)
    if len(body) > len(_ENVELOPE & body.keys()) + bool(part):
        body = _without_strange(body, part)
    if not part:
        return Outward(body, None, EMPTY)
    content = body[part]
    look: Look = "read" if worked is not None and "scan" in worked else _look(method, content)
    if look == "plain" and not more:
        return Outward(body, None, EMPTY)
    from sekisho.engine.results.judging import Judged, judged  # noqa: PLC0415 - the patterns load with the first answer

    match look:
        case "read":
            found = _scanned(state, method, content, (worked or {}).get("scan"))
        case "plain":
            found = Judged((), content, EMPTY)
        case "here":
            found = judged(method, content, state.references, state.setup.server)
        case "apart":
            return Outward(body, None, EMPTY, unread=scan_job(method, content))
        case _:
            assert_never(look)
    if found.content is content and not found.findings and not more:
        return Outward(body, None, EMPTY)
    return _shown(state, body, part, found, _strictly(state, tool, (*found.findings, *more)))


def _without_strange(body: JsonObject, part: str) -> JsonObject:
    """Return a message without what stands beside its content and is not plain: it is judged nowhere else."""
    strange: JsonObject = {name: value for name, value in body.items() if name not in _ENVELOPE and name != part}
    return (
        body if _look("", strange) == "plain" else {name: value for name, value in body.items() if name not in strange}
    )


def _part(body: JsonObject) -> str:
    for part in _PARTS:
        if part in body:
            return part
    return ""


def _look(method: str, content: Json) -> Look:
    """Tell where a content has to be read."""
    if method in DEFINING:
        return "here"
    from sekisho.engine.results.glance import is_plain  # noqa: PLC0415 - as above

    if not is_plain(content):
        return "apart"
    return "here" if asks(method, content) else "plain"


def _scanned(state: State, method: str, content: Json, answer: str | None) -> Judged:
    from sekisho.engine.results.scanning import scanned  # noqa: PLC0415 - few sessions ever need it

    return scanned(answer, method, content, state.references, state.setup.server)


def _strictly(state: State, tool: str, found: Sequence[Finding]) -> Sequence[Finding]:
    """Return findings as a person wants marks to be taken: as such, as nothing, or as a reason to hold."""
    match stricter(state.setup.mark, terms_of(state.setup.calls, tool).mark if tool else None):
        case "off":
            instead = Verdict.ALLOW
        case "hold":
            instead = Verdict.ASK
        case _:
            return found
    return [replace(each, verdict=instead) if each.verdict is Verdict.MARK else each for each in found]


def _shown(state: State, body: JsonObject, part: str, found: Judged, findings: Sequence[Finding]) -> Outward:
    """Return a message as it is shown, with marks; why it is held, where it is; what can't be marked is."""
    because = decide(findings).because
    marks = [each for each in findings if each.verdict is Verdict.MARK]
    counts: JsonObject = {**Counter(each.rule for each in findings if each.verdict <= Verdict.MARK), **found.counts}
    shown: JsonObject = {**body, part: found.content}
    fields: JsonObject = {"found": counts} if counts else EMPTY
    held = tuple(each for each in findings if each.verdict >= Verdict.ASK)
    if marks and not held:
        around = marked(found.content, [finding.pointer for finding in marks], state.ticket())
        if around is None:
            held, because = tuple(marks), marks[0]
        else:
            shown[part] = around
    if not held:
        return Outward(shown, None, fields)
    return Outward(shown, because, fields, held=held, unfit=found.unfit)


def inward(state: State, method: str, content: Json) -> Inward:
    """Put back what was cut out, for the server that it came from."""
    unveiled = unveil(content, state.references, state.setup.server)
    if unveiled is None:
        return Inward(content)
    return Inward(unveiled.content, _objection(state, method, unveiled.noticed), unveiled.expanded)


def _objection(state: State, method: str, noticed: Sequence[Noticed]) -> Finding | None:
    """Return the finding for which a host's message may not pass. Nobody can be asked yet, so `ask` refuses."""
    from sekisho.engine.results.judging import noticing  # noqa: PLC0415 - as above

    decision = decide(noticing(method, noticed, state.setup.server) if noticed else ())
    return decision.because if decision.verdict >= Verdict.ASK else None
