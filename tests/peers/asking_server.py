"""A server written on the official SDK that has the host's model answer, in either generation: `asking_server.py`."""

from __future__ import annotations

import mcp_types as types
from mcp.server.mcpserver import Context, MCPServer  # noqa: TC002 - the annotation is read at run time
from mcp.shared.exceptions import MCPError
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

server = MCPServer("asking", version="1.0.0", log_level="CRITICAL")


@server.tool()
async def judge(text: str, ctx: Context) -> str | types.InputRequiredResult:
    """Have a model judge a text."""
    asked = types.CreateMessageRequestParams(
        messages=[types.SamplingMessage(role="user", content=types.TextContent(type="text", text=text))],
        max_tokens=20,
    )
    if ctx.protocol_version not in MODERN_PROTOCOL_VERSIONS:
        try:
            answer = await ctx.session.send_request(types.CreateMessageRequest(params=asked), types.CreateMessageResult)
        except MCPError as error:
            raise ValueError(str(error)) from error
    elif ctx.input_responses:
        answer = ctx.input_responses["verdict"]
    else:
        return types.InputRequiredResult(input_requests={"verdict": types.CreateMessageRequest(params=asked)})
    return answer.model_dump_json(include={"content"})


if __name__ == "__main__":
    server.run()
