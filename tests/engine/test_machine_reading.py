"""Anything may happen while something is read that a server said: the promises of `Session`, and the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from engine.test_machine import Anything
from sekisho.engine.effects import Look, SendToHost, StartServer
from sekisho.engine.events import Looked
from sekisho.engine.jobs import perform
from sekisho.wire.views import obj
from workkit import told

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.events import Event
    from sekisho.wire.jsonrpc import JsonObject

TOLD = "DB_PASSWORD=hunter2x"


class Reading(Anything):
    """Both peers, the shell, the disk, and a worker that is slow, or ends."""

    works = False

    def __init__(self) -> None:
        super().__init__()
        self.looks: list[Look] = []
        self.answered = 0

    def server(self, body: JsonObject, call: int | None = None) -> None:
        """Let the server say something, every third time in words that have to be read."""
        part = next((part for part in ("params", "result") if part in body), "")
        if self.marks % 3 == 0 and part:
            body = {**body, part: {**obj(body[part]), "said": TOLD}}
        super().server(body, call)

    def receive(self, event: Event) -> None:
        super().receive(event)
        self.comes_in_order()
        if self.play.state.modern:
            # Nor is a question answered that came before this was settled, and was read after it.
            self.excused = self.questions.copy()

    def comes_in_order(self) -> None:
        """What a server said before an answer does not come behind it."""
        for effect in self.play.effects:
            if isinstance(effect, SendToHost):
                body = effect.body
                mark = obj(body.get("result" if effect.final else "params")).get("mark")
                if isinstance(mark, int):
                    assert "method" not in body or mark > self.answered, body
                    self.answered = max(self.answered, mark) if effect.final else self.answered

    def act(self, effect: Effect) -> None:
        if isinstance(effect, Look):
            self.looks.append(effect)
        if isinstance(effect, StartServer):
            # What one that is replaced has asked, and nobody has read yet, is not answered to the other.
            self.excused = self.questions.copy()
        super().act(effect)

    @precondition(lambda self: self.looks)
    @rule(which=st.integers(0, 5), ends=st.booleans())
    def reads(self, which: int, ends: bool) -> None:  # noqa: FBT001 - drawn
        """Let the worker be done with one of the messages."""
        look = self.looks.pop(which % len(self.looks))
        answers = told(look, (lambda _: None) if ends else perform)
        self.receive(Looked(look.channel, look.id, answers, self.play.now))

    def teardown(self) -> None:
        self.fails = False
        self.ticks(0.0)
        while self.looks or self.held:
            while self.held:
                self.perform(self.held.pop(0))
            if self.looks:
                self.reads(0, ends=False)
            self.ticks(0.0)
        super().teardown()


Reading.TestCase.settings = Anything.TestCase.settings
TestReading = Reading.TestCase
