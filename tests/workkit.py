"""A worker that reads at once what a server said, for tests of what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from sekisho.engine.effects import Look
from sekisho.engine.events import SERVER_OWN, Looked
from sekisho.engine.jobs import perform
from sekisho.guards.objection import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.engine.effects import Effect
    from sekisho.engine.events import Event
    from sekisho.engine.session import Session

__all__ = ["received", "told"]


def told(look: Look, answers: Callable[[str], str | None] = perform) -> Told:
    """Return what a worker answers."""
    return Told(real_paths={}, addresses={}, worked={need.subject: answers(need.subject) for need in look.needs})


def received(session: Session, event: Event) -> list[Effect]:
    """Return the effects of an event, those of what had to be read first too."""
    effects = session.receive(event)
    while (look := next(filter(_is_reading, effects), None)) is not None:
        effects.remove(look)
        effects += session.receive(Looked(look.channel, look.id, told(look), event.now))
    return effects


def _is_reading(effect: Effect) -> TypeGuard[Look]:
    return isinstance(effect, Look) and effect.channel == SERVER_OWN
