"""The prompts: what is listed, and what each one says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mcp_types as types

from reference.questions import entered, field
from reference.resources import PNG

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reference.call import Call

    Render = Callable[[Call], Awaitable[types.GetPromptResult]]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A listed prompt."""

    definition: types.Prompt
    """What `prompts/list` shows."""
    render: Render
    """What `prompts/get` answers."""


def _user(content: types.ContentBlock) -> types.PromptMessage:
    return types.PromptMessage(role="user", content=content)


def _messages(*contents: types.ContentBlock) -> types.GetPromptResult:
    return types.GetPromptResult(messages=[_user(content) for content in contents])


def _text(value: str) -> types.TextContent:
    return types.TextContent(type="text", text=value)


async def _simple(_call: Call) -> types.GetPromptResult:
    return _messages(_text("This is a simple prompt for testing."))


async def _with_arguments(call: Call) -> types.GetPromptResult:
    return _messages(_text(f"Prompt with arguments: arg1='{call.text('arg1')}', arg2='{call.text('arg2')}'"))


async def _with_resource(call: Call) -> types.GetPromptResult:
    inner = types.TextResourceContents(
        uri=call.text("resourceUri"), mime_type="text/plain", text="Embedded resource content for testing."
    )
    block = types.EmbeddedResource(type="resource", resource=inner)
    return _messages(block, _text("Please process the embedded resource above."))


async def _with_image(_call: Call) -> types.GetPromptResult:
    image = types.ImageContent(type="image", data=PNG, mime_type="image/png")
    return _messages(image, _text("Please analyze the image above."))


async def _asking(call: Call) -> types.GetPromptResult:
    answers = await call.ask({"user_context": field("context", "What context should the prompt use?")})
    return _messages(_text(f"Use this context: {entered(answers['user_context'], 'context')}"))


def _prompt(name: str, description: str, render: Render, *required: str) -> Prompt:
    arguments = [types.PromptArgument(name=each, description=f"The {each}", required=True) for each in required]
    return Prompt(types.Prompt(name=name, description=description, arguments=arguments or None), render)


PROMPTS: tuple[Prompt, ...] = (
    _prompt("test_simple_prompt", "A prompt without arguments", _simple),
    _prompt("test_prompt_with_arguments", "A prompt with two arguments", _with_arguments, "arg1", "arg2"),
    _prompt("test_prompt_with_embedded_resource", "Embeds a resource", _with_resource, "resourceUri"),
    _prompt("test_prompt_with_image", "Holds an image", _with_image),
    _prompt("test_input_required_result_prompt", "Asks before it answers", _asking),
)
"""In the order in which they are listed."""

COMPLETIONS = {"arg1": ("paris", "park", "party", "test"), "arg2": ("red", "green"), "id": ("123", "456")}
"""What an argument may be completed to."""
