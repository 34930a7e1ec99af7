"""One SDK server out of the tables of tools, resources and prompts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mcp_types as types
from mcp.server import Server
from mcp.server.caching import CacheHint
from mcp.server.request_state import RequestStateBoundary, RequestStateSecurity
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler
from mcp.shared.exceptions import MCPError
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from reference.asking_tools import ASKING_TOOLS
from reference.call import Call, MoreInputNeededError
from reference.plain_tools import PLAIN_TOOLS
from reference.prompts import COMPLETIONS, PROMPTS
from reference.resources import RESOURCES, TEMPLATES, content_of

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext
    from mcp.server.subscriptions import SubscriptionBus

NAME = "sekisho-conformance-reference"
_FRESH = CacheHint(ttl_ms=60_000, scope="public")
_TOOLS = {each.definition.name: each for each in (*PLAIN_TOOLS, *ASKING_TOOLS)}
_PROMPTS = {each.definition.name: each for each in PROMPTS}
_RESOURCE_NOT_FOUND = -32002
"""What 2025-11-25 and older answer for an unknown resource; -32602 since."""


@dataclass(frozen=True, slots=True)
class Handlers:
    """The request handlers of one server."""

    bus: SubscriptionBus
    """Where the tools announce changes."""

    async def list_tools(
        self, _ctx: ServerRequestContext, _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        """All tools on one page."""
        return types.ListToolsResult(tools=[each.definition for each in _TOOLS.values()])

    async def call_tool(
        self, ctx: ServerRequestContext, params: types.CallToolRequestParams
    ) -> types.CallToolResult | types.InputRequiredResult:
        """Run one tool; -32602 for an unknown one."""
        chosen = _TOOLS.get(params.name)
        if chosen is None:
            raise MCPError(types.INVALID_PARAMS, f"Unknown tool: {params.name}")
        try:
            return await chosen.run(self._call(ctx, params, arguments=params.arguments or {}))
        except MoreInputNeededError as interim:
            return interim.result

    async def list_prompts(
        self, _ctx: ServerRequestContext, _params: types.PaginatedRequestParams | None
    ) -> types.ListPromptsResult:
        """All prompts on one page."""
        return types.ListPromptsResult(prompts=[each.definition for each in PROMPTS])

    async def get_prompt(
        self, ctx: ServerRequestContext, params: types.GetPromptRequestParams
    ) -> types.GetPromptResult | types.InputRequiredResult:
        """Render one prompt; -32602 for an unknown one."""
        chosen = _PROMPTS.get(params.name)
        if chosen is None:
            raise MCPError(types.INVALID_PARAMS, f"Unknown prompt: {params.name}")
        try:
            return await chosen.render(self._call(ctx, params, arguments=params.arguments or {}))
        except MoreInputNeededError as interim:
            return interim.result

    async def list_resources(
        self, _ctx: ServerRequestContext, _params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        """All resources on one page."""
        return types.ListResourcesResult(resources=list(RESOURCES))

    async def list_templates(
        self, _ctx: ServerRequestContext, _params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        """All resource templates on one page."""
        return types.ListResourceTemplatesResult(resource_templates=list(TEMPLATES))

    async def read_resource(
        self, ctx: ServerRequestContext, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """Read one resource (SEP-2164: the error names the URI)."""
        content = content_of(params.uri)
        if content is None:
            modern = ctx.protocol_version in MODERN_PROTOCOL_VERSIONS
            code = types.INVALID_PARAMS if modern else _RESOURCE_NOT_FOUND
            raise MCPError(code, "Resource not found", {"uri": params.uri})
        return types.ReadResourceResult(contents=[content])

    async def complete(self, _ctx: ServerRequestContext, params: types.CompleteRequestParams) -> types.CompleteResult:
        """Complete an argument by its beginning."""
        begun = params.argument.value
        values = [each for each in COMPLETIONS.get(params.argument.name, ()) if each.startswith(begun)]
        return types.CompleteResult(completion=types.Completion(values=values, total=len(values), has_more=False))

    def _call(
        self,
        ctx: ServerRequestContext,
        params: types.InputResponseRequestParams,
        *,
        arguments: dict[str, object] | dict[str, str],
    ) -> Call:
        return Call(
            ctx=ctx,
            bus=self.bus,
            arguments=arguments,
            answers=params.input_responses or {},
            state=params.request_state,
        )


async def _acknowledge(_ctx: ServerRequestContext, _params: object) -> types.EmptyResult:
    """Accept a request that has nothing to answer (log level, watching a resource)."""
    return types.EmptyResult()


def build_server() -> Server:
    """A server that serves both generations; requestState is sealed with a key of this process."""
    bus = InMemorySubscriptionBus()
    handlers = Handlers(bus)
    server = Server(
        NAME,
        version="1.0.0",
        instructions="Fixtures for the official conformance suite.",
        cache_hints={
            "tools/list": _FRESH,
            "prompts/list": _FRESH,
            "resources/list": _FRESH,
            "resources/templates/list": _FRESH,
            "resources/read": _FRESH,
            "server/discover": _FRESH,
        },
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_prompts=handlers.list_prompts,
        on_get_prompt=handlers.get_prompt,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
        on_subscribe_resource=_acknowledge,
        on_unsubscribe_resource=_acknowledge,
        on_subscriptions_listen=ListenHandler(bus),
        on_completion=handlers.complete,
    )
    server.add_request_handler("logging/setLevel", types.SetLevelRequestParams, _acknowledge)
    server.middleware.append(RequestStateBoundary(RequestStateSecurity.ephemeral(), default_audience=NAME))
    return server
