"""Arguments held against the schema that was approved: what does not fit is an objection like those of the guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.engine.guarding import NOTHING_FOUND, Guarded
from sekisho.engine.jobs import breaches_of, schema_job
from sekisho.guards.contract import ANYTHING
from sekisho.guards.objection import NOTHING_TOLD, Objection
from sekisho.meaning.argument import Argument
from sekisho.model.expectations import expectation
from sekisho.rules.called import Objected

if TYPE_CHECKING:
    from sekisho.guards.contract import Breach, Contract
    from sekisho.guards.objection import Told
    from sekisho.wire.strict import Json

__all__ = ["UNCHECKED", "check"]


def check(contract: Contract, arguments: Json, told: Told = NOTHING_TOLD, *, many: bool = False) -> Guarded:
    """Hold the arguments of a call against a schema; what is too much for this process, a worker does.

    Args:
        contract: the schema, made ready.
        arguments: what is given.
        told: answers to needs.
        many: whether the arguments are known to be too many for this process.
    """
    breaches = None if many and contract is not ANYTHING else contract.breaches(arguments)
    if breaches is None and not contract.hopeless:
        job = schema_job(contract.source, arguments)
        if job.subject not in told.worked:
            return Guarded(found=(), needs=(job,))
        answer = told.worked[job.subject]
        breaches = breaches_of(answer) if answer is not None else None
    if breaches is None:
        return UNCHECKED
    return Guarded(found=tuple(map(_objected, breaches)), needs=()) if breaches else NOTHING_FOUND


UNCHECKED: Final = Guarded(
    found=(
        Objected(
            Argument(pointer="", value="", meanings=frozenset()),
            Objection(rule="arguments-not-checked", start=0, end=0),
        ),
    ),
    needs=(),
)
"""Nobody could tell in time, and what is not checked is not sent."""


def _objected(breach: Breach) -> Objected:
    argument = Argument(pointer=breach.pointer, value="", meanings=frozenset())
    expected = expectation(breach.keyword, breach.types)
    return Objected(argument, Objection(rule="arguments-do-not-match", start=0, end=0, expected=expected))
