"""What the fixtures ask, and how their answers are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mcp_types as types

if TYPE_CHECKING:
    from collections.abc import Mapping


def form(message: str, properties: Mapping[str, object], *, required: tuple[str, ...] = ()) -> types.ElicitRequest:
    """A form with `properties` (JSON Schema by field name)."""
    schema: dict[str, object] = {"type": "object", "properties": dict(properties), "required": list(required)}
    return types.ElicitRequest(params=types.ElicitRequestFormParams(message=message, requested_schema=schema))


def field(name: str, message: str, *, kind: str = "string") -> types.ElicitRequest:
    """A form with the one required field `name`."""
    return form(message, {name: {"type": kind}}, required=(name,))


def sampling(prompt: str, *, max_tokens: int = 100) -> types.CreateMessageRequest:
    """Have the client's model answer `prompt`."""
    message = types.SamplingMessage(role="user", content=types.TextContent(type="text", text=prompt))
    return types.CreateMessageRequest(
        params=types.CreateMessageRequestParams(messages=[message], max_tokens=max_tokens)
    )


def roots() -> types.ListRootsRequest:
    """Have the client list its roots."""
    return types.ListRootsRequest()


def said(answer: types.InputResponse) -> str:
    """An answer as one line of text."""
    match answer:
        case types.ElicitResult():
            return f"action={answer.action}, content={answer.content or {}}"
        case types.ListRootsResult():
            return ", ".join(str(root.uri) for root in answer.roots)
        case types.CreateMessageResult():
            return answer.content.text if isinstance(answer.content, types.TextContent) else answer.content.type
        case types.CreateMessageResultWithTools():
            return answer.model


def entered(answer: types.InputResponse, name: str) -> str:
    """What a form's answer holds in the field `name`; empty when it was declined or left out."""
    if not isinstance(answer, types.ElicitResult) or answer.content is None:
        return ""
    value = answer.content.get(name)
    return "" if value is None else str(value)
