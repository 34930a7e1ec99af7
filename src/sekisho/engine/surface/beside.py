"""The servers beside this one: what was approved of them, and what the rules say about a definition among theirs.

The rules about several servers report whoever comes later, so who was approved first is the original. Only a text that
speaks about another server's tool is reported whatever the order.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sekisho.engine.inspect import findings
from sekisho.model.definition import Definition
from sekisho.model.finding import Persona
from sekisho.model.place import NOWHERE, Place
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.grade import Grade, grade
from sekisho.pin.records import Key, Origin, State
from sekisho.rules.namespace.look_alike_name import RULE as LOOK_ALIKE
from sekisho.rules.registry import namespace_rules
from sekisho.text.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sekisho.model.finding import Finding
    from sekisho.pin.records import Ledger

__all__ = ["NOBODY", "Beside", "across", "approved", "beside"]


@dataclass(slots=True, eq=False)
class Beside:
    """The approved surfaces of the other servers, read once for all sessions with one server."""

    readings: Mapping[tuple[str, Key, str], Reading] = field(default_factory=lambda: MappingProxyType({}))
    """By server, name and fingerprint."""

    clear: Ledger | None = None
    """A ledger of that server in which nothing has to be held because of them."""


NOBODY: Final = Beside()
"""There is nothing to compare it with. Never written to."""


def beside(ledgers: Mapping[str, Ledger], before: Beside = NOBODY) -> Beside:
    """Return what is approved of other servers; `before` itself where that is still what it was.

    A server that was taken out is not there.

    Args:
        ledgers: by server.
        before: what was read before, so that nothing is read twice.
    """
    readings: dict[tuple[str, Key, str], Reading] = {}
    for server, ledger in ledgers.items():
        texts = approved(ledger) if ledger.quarantine is None else ()
        siblings = frozenset(each.place.name for each in texts)
        for each in texts:
            at = server, _key(each), fingerprint(each.place.kind, each.body)
            readings[at] = before.readings.get(at) or Reading(definition=each, siblings=siblings)
    return before if readings.keys() == before.readings.keys() else Beside(MappingProxyType(readings))


def approved(ledger: Ledger) -> tuple[Definition, ...]:
    """Return what is approved of a server and what it listed last, whether it is shown or held."""
    return tuple(
        Definition(place=Place(ledger.server, pin.key.kind, pin.key.name), pointer="", body=pin.approved.body)
        for pin in ledger.pins.values()
        if pin.approved is not None and pin.state is not State.REMOVED
    )


def across(others: Beside, ledger: Ledger, definitions: Iterable[Definition]) -> tuple[Finding, ...]:
    """Return what the rules about several servers report about the definitions of this one.

    Args:
        others: what is beside it.
        ledger: what was approved of it: that was there before anybody who is not approved yet.
        definitions: what it lists, perhaps a part of it.
    """
    if not others.readings:
        return ()
    return tuple(_findings(others, ledger, tuple(definitions)))


def _findings(others: Beside, ledger: Ledger, definitions: tuple[Definition, ...]) -> Iterator[Finding]:
    known, new = list[Definition](), list[Definition]()
    for each in definitions:
        (known if _is_approved(ledger, each) else new).append(each)
    shown, changed = ({_key(each) for each in several} for several in (known, new))
    # What else it has; and what is shown while a changed text waits, because that has to stand beside the others too.
    kept = [
        each
        for each in approved(ledger)
        if _key(each) not in shown and (_key(each) not in changed or _is_unseen(ledger, each))
    ]
    names = frozenset(each.place.name for each in (*definitions, *kept))
    own = [Reading(definition=each, siblings=names) for each in (*known, *kept)]
    late = [Reading(definition=each, siblings=names) for each in new]
    for finding in findings((*own, *others.readings.values(), *late), namespace_rules()):
        if finding.place == NOWHERE:
            # A rule that failed says nothing about anybody, so it counts against all.
            yield from (replace(finding, place=each.place) for each in definitions)
        elif (
            finding.place.server == ledger.server and finding.persona <= Persona.REGULAR and not _is_told_apart(finding)
        ):
            yield finding


def _is_told_apart(finding: Finding) -> bool:
    """Tell whether two names differ by their alias, which is always in front, as far as two equal ones would."""
    return finding.rule == LOOK_ALIKE.id and finding.excerpt.isascii()


def _key(definition: Definition) -> Key:
    return Key(definition.place.kind, definition.place.name)


def _is_unseen(ledger: Ledger, definition: Definition) -> bool:
    """Tell whether nobody has looked at an approved text."""
    text = ledger.pins[_key(definition)].approved
    return text is not None and text.by is Origin.FIRST_USE


def _is_approved(ledger: Ledger, definition: Definition) -> bool:
    """Tell whether a definition is what was approved, or provably says the same."""
    pin = ledger.pins.get(_key(definition))
    text = pin.approved if pin is not None else None
    if text is None:
        return False
    if text.fingerprint == fingerprint(definition.place.kind, definition.body):
        return True
    return grade(replace(definition, body=text.body), definition).grade is Grade.NEUTRAL
