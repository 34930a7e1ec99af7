"""Judging what servers offer: their dumps in, findings out. The scanner's and the gateway's one way in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sekisho.engine.inspect import findings
from sekisho.model.definition import surface
from sekisho.model.finding import Persona
from sekisho.rules.registry import definition_rules, namespace_rules
from sekisho.text.reading import Reading, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sekisho.model.definition import Definition
    from sekisho.model.finding import Finding
    from sekisho.model.rule import Rule
    from sekisho.wire.strict import JsonObject

__all__ = ["examine", "survey"]

_KINDS: Final = 4096
"""Texts with the same marks concern the same rules; real ones come in some hundred kinds."""


def survey(dumps: Mapping[str, JsonObject], *, persona: Persona = Persona.REGULAR) -> tuple[Finding, ...]:
    """Return what the rules report about the surfaces of one or several servers, judged together.

    Pure and total: a rule that raises reports `rule-failed`, which denies.

    Args:
        dumps: by server: a tools list, or an object with any of `tools`, `prompts`, `resources`,
            `resourceTemplates`, `instructions`, `serverInfo`. Pointers of findings lead into the server's own dump.
        persona: who listens; what is for a later persona only is left out.
    """
    return tuple(finding for finding in _all(dumps) if finding.persona <= persona)


def examine(definitions: Iterable[Definition], *, siblings: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Return what the rules report about definitions of one server, each by itself.

    Args:
        definitions: what is judged.
        siblings: the names of everything that the same server defines.
    """
    found = (_about(Reading(definition=each, siblings=siblings)) for each in definitions)
    return tuple(finding for several in found for finding in several if finding.persona <= Persona.REGULAR)


def _all(dumps: Mapping[str, JsonObject]) -> Iterator[Finding]:
    every = tuple(reading for server, dump in dumps.items() for reading in read(surface(server, dump)))
    for reading in every:
        yield from _about(reading)
    if len(dumps) > 1:
        yield from findings(every, namespace_rules())


def _about(reading: Reading) -> Iterable[Finding]:
    rules = _concerned(reading)
    return findings(reading, rules, place=reading.definition.place) if rules else ()


def _concerned(reading: Reading) -> tuple[Rule[Reading], ...]:
    """Return the rules that could report something: asking each of them takes longer than reading."""
    try:
        return _with_needs_met(reading.marks)
    except Exception:  # noqa: BLE001 - what can't be read is put before every rule, and each that needs it fails
        return definition_rules()


@lru_cache(maxsize=_KINDS)
def _with_needs_met(marks: int) -> tuple[Rule[Reading], ...]:
    return tuple(rule for rule in definition_rules() if all(marks & any_of for any_of in rule.needs))
