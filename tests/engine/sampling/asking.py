"""What the tests of sampling share: a server's wish, and a person's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.policy.document import Policy

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject

ABLE: Final[JsonObject] = {"sampling": {}, "elicitation": {}, "roots": {}}
ASKS: Final = Policy(asks_sampling=True)
REFUSE: Final[JsonObject] = {"action": "accept", "content": {"answer": "refuse"}}
ONCE: Final[JsonObject] = {"action": "accept", "content": {"answer": "allow this once"}}
REST: Final[JsonObject] = {"action": "accept", "content": {"answer": "allow for the rest of this conversation"}}
DECLINE: Final[JsonObject] = {"action": "decline"}
CANCEL: Final[JsonObject] = {"action": "cancel"}
NO_ANSWER: Final[JsonObject] = {"action": "accept", "content": {"answer": "yes"}}
SAMPLING: Final = "sampling/createMessage"


def wish(text: str = "hello", **more: Json) -> JsonObject:
    message: JsonObject = {"role": "user", "content": {"type": "text", "text": text}}
    return {"messages": [message], "maxTokens": 10, **more}


def reply(text: str = "good day") -> JsonObject:
    return {"role": "assistant", "model": "m", "content": {"type": "text", "text": text}}
