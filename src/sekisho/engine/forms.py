"""What is answered to a server's forms, judged by the guards as arguments are: by names, by looks, by the form.

A 2025 answer comes alone; where links lead and what hosts resolve to is not looked up for it. A 2026-07-28 answer comes
with a request, and is judged with its arguments.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sekisho.meaning.tool import Tool
from sekisho.wire.pointer import build
from sekisho.wire.views import EMPTY, obj, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sekisho.engine.calls import Asked, Call
    from sekisho.engine.state import State
    from sekisho.meaning.argument import Argument
    from sekisho.wire.jsonrpc import Json, JsonObject, Request

__all__ = ["denied", "form_of", "told"]

_FORM: Final = "elicitation/create"
_RESPONSES: Final = "inputResponses"


def form_of(message: Request, call: Call | None) -> JsonObject | None:
    """Return what the answer to a server's question is judged by, None where it is no form.

    Args:
        message: the question.
        call: the host's request during which it came, if that is known.
    """
    if message.method != _FORM:
        return None
    params = obj(message.params)
    name = text(obj(call.params).get("name")) if call is not None else None
    return {
        "name": name or "",
        "description": params.get("message"),
        "inputSchema": params.get("requestedSchema"),
    }


def denied(state: State, asked: Asked, result: Json) -> str:
    """Return the rule for which an answer does not reach the server, empty where it may."""
    calling = state.calling
    content = obj(obj(result).get("content"))
    if asked.form is None or calling is None or not content:
        return ""
    from sekisho.engine.guarding import guard  # noqa: PLC0415 - the guards load with the first call, not at the start

    tool = Tool(asked.form, about=calling.facts.words)
    found = guard(tool.read(content), tool, calling.facts).found
    return found[0].objection.rule if found else ""


def told(params: JsonObject, tool: Tool) -> tuple[Argument, ...]:
    """Return every text of the answers in a request; pointers lead into the params.

    Args:
        params: of the request.
        tool: what the request is about.
    """
    return tuple(_told(params, tool)) if _RESPONSES in params else ()


def _told(params: JsonObject, tool: Tool) -> Iterator[Argument]:
    form = Tool({"name": text(tool.body.get("name")) or ""}, about=tool.about)
    for key, each in obj(params.get(_RESPONSES)).items():
        answer = obj(each)
        content = obj(answer.get("content")) if "action" in answer else EMPTY
        for argument in form.read(content):
            yield replace(argument, pointer=build((_RESPONSES, key, "content")) + argument.pointer, declared=True)
