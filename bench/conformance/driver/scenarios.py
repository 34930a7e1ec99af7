"""What each client scenario of the suite wants to see."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

import anyio
from pydantic import ValidationError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from driver.host import Host

    Context = Mapping[str, object]
    Scenario = Callable[[Host, Context], Awaitable[None]]


async def _list(host: Host, _context: Context) -> None:
    await host.tools()


async def _add_numbers(host: Host, _context: Context) -> None:
    await host.tools()
    await host.call("add_numbers", {"a": 5, "b": 3})


async def _defaults(host: Host, _context: Context) -> None:
    await host.tools()
    await host.call("test_client_elicitation_defaults")


async def _reconnect(host: Host, _context: Context) -> None:
    await host.tools()
    await host.call("test_reconnection")


async def _request_state(host: Host, _context: Context) -> None:
    """Call an unrelated tool while the user still thinks about the form of another one."""
    await host.tools()
    async with anyio.create_task_group() as calls:
        calls.start_soon(host.client.call_tool, "test_mrtr_echo_state")
        await host.user.asked.wait()
        await host.client.call_tool("test_mrtr_unrelated")
        host.user.may_answer.set()
    await host.call("test_mrtr_no_state")
    # The suite only wants no second round; the SDK's client refuses a result of 2026-07-28 without resultType.
    with suppress(ValidationError):
        await host.call("test_mrtr_no_result_type")


async def _standard_headers(host: Host, _context: Context) -> None:
    for tool in await host.tools():
        await host.call(tool.name)
    for resource in (await host.client.list_resources()).resources:
        await host.client.read_resource(str(resource.uri))
    for prompt in (await host.client.list_prompts()).prompts:
        await host.client.get_prompt(prompt.name)


async def _custom_headers(host: Host, context: Context) -> None:
    await host.tools()
    for wanted in cast("list[Mapping[str, object]]", context["toolCalls"]):
        await host.call(str(wanted["name"]), cast("Mapping[str, object]", wanted["arguments"]))


async def _invalid_headers(host: Host, _context: Context) -> None:
    """Call every tool that is left; those with an invalid `x-mcp-header` have to be gone."""
    for tool in await host.tools():
        wanted = cast("list[str]", tool.input_schema.get("required", []))
        await host.call(tool.name, dict.fromkeys(wanted, "value"))


async def _echo_schema(host: Host, _context: Context) -> None:
    listed = {tool.name: tool for tool in await host.tools()}
    await host.call("json_schema_echo", {"schema": listed["json_schema_2020_12_tool"].input_schema})


SCENARIOS: Mapping[str, Scenario] = {
    "initialize": _list,
    "tools_call": _add_numbers,
    "elicitation-sep1034-client-defaults": _defaults,
    "sse-retry": _reconnect,
    "request-metadata": _list,
    "sep-2322-client-request-state": _request_state,
    "http-standard-headers": _standard_headers,
    "http-custom-headers": _custom_headers,
    "http-invalid-tool-headers": _invalid_headers,
    "json-schema-ref-no-deref": _list,
    "json-schema-2020-12-preservation": _echo_schema,
}
"""By the suite's name; all of them without authorization and extensions."""
