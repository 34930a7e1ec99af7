"""A call whose server asked something back, while the host of 2026-07-28 goes and finds the answers.

An older server asks in the middle of a call and waits; a newer host is told "input required" and comes again with
another request. Between the two the call stays open at the server and is parked here, under a number that travels
sealed in `requestState`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sekisho.engine.effects import SendToHost
    from sekisho.engine.events import HostSent
    from sekisho.wire.jsonrpc import Id, JsonObject, Request

__all__ = ["Key", "OpenCall", "Question"]

Key: TypeAlias = "tuple[int, Id]"
"""A request of the host: its channel and its id."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the server asked."""

    id: Id
    """The id under which the session expects the answer."""

    asked: JsonObject
    """Method and params, as a host of 2026-07-28 gets them."""

    own: bool
    """Whether it is one of ours."""


@dataclass(slots=True, eq=False)
class OpenCall:
    """A request of the host that the server has not answered."""

    number: int
    """The id under which the session knows it."""

    event: HostSent
    """How the request came under which the server was asked."""

    request: Request
    """That request, as the host sent it."""

    key: Key
    """Who waits for the answer now: the last request that the host repeated."""

    level: int | None
    """The log level that the host asked for, as a place in `LEVELS`; None for no log messages."""

    parked: bool = False
    """Whether the host was told that input is required, and has not come again."""

    handle: int = 0
    """The number by which it comes again; another one for each round."""

    deadline: float = 0.0
    """When it is given up, while it is parked."""

    pending: dict[str, Question] = field(default_factory=dict[str, Question])
    """What the host was asked, by the key that it answers under."""

    queue: list[Question] = field(default_factory=list[Question])
    """What the server asked since, to be asked next."""

    rounds: int = 0
    """How often the host came again."""

    answer: SendToHost | None = None
    """The server's answer, if it came while the call was parked."""

    def put(self) -> None:
        """Take from the queue what is asked in one round: one of ours alone, beside which nobody speaks; else all."""
        asked = [each for each in self.queue if each.own][:1] or self.queue
        self.pending = {f"q{place}": question for place, question in enumerate(asked, 1)}
        self.queue = [each for each in self.queue if each not in asked]
