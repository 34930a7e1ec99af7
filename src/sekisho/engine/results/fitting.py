"""A tool's structured result, held against the schema that the tool declares for it (server/tools, Output Schema).

A result that is an error, or that asks for more input, has nothing to fit. One without the structure that was declared
passes and is told: a host that needs the structure notices itself, and the text is judged like any other.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.engine.jobs import breaches_of, schema_job
from sekisho.engine.results.judging import noticing
from sekisho.guards.objection import Need
from sekisho.model.verdict import Verdict
from sekisho.rules.carried import Noticed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sekisho.engine.calls import Call
    from sekisho.engine.state import State
    from sekisho.guards.contract import Contract
    from sekisho.model.finding import Finding
    from sekisho.wire.jsonrpc import JsonObject

__all__ = ["NOTHING_WORKED", "fitting", "misfits"]

_MEMBER: Final = "structuredContent"
NOTHING_WORKED: Final[Mapping[str, str | None]] = MappingProxyType({})
"""No worker was asked."""


def fitting(
    state: State, call: Call, result: JsonObject, worked: Mapping[str, str | None] | None = None
) -> tuple[list[Finding], Need | None]:
    """Return what there is to say about a result by its tool's own schema, or what a worker has to find out first.

    Args:
        state: the session.
        call: what it answers.
        result: it.
        worked: what a worker answered, by job; None where none was asked.
    """
    found = call.tool
    unfinished = result.get("isError") is True or result.get("resultType", "complete") != "complete"
    if found is None or found.outcome is None or unfinished:
        return [], None
    noticed = misfits(found.outcome, result, worked or NOTHING_WORKED)
    if isinstance(noticed, Need):
        return [], noticed
    findings = noticing(call.method, noticed, state.setup.server) if noticed else []
    if found.terms.output == "note":
        findings = [replace(each, verdict=Verdict.ALLOW) for each in findings]
    return findings, None


def misfits(
    outcome: Contract, result: JsonObject, worked: Mapping[str, str | None] = NOTHING_WORKED
) -> list[Noticed] | Need:
    """Return what does not fit in a result, or the job that a worker has to do first.

    Args:
        outcome: the schema that the tool declares.
        result: no error, and complete.
        worked: what a worker answered, by job.
    """
    if _MEMBER not in result:
        return [Noticed("result-unstructured", "")]
    value = result[_MEMBER]
    breaches = None if outcome.hopeless else outcome.breaches(value, exact=True)
    if breaches is None and not outcome.hopeless:
        if "schema" not in worked:
            return schema_job(outcome.source, value, exact=True)
        answer = worked["schema"]
        breaches = breaches_of(answer) if answer is not None else None
    if breaches is None:
        return [Noticed("result-not-checked", f"/{_MEMBER}")]
    return [Noticed("result-breaks-schema", f"/{_MEMBER}{each.pointer}") for each in breaches]
