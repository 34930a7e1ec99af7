"""Long messages, judged by a process that can be ended: what it is asked, what it does, and what it answers.

A megabyte of text costs a tenth of a second and more, linear in its length, and nobody else may wait for that.
The worker cuts out with numbers of its own; which reference stands for what is decided here, where the conversation
is known. What is between brackets of ours in its answer is one of them: it makes every other bracket harmless.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import orjson

from sekisho.engine.jobs import whole
from sekisho.engine.results.judging import Judged, judged, noticing, too_many
from sekisho.engine.results.references import Kind, References, TooManyError
from sekisho.model.finding import Finding, Severity
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import Noticed
from sekisho.wire.strict import serialise
from sekisho.wire.views import EMPTY, items, obj, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.wire.strict import Json, JsonObject

__all__ = ["scan", "scanned"]

_TOKEN: Final = re.compile(r"\u27e6(?:secret|hidden):([0-9]{1,10})\u27e7")

_SERVER: Final = ""


def scan(asked: JsonObject) -> Json:
    """Judge a content, in the worker.

    Args:
        asked: `method` and `content`. Whose it is changes nothing.
    """
    references = References(b"worker")
    content = asked["content"]
    found = judged(text(asked["method"]) or "", content, references, _SERVER)
    if found.unfit:
        return {"unfit": True}
    counted = Counter((each.rule, each.verdict, each.severity, each.pointer) for each in found.findings)
    rows: list[Json] = [
        [rule, verdict, severity, pointer, count] for (rule, verdict, severity, pointer), count in counted.items()
    ]
    cuts: list[Json] = [[number, cut.kind, cut.text] for number, cut in references.given()]
    return {
        "findings": rows,
        "content": None if found.content is content else serialise(found.content).decode(),
        "counts": {**found.counts},
        "cuts": cuts,
        "escapes": references.has_escapes(_SERVER),
    }


def scanned(answer: str | None, method: str, content: Json, references: References, server: str) -> Judged:
    """Read what the worker found; a content that it did not read in time is not shown.

    Args:
        answer: the worker's; None where it gave none.
        method: the message's.
        content: what it was asked about.
        references: those of the conversation.
        server: who said it.
    """
    try:
        told = obj(_read(answer)) if answer is not None else EMPTY
        if told.get("unfit") is True:
            return too_many(method, content, server)
        return _taken(told, content, references, server) if "findings" in told else _not_read(method, content, server)
    except TooManyError:
        return too_many(method, content, server)
    except ValueError:
        return _not_read(method, content, server)


def _read(written: str) -> Json:
    """Parse what the worker wrote: it has judged what came, and wrote it with the same library."""
    return orjson.loads(written)


def _not_read(method: str, content: Json, server: str) -> Judged:
    """Return the judgement of what nobody read in time."""
    found = noticing(method, [Noticed("result-not-read", "")], server)
    return Judged(tuple(found), content, EMPTY, unfit=True)


def _taken(told: JsonObject, content: Json, references: References, server: str) -> Judged:
    given: dict[str, str] = {}
    for number, kind, said in map(items, items(told.get("cuts"))):
        given[str(number)] = references.give(server, Kind(str(kind)), str(said))
    if told.get("escapes") is True:
        references.showed_escape(server)

    def settled(written: str) -> str:
        return _TOKEN.sub(lambda token: given.get(token[1], token[0]), written) if given else written

    shown = text(told.get("content"))
    return Judged(
        tuple(finding for row in items(told["findings"]) for finding in _findings(items(row), settled)),
        content if shown is None else _read(settled(shown)),
        obj(told.get("counts")),
    )


def _findings(row: list[Json], settled: Callable[[str], str]) -> list[Finding]:
    """Return what one row stands for; no more than that rule, place and number are told."""
    rule, verdict, severity, pointer, count = row
    finding = Finding(
        rule=str(rule),
        verdict=Verdict(whole(verdict)),
        pointer=settled(str(pointer)),
        severity=Severity(whole(severity)),
    )
    return [finding] * whole(count)
