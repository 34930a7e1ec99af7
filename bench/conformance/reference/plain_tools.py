"""The tools that answer on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import mcp_types as types
from mcp.shared.subscriptions import PromptsListChanged, ToolsListChanged

from reference.call import require
from reference.resources import PNG, WAV
from reference.tool import says, text, tool

if TYPE_CHECKING:
    from reference.call import Call
    from reference.tool import Tool

_PAUSE = 0.05
"""Seconds between two notifications of one call; the suite wants to see them apart."""
_RECONNECT = 0.2
"""Seconds that a client has to come back after its stream was closed."""

JSON_SCHEMA_2020_12 = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {
        "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }
    },
    "properties": {
        "name": {"type": "string"},
        "address": {"$ref": "#/$defs/address"},
        "contactMethod": {"type": "string", "enum": ["phone", "email"]},
        "phone": {"type": "string"},
        "email": {"type": "string"},
    },
    "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
    "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
    "then": {"required": ["phone"]},
    "else": {"required": ["email"]},
    "additionalProperties": False,
}
"""Keywords that a proxy has to keep as they are (SEP-1613, SEP-2106)."""

_MIRRORED = {
    "type": "object",
    "properties": {"region": {"type": "string", "x-mcp-header": "Region"}, "query": {"type": "string"}},
    "required": ["region"],
}


async def _simple(_call: Call) -> types.CallToolResult:
    return says("This is a simple text response for testing.")


async def _image(_call: Call) -> types.CallToolResult:
    return types.CallToolResult(content=[types.ImageContent(type="image", data=PNG, mime_type="image/png")])


async def _audio(_call: Call) -> types.CallToolResult:
    return types.CallToolResult(content=[types.AudioContent(type="audio", data=WAV, mime_type="audio/wav")])


def _embedded(uri: str, *, mime: str, body: str) -> types.EmbeddedResource:
    inner = types.TextResourceContents(uri=uri, mime_type=mime, text=body)
    return types.EmbeddedResource(type="resource", resource=inner)


async def _resource(_call: Call) -> types.CallToolResult:
    block = _embedded("test://embedded-resource", mime="text/plain", body="This is an embedded resource content.")
    return types.CallToolResult(content=[block])


async def _mixed(_call: Call) -> types.CallToolResult:
    return types.CallToolResult(
        content=[
            text("Multiple content types test:"),
            types.ImageContent(type="image", data=PNG, mime_type="image/png"),
            _embedded("test://mixed-content-resource", mime="application/json", body='{"test":"data","value":123}'),
        ]
    )


async def _failing(_call: Call) -> types.CallToolResult:
    return types.CallToolResult(content=[text("This tool intentionally returns an error for testing")], is_error=True)


async def _logging(call: Call) -> types.CallToolResult:
    await call.log("Tool execution started")
    await anyio.sleep(_PAUSE)
    await call.log("Tool processing data")
    await anyio.sleep(_PAUSE)
    await call.log("Tool execution completed")
    return says("Three log entries were sent.")


async def _progress(call: Call) -> types.CallToolResult:
    for step in (0, 50, 100):
        await call.ctx.session.report_progress(step, 100, f"Completed step {step} of 100")
        if step < 100:
            await anyio.sleep(_PAUSE)
    return says("Three steps were reported.")


async def _reconnection(call: Call) -> types.CallToolResult:
    if call.ctx.close_sse_stream is not None:
        await call.ctx.close_sse_stream()
    await anyio.sleep(_RECONNECT)
    return says("Reconnection test completed")


async def _needs_sampling(call: Call) -> types.CallToolResult:
    require(call, types.ClientCapabilities(sampling=types.SamplingCapability()))
    return says("The client declared sampling.")


async def _tools_changed(call: Call) -> types.CallToolResult:
    await call.bus.publish(ToolsListChanged())
    return says("A change of the tools was announced.")


async def _prompts_changed(call: Call) -> types.CallToolResult:
    await call.bus.publish(PromptsListChanged())
    return says("A change of the prompts was announced.")


async def _mirrored(call: Call) -> types.CallToolResult:
    return says(f"region={call.text('region')}, query={call.text('query')}")


async def _schema(call: Call) -> types.CallToolResult:
    return says(f"name={call.text('name')}")


PLAIN_TOOLS: tuple[Tool, ...] = (
    tool("test_simple_text", "Returns text", _simple),
    tool("test_image_content", "Returns an image", _image),
    tool("test_audio_content", "Returns a sound", _audio),
    tool("test_embedded_resource", "Returns an embedded resource", _resource),
    tool("test_multiple_content_types", "Returns text, an image and a resource", _mixed),
    tool("test_error_handling", "Always fails", _failing),
    tool("test_tool_with_logging", "Sends three log entries", _logging),
    tool("test_logging_tool", "Sends three log entries when the request asks for them", _logging),
    tool("test_tool_with_progress", "Reports three steps", _progress),
    tool("test_reconnection", "Closes its event stream before it answers", _reconnection),
    tool("test_missing_capability", "Needs a client that declares sampling", _needs_sampling),
    tool("test_trigger_tool_change", "Announces that the tools changed", _tools_changed),
    tool("test_trigger_prompt_change", "Announces that the prompts changed", _prompts_changed),
    tool("test_mirrored_header", "Has an argument that is mirrored into a header", _mirrored, schema=_MIRRORED),
    tool(
        "json_schema_2020_12_tool",
        "Tool with JSON Schema 2020-12 features",
        _schema,
        schema=JSON_SCHEMA_2020_12,
    ),
)
"""In the order in which they are listed; the suite calls the first one without arguments."""
