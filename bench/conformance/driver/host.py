"""A connected client, and a user who answers every form with its defaults."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import anyio
import mcp_types as types
from mcp.client import Client
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from mcp.client.session import ClientRequestContext
    from mcp.client.stdio import StdioServerParameters

    Content = dict[str, str | int | float | bool | list[str] | None]


@dataclass(slots=True)
class User:
    """Answers what a server asks."""

    asked: anyio.Event = field(default_factory=anyio.Event)
    """Set as soon as a form came."""
    may_answer: anyio.Event = field(default_factory=anyio.Event)
    """A form is answered once this is set."""

    async def elicit(self, context: ClientRequestContext, params: types.ElicitRequestParams) -> types.ElicitResult:
        """Accept a form with its defaults, `true` where a yes or no is wanted; decline everything else."""
        del context
        self.asked.set()
        await self.may_answer.wait()
        if not isinstance(params, types.ElicitRequestFormParams):
            return types.ElicitResult(action="decline")
        properties = cast("Mapping[str, Mapping[str, object]]", params.requested_schema.get("properties", {}))
        return types.ElicitResult(action="accept", content=_filled(properties))

    async def sample(
        self, context: ClientRequestContext, params: types.CreateMessageRequestParams
    ) -> types.CreateMessageResult:
        """Answer as a model that always says the same."""
        del context, params
        said = types.TextContent(type="text", text="An answer of the driver's model.")
        return types.CreateMessageResult(role="assistant", content=said, model="driver")

    async def roots(self, context: ClientRequestContext) -> types.ListRootsResult:
        """No roots."""
        del context
        return types.ListRootsResult(roots=[])


def _filled(properties: Mapping[str, Mapping[str, object]]) -> Content:
    filled: dict[str, object] = {}
    for name, schema in properties.items():
        if "default" in schema:
            filled[name] = schema["default"]
        elif schema.get("type") == "boolean":
            filled[name] = True
    return cast("Content", filled)


@dataclass(frozen=True, slots=True)
class Host:
    """A connected client with its user."""

    client: Client
    """The SDK's client."""
    user: User
    """Who answers."""

    async def tools(self) -> list[types.Tool]:
        """What the server lists."""
        return (await self.client.list_tools()).tools

    async def call(self, name: str, arguments: Mapping[str, object] | None = None) -> None:
        """Call a tool and have the user answer at once whatever it asks."""
        self.user.may_answer.set()
        await self.client.call_tool(name, dict(arguments or {}))


@asynccontextmanager
async def connected(server: str | StdioServerParameters, *, version: str) -> AsyncGenerator[Host]:
    """A host that talks to `server` the way that protocol `version` asks for."""
    user = User()
    client = Client(
        server,
        mode="auto" if version in MODERN_PROTOCOL_VERSIONS else "legacy",
        elicitation_callback=user.elicit,
        sampling_callback=user.sample,
        list_roots_callback=user.roots,
    )
    async with client:
        yield Host(client, user)
