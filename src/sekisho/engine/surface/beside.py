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
from sekisho.model.place import NOWHERE, Kind, Place
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.grade import Grade, grade
from sekisho.pin.records import Key, Origin, State
from sekisho.rules.namespace.look_alike_name import RULE as LOOK_ALIKE
from sekisho.rules.registry import namespace_rules
from sekisho.text.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sekisho.model.finding import Finding
    from sekisho.pin.records import Ledger

__all__ = ["NOBODY", "Beside", "Library", "across", "approved", "beside"]

Text = tuple["Key", str]
"""One text of a server: what it belongs to, and its fingerprint."""


class Library:
    """What was approved of servers, read once for all who stand beside them; whatever is gone is forgotten.

    A reading is the same for whoever asks: no rule about several servers looks at what else its server has.
    """

    __slots__ = ("_shelves",)

    def __init__(self) -> None:
        self._shelves: dict[str, tuple[Ledger, Mapping[Text, Reading]]] = {}

    def of(self, ledger: Ledger) -> Mapping[Text, Reading]:
        """Return what is approved of a server and a model may read, in the order of its pins."""
        ours, known = self._shelves.get(ledger.server, (None, _NOTHING))
        if ours is not ledger:
            texts = ((at, each) for at, each in _texts(ledger) if each.place.kind not in _UNREAD)
            known = {at: known.get(at) or _reading(definition) for at, definition in texts}
            self._shelves[ledger.server] = ledger, known
        return known

    def keep(self, servers: Collection[str]) -> None:
        """Forget every other server."""
        self._shelves = {server: shelf for server, shelf in self._shelves.items() if server in servers}


def _reading(definition: Definition) -> Reading:
    return Reading(definition=definition, siblings=frozenset())


def _texts(ledger: Ledger) -> Iterator[tuple[Text, Definition]]:
    """Yield what is approved of a server and what it listed last, whether it is shown or held."""
    for pin in ledger.pins.values():
        if pin.approved is not None and pin.state is not State.REMOVED:
            place = Place(ledger.server, pin.key.kind, pin.key.name)
            yield (pin.key, pin.approved.fingerprint), Definition(place=place, pointer="", body=pin.approved.body)


_UNREAD: Final = frozenset({Kind.CODE, Kind.GENERATIONS})
"""What a session found out about a server: no rule about several servers is about that, no neighbour hears it."""

_NOTHING: Final[Mapping[Text, Reading]] = MappingProxyType({})


@dataclass(slots=True, eq=False)
class Beside:
    """The approved surfaces of the other servers, read once for all sessions with one server."""

    readings: Mapping[tuple[str, Key, str], Reading] = field(default_factory=lambda: MappingProxyType({}))
    """By server, name and fingerprint."""

    library: Library = field(default_factory=Library)
    """Where they come from; it has what is approved of that server too."""

    clear: Ledger | None = None
    """A ledger of that server in which nothing has to be held because of them."""


NOBODY: Final = Beside()
"""There is nothing to compare it with. Never written to."""


def beside(ledgers: Mapping[str, Ledger], before: Beside = NOBODY, library: Library | None = None) -> Beside:
    """Return what is approved of other servers; `before` itself where that is still what it was.

    A server that was taken out is not there.

    Args:
        ledgers: by server.
        before: what was there before.
        library: has what was read; else that of `before`, or a new one behind `NOBODY`.
    """
    shelf = library or (Library() if before is NOBODY else before.library)
    readings = {
        (server, *at): reading
        for server, ledger in ledgers.items()
        if ledger.quarantine is None
        for at, reading in shelf.of(ledger).items()
    }
    return before if readings.keys() == before.readings.keys() else Beside(MappingProxyType(readings), shelf)


def approved(ledger: Ledger) -> tuple[Definition, ...]:
    """Return what is approved of a server and what it listed last, whether it is shown or held."""
    return tuple(definition for _, definition in _texts(ledger))


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
    if not definitions and not kept:
        return
    shelf = others.library.of(ledger)
    own = [_read(shelf, ledger, each) for each in (*known, *kept) if each.place.kind not in _UNREAD]
    late = [_reading(each) for each in new if each.place.kind not in _UNREAD]
    for finding in findings((*own, *others.readings.values(), *late), namespace_rules()):
        if finding.place == NOWHERE:
            # A rule that failed says nothing about anybody, so it counts against all.
            yield from (replace(finding, place=each.place) for each in definitions)
        elif (
            finding.place.server == ledger.server and finding.persona <= Persona.REGULAR and not _is_told_apart(finding)
        ):
            yield finding


def _read(shelf: Mapping[Text, Reading], ledger: Ledger, definition: Definition) -> Reading:
    """Return the reading of a definition: the library's, if it is the very text that was approved."""
    pin = ledger.pins.get(_key(definition))
    text = pin.approved if pin is not None else None
    known = shelf.get((_key(definition), text.fingerprint)) if text is not None else None
    return known if known is not None and known.definition == definition else _reading(definition)


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
    if text.body is definition.body or text.fingerprint == fingerprint(definition.place.kind, definition.body):
        return True
    return grade(replace(definition, body=text.body), definition).grade is Grade.NEUTRAL
