"""The question to the person: fixed words, numbers, and the server's own words in quotes, on one line, clipped.

It opens with the server's alias. Whoever fills it out without looking gets the first choice, so that is the refusal.
The same form fits both generations: a message, and one field with a list of words (client/elicitation).
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sekisho.model.escape import printable
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.engine.sampling.wish import Wish
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["ELICITATION", "Said", "can_show", "question", "said_in"]

ELICITATION: Final = "elicitation/create"

_ALIAS: Final = 60
"""Columns of the server's name."""

_WORDS: Final = 200
"""Columns of what one request says."""

_LOOK: Final = 4000
"""Characters of a text that are looked at for that."""

_QUOTED: Final = 3
"""Requests, and system prompts, that are quoted."""

_FIELD: Final = "answer"
_OPENING: Final = (
    "this server asks for an answer of your model. Sekisho asks you first; your model has seen nothing of it."
)
_QUOTES: Final = str.maketrans({"«": "<", "»": ">"})


class Said(StrEnum):
    """What became of a question. The first three are its choices, in the order in which they are shown."""

    REFUSE = "refuse"
    ONCE = "allow this once"
    CONVERSATION = "allow for the rest of this conversation"
    DECLINED = "declined"
    """The form was turned down or closed."""

    NOTHING = "nothing"
    """There was no answer, or none that could be read."""

    UNSHOWN = "unshown"
    """The host has no such question, whatever it declared: nobody saw it."""

    @property
    def allows(self) -> bool:
        """Whether it is a yes."""
        return self in (Said.ONCE, Said.CONVERSATION)


def can_show(capabilities: JsonObject) -> bool:
    """Tell whether a host that declares this shows forms. Without a mode it means forms (client/elicitation)."""
    declared = capabilities.get("elicitation")
    return isinstance(declared, dict) and ("form" in declared or "url" not in declared)


def question(server: str, wish: Wish) -> JsonObject:
    """Return the params of the question whether a server may ask the host's model.

    Args:
        server: what the user calls it.
        wish: what it asks.
    """
    lines = [
        f"{printable(server, width=_ALIAS)}: {_OPENING}",
        f"It asks with {_measured(wish)}.",
        *_quoted("The server's words to your model", wish.words),
        *_quoted("The system prompt in the server's words", wish.prompts),
    ]
    choices: list[Json] = [Said.REFUSE.value, Said.ONCE.value, Said.CONVERSATION.value]
    chosen: JsonObject = {"type": "string", "title": "May this server ask your model?", "enum": choices}
    schema: JsonObject = {"type": "object", "properties": {_FIELD: chosen}, "required": [_FIELD]}
    return {"message": "\n".join(lines), "requestedSchema": schema}


def said_in(result: Json) -> Said:
    """Read what the host answered; whatever is no clear yes is none."""
    answer = obj(result)
    match answer.get("action"):
        case "accept":
            chosen = obj(answer.get("content")).get(_FIELD)
            return next((each for each in (Said.REFUSE, Said.ONCE, Said.CONVERSATION) if each == chosen), Said.NOTHING)
        case "decline" | "cancel":
            return Said.DECLINED
        case _:
            return Said.NOTHING


def _measured(wish: Wish) -> str:
    """Say how much it is, and what is special about it, in numbers."""
    kind = wish.kind
    facts = [
        _counted(wish.messages, "message"),
        _counted(wish.characters, "character"),
        "no limit to the answer" if math.isinf(kind.tokens) else f"an answer of at most {kind.tokens:,.0f} tokens",
        _counted(len(wish.prompts), "system prompt") if wish.prompts else "no system prompt",
    ]
    if wish.requests > 1:
        facts.insert(0, _counted(wish.requests, "request"))
    if kind.content - {"text"}:
        facts.append("content that is no text")
    if kind.tools:
        facts.append("tools for the model to call")
    if kind.context:
        facts.append("a wish for your conversation, which it does not get")
    if kind.more:
        facts.append(f"{_counted(len(kind.more), 'wish', 'wishes')} that Sekisho does not know")
    return ", ".join(facts)


def _counted(number: int, what: str, many: str = "") -> str:
    return f"{number} {what if number == 1 else many or what + 's'}"


def _quoted(heading: str, texts: tuple[str, ...]) -> list[str]:
    lines = [f"{heading}: «{_one_line(each)}»" for each in texts[:_QUOTED]]
    left = len(texts) - len(lines)
    return [*lines, f"And {left} more."] if left else lines


def _one_line(said: str) -> str:
    """Return a text that can neither end its quotes nor push what it says out of sight."""
    words = " ".join(said[:_LOOK].split()).translate(_QUOTES)
    return printable(words if len(said) <= _LOOK else f"{words}…", width=_WORDS)
