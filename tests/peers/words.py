"""Reading answers: a tool's text, and the rule of a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.refusal import REFUSAL_KEY
from sekisho.wire.views import items, meta, obj

if TYPE_CHECKING:
    from sekisho.wire.jsonrpc import Json, JsonObject

__all__ = ["code_of", "rule_of", "text_of"]


def text_of(answer: JsonObject) -> str:
    """Return the text of a tool's answer."""
    content = items(obj(answer.get("result")).get("content"))
    text = obj(content[0]).get("text") if content else None
    assert isinstance(text, str), answer
    return text


def rule_of(answer: JsonObject) -> Json:
    """Return the rule that a refusal names, from a result or from an error; None when it is no refusal."""
    result = obj(answer.get("result"))
    refused = meta(result) if result else obj(obj(answer.get("error")).get("data"))
    return obj(refused.get(REFUSAL_KEY)).get("rule")


def code_of(answer: JsonObject) -> Json:
    """Return the code of an error."""
    return obj(answer.get("error")).get("code")
