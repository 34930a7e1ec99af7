"""What a newer server requires of an older host: real questions, and the request again with the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sekisho.engine.bridge.moves import failed, request_down
from sekisho.engine.effects import Record, SendToHost
from sekisho.wire.versions import SpecCode
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from collections.abc import Callable

    from sekisho.engine.bridge.moves import Down, Move
    from sekisho.engine.bridge.parked import Key
    from sekisho.engine.events import HostSent
    from sekisho.wire.jsonrpc import Failure, Json, JsonObject, Response

__all__ = ["Asking", "Request"]

_ROUNDS: Final = 16
"""How often a server may ask something back for one request."""

_QUESTIONS: Final = 64
"""How many questions may be open to the host."""

_PATIENCE: Final = 3600.0
"""How long a host may take for a question, in seconds; a person may be thinking about it."""

_UNANSWERED: Final = "the client did not answer what the server asked for this request"


@dataclass(slots=True)
class Request:
    """A request of the host that is not answered yet."""

    event: HostSent
    """As the host sent it."""

    method: str
    """Its method."""

    params: JsonObject
    """As the server gets them."""

    state: Json = None
    """The `requestState` of the last round."""

    rounds: int = 0
    """How often the server asked something back."""

    questions: dict[int, str] = field(default_factory=dict[int, str])
    """Open questions: the id that the host sees, and the server's key."""

    responses: JsonObject = field(default_factory=dict["str", "Json"])
    """What was answered, by the server's key."""

    deadline: float = 0.0
    """When its questions are given up."""


class Asking:
    """The host's requests that are not answered yet, and the questions that came up in them.

    Args:
        server: the server's identity, for records.
        number: gives ids that were never used towards the host.
    """

    def __init__(self, server: str, number: Callable[[], int]) -> None:
        self.calls: dict[Key, Request] = {}
        """By the channel on which they came and the id that the host gave them."""
        self._server = server
        self._number = number
        self._questions: dict[int, Key] = {}

    @property
    def busy(self) -> bool:
        """Whether the host owes answers."""
        return bool(self._questions)

    def asked(self, call: Request, about: Key, result: JsonObject, now: float) -> list[Move]:
        """Ask the host what the server requires for a request."""
        wanted = obj(result.get("inputRequests"))
        call.state = result.get("requestState")
        call.rounds += 1
        if call.rounds > _ROUNDS or len(self._questions) + len(wanted) > _QUESTIONS:
            return self._given_up(call, about)
        if not wanted:
            return [self._again(call, about, now)]
        call.deadline = now + _PATIENCE
        moves: list[Move] = []
        for key, asked in wanted.items():
            ours = self._number()
            call.questions[ours], self._questions[ours] = key, about
            body: JsonObject = {"jsonrpc": "2.0", "id": ours, **obj(asked)}
            moves.append(SendToHost(body, *about))
        return moves

    def answer(self, event: HostSent, message: Response | Failure) -> list[Move] | None:
        """Take an answer of the host; None when nothing was asked under this id."""
        about = self._questions.pop(message.id, None) if isinstance(message.id, int) else None
        if about is None or not isinstance(message.id, int):
            return None
        call = self.calls[about]
        key = call.questions.pop(message.id)
        result = message.body.get("result")
        if not isinstance(result, dict):
            return self._given_up(call, about)
        call.responses[key] = result
        return [] if call.questions else [self._again(call, about, event.now)]

    def cancel(self, call: Request, about: Key) -> list[Move]:
        """Give a request up that waits for answers: the server does not know of it any more."""
        del self.calls[about]
        fields: JsonObject = {"method": call.method, "rule": "cancelled"}
        return [Record("cancel", call.event.who, self._server, fields, {}), *self._withdrawn(call, about)]

    def tick(self, now: float) -> list[Move]:
        """Give up questions that nobody answers."""
        overdue = [(about, call) for about, call in self.calls.items() if call.questions and call.deadline <= now]
        return [move for about, call in overdue for move in self._given_up(call, about)]

    def _withdrawn(self, call: Request, about: Key) -> list[Move]:
        """Take the open questions of a call back from the host."""
        moves: list[Move] = []
        for ours in call.questions:
            del self._questions[ours]
            params: JsonObject = {"requestId": ours}
            body: JsonObject = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": params}
            moves.append(SendToHost(body, about[0], None))
        call.questions = {}
        return moves

    def _given_up(self, call: Request, about: Key) -> list[Move]:
        """Answer the host for a request whose questions it did not answer."""
        withdrawn = self._withdrawn(call, about)
        del self.calls[about]
        rule = {"method": call.method, "rule": "question-unanswered", "verdict": "deny"}
        record = Record("error", call.event.who, self._server, {**rule}, {})
        error: JsonObject = {"code": int(SpecCode.INTERNAL_ERROR), "message": f"Sekisho: {_UNANSWERED}"}
        return [record, *withdrawn, failed(*about, error)]

    def _again(self, call: Request, about: Key, now: float) -> Down:
        """Send a request again, with what was answered."""
        params: JsonObject = {**call.params, "inputResponses": call.responses}
        if call.state is not None:
            params["requestState"] = call.state
        call.responses = {}
        return request_down(call.event.who, *about, call.method, params, now)
