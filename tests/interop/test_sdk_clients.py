"""Real clients, real servers: what a client gets through Sekisho is what it gets without."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, cast

import mcp_types as types
import pytest
from fastmcp import Client as FastClient
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport
from mcp import StdioServerParameters
from mcp.client import Client

from peers import fastmcp_server, sdk_server
from peers.apps import hosted
from peers.loops import run
from peers.one_generation import held
from peers.places import furnished, python_peer, sekisho, serve
from sekisho.policy.document import Policy

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable
    from pathlib import Path
    from typing import Literal

    from mcp.client.session import ClientRequestContext
    from mcp.server.mcpserver import MCPServer
    from pydantic import BaseModel

    from peers.apps import App
    from peers.places import Place

    Everything = dict[str, object]
    Routes = tuple[str, dict[str, str | tuple[str, ...]]]

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1", "::1"]), pytest.mark.timeout(120)]

SDK: Final = python_peer("sdk_server.py")
FAST: Final = python_peer("fastmcp_server.py")

MOVED: Final = {"points": [{"x": 1.5, "y": -0.0}, {"x": 1e300, "y": 2, "label": "☃\u2028"}], "by": {"x": 0.1, "y": 0.2}}


# -- the routes ----------------------------------------------------------------------------------


@asynccontextmanager
async def routes(at: Place, app: App, own: tuple[str, ...]) -> AsyncGenerator[Routes]:
    """Yield the ways to a server: its own URL, and what a client connects to for each route through Sekisho.

    Args:
        at: where what we start lives.
        app: the server over HTTP; it listens in this process.
        own: the command line of the same server over standard streams.
    """
    async with (
        hosted(app) as remote,
        serve(at, "--", *own) as local,
        serve(at, "--url", remote) as served,
    ):
        yield (
            remote,
            {
                "run --": sekisho("run", "--", *own),
                "serve --": local.url,
                "run --url": sekisho("run", "--url", remote),
                "serve --url": served.url,
            },
        )


# -- the official SDK's client -------------------------------------------------------------------


async def choose(context: ClientRequestContext, params: types.ElicitRequestParams) -> types.ElicitResult:
    del context, params
    return types.ElicitResult(action="accept", content={"colour": "blue ☃"})


def _command(at: Place, target: tuple[str, ...]) -> StdioServerParameters:
    return StdioServerParameters(command=target[0], args=list(target[1:]), env=at.env)


async def sdk_everything(
    at: Place, target: MCPServer | str | tuple[str, ...], mode: Literal["legacy", "auto"], *, asks: bool = False
) -> tuple[Everything, types.ServerCapabilities]:
    """Return everything that the SDK's server offers and answers."""
    server = _command(at, target) if isinstance(target, tuple) else target
    steps: list[tuple[float, float | None, str | None]] = []

    async def progressed(progress: float, total: float | None, message: str | None) -> None:
        steps.append((progress, total, message))

    async with Client(server, mode=mode, elicitation_callback=choose) as client:
        reference = types.PromptReference(type="ref/prompt", name="greet")
        found: Everything = {
            "version": client.protocol_version,
            "server": plain(client.server_info),
            "instructions": client.instructions,
            "tools": plain(await client.list_tools()),
            "prompts": plain(await client.list_prompts()),
            "resources": plain(await client.list_resources()),
            "templates": plain(await client.list_resource_templates()),
            "add": plain(await client.call_tool("add", {"a": 40})),
            "move": plain(await client.call_tool("move", dict(MOVED))),
            "picture": plain(await client.call_tool("picture", {})),
            "fail": plain(await client.call_tool("fail", {"why": "so ☃"})),
            "say": plain(await client.call_tool("say", {"text": "x" * 100_000})),
            "count": plain(await client.call_tool("count", {"to": 3}, progress_callback=progressed)),
            "plain": plain(await client.read_resource("memo://plain")),
            "pixel": plain(await client.read_resource("memo://pixel")),
            "memo": plain(await client.read_resource("memo://notes/a%20b")),
            "greet": plain(await client.get_prompt("greet", {"name": "Zoë"})),
            "complete": plain(await client.complete(reference, {"name": "name", "value": "an"})),
            "no tool": await failure(client.call_tool("missing", {})),
            "no resource": await failure(client.read_resource("memo://missing")),
            "no prompt": await failure(client.get_prompt("missing", {})),
        }
        if asks:
            found["wish"] = plain(await client.call_tool("wish", {}))
        found["steps"] = sorted(steps)
        return found, client.server_capabilities


def plain(model: BaseModel | None) -> object:
    """Return what came over the wire, as far as the client kept it."""
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True) if model is not None else None


async def failure(work: Awaitable[BaseModel]) -> object:
    """Return the error that a client raises, or the answer where it is one."""
    try:
        return plain(await work)
    except Exception as error:  # noqa: BLE001 - whatever it is, both have to raise the same
        return type(error).__name__, str(error)


_UNLISTED: Final = ("no tool", "no prompt")
"""What no server lists: we refuse it where the server would have said that it has no such thing."""


def listed_only(through: Everything) -> Everything:
    """Check that what is not listed was refused, and return the rest."""
    assert all("definition-unlisted" in str(through[name]) for name in _UNLISTED if name in through)
    return asked_directly(through)


def asked_directly(everything: Everything) -> Everything:
    """Return everything but what no server lists."""
    return {name: value for name, value in everything.items() if name not in _UNLISTED}


def offered(capabilities: types.ServerCapabilities | None) -> dict[str, object]:
    """Return a server's capabilities without those that Sekisho offers to nobody."""
    kept = cast("dict[str, object]", plain(capabilities) or {})
    withheld = Policy()
    kept = {key: value for key, value in kept.items() if key not in withheld.withheld_capabilities}
    extensions = cast("dict[str, object]", kept.get("extensions", {}))
    left = {key: value for key, value in extensions.items() if key not in withheld.withheld_extensions}
    return {**kept, "extensions": left} if "extensions" in kept else kept


def test_the_sdk_finds_the_same_behind_sekisho(tmp_path: Path) -> None:
    modes: tuple[tuple[Literal["legacy", "auto"], str], ...] = (("legacy", "2025-11-25"), ("auto", "2026-07-28"))

    async def work() -> None:
        at = furnished(tmp_path)
        async with routes(at, sdk_server.server.streamable_http_app(), SDK) as (url, ways):
            for mode, version in modes:
                direct, capabilities = await sdk_everything(at, url, mode, asks=mode == "legacy")
                assert direct["version"] == version
                for route, target in ways.items():
                    through, narrowed = await sdk_everything(at, target, mode, asks=mode == "legacy")
                    assert listed_only(through) == asked_directly(direct), (route, mode)
                    assert offered(narrowed) == offered(capabilities), (route, mode)

    run(work(), seconds=100)


# -- FastMCP's client ----------------------------------------------------------------------------


async def fast_everything(at: Place, target: str | tuple[str, ...]) -> Everything:
    """Return everything that FastMCP's server offers and answers."""
    if isinstance(target, tuple):
        log = at.folder / "fastmcp.log"
        transport = StdioTransport(target[0], list(target[1:]), env=at.env, keep_alive=False, log_file=log)
    else:
        transport = StreamableHttpTransport(target)
    steps: list[tuple[float, float | None]] = []

    async def progressed(progress: float, total: float | None, message: str | None) -> None:
        del message
        steps.append((progress, total))

    orders = {"orders": [{"item": "tea ☕", "number": 3}, {"item": "cake"}]}
    async with FastClient(transport) as client:
        found: Everything = {
            "version": client.protocol_version,
            "server": plain(client.server_info),
            "instructions": client.instructions,
            "capabilities": offered(client.server_capabilities),
            "tools": [plain(each) for each in await client.list_tools()],
            "prompts": [plain(each) for each in await client.list_prompts()],
            "resources": [plain(each) for each in await client.list_resources()],
            "templates": [plain(each) for each in await client.list_resource_templates()],
            "order": plain(await client.call_tool_mcp("order", orders)),
            "fail": plain(await client.call_tool_mcp("fail", {"why": "so"})),
            "count": plain(await client.call_tool_mcp("count", {"to": 2}, progress_handler=progressed)),
            "plain": plain(await client.read_resource_mcp("memo://plain")),
            "bytes": plain(await client.read_resource_mcp("memo://bytes")),
            "memo": plain(await client.read_resource_mcp("memo://notes/x")),
            "greet": plain(await client.get_prompt_mcp("greet", {"name": "Zoë"})),
            "no tool": await failure(client.call_tool_mcp("missing", {})),
        }
        found["steps"] = sorted(steps, key=lambda step: step[0])
        return found


def test_fastmcp_finds_the_same_behind_sekisho(tmp_path: Path) -> None:
    async def work() -> None:
        at = furnished(tmp_path)
        async with routes(at, fastmcp_server.server.http_app(path="/mcp"), FAST) as (url, ways):
            direct = await fast_everything(at, url)
            for route, target in ways.items():
                assert listed_only(await fast_everything(at, target)) == asked_directly(direct), route

    run(work(), seconds=100)


def test_an_old_server_over_http_and_sse_offers_the_same_through_us(tmp_path: Path) -> None:
    async def work() -> None:
        at = furnished(tmp_path)
        async with hosted(sdk_server.server.sse_app(sse_path="/mcp")) as old:
            direct, capabilities = await sdk_everything(at, sdk_server.server, "legacy", asks=True)
            words = ("--url", old, "--transport", "sse")
            async with serve(at, *words) as served:
                for target in (sekisho("run", *words), served.url):
                    found, shown = await sdk_everything(at, target, "legacy", asks=True)
                    assert listed_only(found) == asked_directly(direct)
                    assert offered(shown) == offered(capabilities)

    run(work())


# -- a server of the other generation ------------------------------------------------------------


@pytest.mark.parametrize(("only", "mode"), [("2026", "legacy"), ("2025", "auto")])
def test_a_client_finds_behind_the_bridge_what_the_server_offers_to_its_own_generation(
    tmp_path: Path, only: str, mode: Literal["legacy", "auto"]
) -> None:
    async def work() -> None:
        at = furnished(tmp_path)
        direct, _ = await sdk_everything(at, sdk_server.server, mode)
        expected = own(asked_directly(direct))
        app = held(sdk_server.server.streamable_http_app(), only)
        async with routes(at, app, python_peer("one_generation.py", only)) as (_, ways):
            for route, target in ways.items():
                found, _ = await sdk_everything(at, target, mode)
                assert own(listed_only(found)) == expected, route

    run(work(), seconds=100)


def own(everything: Everything) -> Everything:
    """Return what was found without what the SDK's server says in 2026 only: in every result who it is."""
    for each in everything.values():
        found = cast("dict[str, dict[str, object]]", each) if isinstance(each, dict) else {}
        about = found.get("_meta", {})
        if about.pop("io.modelcontextprotocol/serverInfo", None) is not None and not about:
            del found["_meta"]
    return everything
