"""Arguments held against the schema that was approved: what does not fit is an objection like those of the guards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.guarding import Guarded
from sekisho.guards.objection import Objection
from sekisho.meaning.argument import Argument
from sekisho.model.expectations import expectation
from sekisho.rules.called import Objected

if TYPE_CHECKING:
    from sekisho.guards.contract import Breach, Contract
    from sekisho.wire.strict import Json

__all__ = ["check"]

_FITS = Guarded(found=(), needs=())


def check(contract: Contract, arguments: Json) -> Guarded:
    """Hold the arguments of a call against a schema."""
    breaches = contract.breaches(arguments)
    if not breaches:
        return _FITS if breaches is not None else _objecting("arguments-not-checked")
    return Guarded(found=tuple(_objected(each) for each in breaches), needs=())


def _objecting(rule: str) -> Guarded:
    argument = Argument(pointer="", value="", meanings=frozenset())
    return Guarded(found=(Objected(argument, Objection(rule=rule, start=0, end=0)),), needs=())


def _objected(breach: Breach) -> Objected:
    argument = Argument(pointer=breach.pointer, value="", meanings=frozenset())
    expected = expectation(breach.keyword, breach.types)
    return Objected(argument, Objection(rule="arguments-do-not-match", start=0, end=0, expected=expected))
