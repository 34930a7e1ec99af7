"""A session whose answers wait: a worker reads them, a person is asked about them, or the question is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.effects import Look, Plead
from sekisho.engine.events import Looked, Pleaded, RecordFailed
from sekisho.engine.jobs import perform
from sekisho.wire.views import items, obj
from surfacekit import Guarded
from workkit import told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from sekisho.engine.effects import Effect
    from sekisho.policy.leniency import Heard
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

__all__ = ["Answering", "asked", "nobody", "said", "shown"]


class Answering(Guarded):
    """A session that is answered, fed by a test."""

    def lost(self, effects: Sequence[Effect]) -> Self:
        """Let effects be lost, because the record before them can't be written."""
        self.effects = self.session.receive(RecordFailed(self.now, effects))
        return self

    def worked(self, answers: Callable[[str], str | None] = perform) -> Self:
        """Let a worker, or somebody in its place, answer what the last event wants to have done."""
        (look,) = (effect for effect in self.effects if isinstance(effect, Look))
        return self.receive(Looked(look.channel, look.id, told(look, answers), self.now))

    def pleaded(self, heard: Heard) -> Self:
        """Let a person have said something about what the last event asks about."""
        (plea,) = (effect for effect in self.effects if isinstance(effect, Plead))
        return self.receive(Pleaded(plea.channel, plea.id, heard, self.now))


def said(text: str, **more: Json) -> JsonObject:
    return {"content": [{"type": "text", "text": text}], **more}


def asked(play: Answering, id_: Id = "r", name: str = "read", method: str = "tools/call") -> Answering:
    return play.host(play.asks(id_, method, {"name": name, "arguments": {"n": 1}}))


def nobody(_: str) -> None:
    return None


def shown(play: Answering) -> str:
    return str(obj(items(obj(play.sent[-1]["result"])["content"])[0])["text"])
