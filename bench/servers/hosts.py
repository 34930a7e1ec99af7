"""Hosts: the official SDK's client over standard streams, and everything that it hears, by label.

A `Naming` says what a server's own names are called on the way; nothing is known of how the checkpoint finds them.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from faithful.wire import as_object
from mcp import StdioServerParameters, types
from mcp.client import Client
from mcp.client.stdio import stdio_client
from mcp.shared.exceptions import MCPError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Mapping, Sequence

    from faithful.scripts import Step
    from faithful.wire import Json, Object

__all__ = ["DECLARED", "Naming", "asked", "everywhere", "listed", "opened"]

DECLARED: Final[Mapping[str, Object]] = {"nothing": {}, "everything": {"roots": {}, "sampling": {}, "elicitation": {}}}
"""What a host declares, by name."""
_SECONDS: Final = 60.0
_TURN: Final = 0.01
_LISTS: Final = {"tools": "name", "prompts": "name", "resources": "uri", "resource_templates": "uriTemplate"}


@dataclass(frozen=True, slots=True)
class Naming:
    """What one server's things are called; nothing is changed without an alias."""

    alias: str = ""
    """The server's alias."""

    def name(self, own: str) -> str:
        """Return what a tool or a prompt is called."""
        return f"{self.alias}__{own}" if self.alias else own

    def uri(self, own: str) -> str:
        """Return what a resource is called."""
        return f"{self.alias}+{own}" if self.alias else own

    def is_mine(self, entry: Object, member: str) -> bool:
        """Tell whether an entry of a list is this server's."""
        value = str(entry[member])
        return not self.alias or value.startswith((f"{self.alias}__", f"{self.alias}+"))

    def undone(self, value: Json) -> Json:
        """Return an answer with the server's own names and addresses; structured content is as it is."""
        if isinstance(value, list):
            return [self.undone(each) for each in value]
        if not isinstance(value, dict):
            return value
        told = {key: each if key == "structuredContent" else self.undone(each) for key, each in value.items()}
        for key, start in (("uri", f"{self.alias}+"), ("uriTemplate", f"{self.alias}+"), ("name", f"{self.alias}__")):
            named = told.get(key)
            if self.alias and isinstance(named, str):
                told[key] = named.removeprefix(start)
        return told


@asynccontextmanager
async def opened(command: Sequence[str], *, env: Mapping[str, str], root: str, declares: str) -> AsyncGenerator[Client]:
    """Start a command and open a session of 2025-11-25 with it."""
    parameters = StdioServerParameters(command=command[0], args=list(command[1:]), env=dict(env), cwd=root)
    with open(os.devnull, "w", encoding="utf-8") as errors:  # noqa: ASYNC230, PTH123 - nothing is written
        server = stdio_client(parameters, errlog=errors)
        more = _answers(root) if DECLARED[declares] else {}
        async with Client(server, mode="legacy", read_timeout_seconds=_SECONDS, **more) as client:
            yield client


def _answers(root: str) -> dict[str, Any]:
    """Return how a host answers what servers ask, always in the same way."""

    async def roots(_context: object) -> types.ListRootsResult:
        return types.ListRootsResult(roots=[types.Root(uri=f"file://{root}", name="the place")])

    async def sample(_context: object, _params: object) -> types.CreateMessageResult:
        said = types.TextContent(type="text", text="an answer that is always the same")
        return types.CreateMessageResult(role="assistant", content=said, model="fixed", stop_reason="endTurn")

    async def elicit(_context: object, _params: object) -> types.ElicitResult:
        return types.ElicitResult(action="accept", content={"name": "Mio", "check": True})

    return {"list_roots_callback": roots, "sampling_callback": sample, "elicitation_callback": elicit}


async def everywhere(client: Client, servers: int) -> None:
    """Wait until tools of so many servers are listed: one that is late is announced, and the host lists again."""
    while await _aliases(client) < servers:  # noqa: ASYNC110 - what is waited for is the answer itself
        await asyncio.sleep(_TURN)


async def _aliases(client: Client) -> int:
    answer = await client.list_tools(cache_mode="bypass")
    return len({tool.name.partition("__")[0] for tool in answer.tools})


async def listed(client: Client, naming: Naming) -> Object:
    """Return what a server lists, all pages, under its own names."""
    found: Object = {}
    for kind, member in _LISTS.items():
        entries: list[Json] = []
        cursor: str | None = None
        while True:
            answer = await _told(getattr(client, f"list_{kind}")(cursor=cursor, cache_mode="bypass"))
            if "error" in answer:
                break
            alias = {"resource_templates": "resourceTemplates"}.get(kind, kind)
            entries += [each for each in cast("list[Json]", answer[alias]) if naming.is_mine(as_object(each), member)]
            cursor = cast("str | None", answer.get("nextCursor"))
            if cursor is None:
                break
        found |= {f"{kind} {as_object(entry)[member]}": entry for entry in cast("list[Json]", naming.undone(entries))}
    return found


async def asked(client: Client, step: Step, naming: Naming) -> Object:
    """Send one request to one server, and return the answer under its own names."""
    method, params = step
    match method:
        case "tools/call":
            arguments = as_object(params.get("arguments"))
            answer = await _told(client.call_tool(naming.name(str(params["name"])), arguments))
        case "prompts/get":
            given = cast("dict[str, str]", params.get("arguments"))
            answer = await _told(client.get_prompt(naming.name(str(params["name"])), given))
        case "resources/read":
            answer = await _told(client.read_resource(naming.uri(str(params["uri"])), cache_mode="bypass"))
        case _:
            answer = await _told(client.complete(*_completion(params, naming)))
    return as_object(naming.undone(answer))


def _completion(
    params: Object, naming: Naming
) -> tuple[types.ResourceTemplateReference | types.PromptReference, dict[str, str], dict[str, str] | None]:
    about = as_object(params["ref"])
    reference: types.ResourceTemplateReference | types.PromptReference
    if about["type"] == "ref/prompt":
        reference = types.PromptReference(type="ref/prompt", name=naming.name(str(about["name"])))
    else:
        reference = types.ResourceTemplateReference(type="ref/resource", uri=naming.uri(str(about["uri"])))
    known = as_object(as_object(params.get("context")).get("arguments"))
    return reference, cast("dict[str, str]", params["argument"]), cast("dict[str, str]", known) or None


async def _told(answer: Awaitable[types.Result]) -> Object:
    try:
        said = await answer
    except MCPError as error:
        return {"error": cast("Json", error.error.model_dump(mode="json", by_alias=True))}
    return cast("Object", said.model_dump(mode="json", by_alias=True, exclude_unset=True))
