"""Arguments that travel as `Mcp-Param-*` headers (2026-07-28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.play import (
    HTTP,
    LEGACY,
    MODERN,
    STDIO,
    Play,
    answer,
    envelope,
    error,
    failed,
    note,
    refused,
    request,
    result,
    to_server,
)
from sekisho.engine.events import Trouble
from sekisho.engine.state import Patience
from sekisho.engine.surface import reading

if TYPE_CHECKING:
    from engine.play import Headers
    from sekisho.engine.state import Face
    from sekisho.wire.jsonrpc import Json, JsonObject

REGION: Headers = ((b"mcp-param-region", b"eu"),)


def tool(name: Json = "t", header: Json = "Region") -> JsonObject:
    declared: JsonObject = {"type": "string", "x-mcp-header": header}
    return {"name": name, "inputSchema": {"type": "object", "properties": {"region": declared}}}


def plain(name: str = "t") -> JsonObject:
    return {"name": name, "inputSchema": {"type": "object"}}


def call(play: Play, id_: str = "a", name: Json = "t", region: Json = "eu") -> JsonObject:
    return play.asks(id_, "tools/call", {"name": name, "arguments": {"region": region}})


def modern(host: Face, server: Face, patience: Patience | None = None) -> Play:
    """Return a session that has agreed on 2026-07-28; the next call has number 3."""
    play = Play(host, server, patience=patience or Patience()).opened(MODERN)
    return play.host(play.asks("z", "prompts/list")).server(result(2))


def listed(host: Face, server: Face, *tools: Json) -> Play:
    """Let the host list the tools; the next call has number 4."""
    play = modern(host, server)
    return play.host(play.asks("l", "tools/list")).server(result(3, {"tools": list(tools)}))


def learn(number: int, **more: Json) -> JsonObject:
    return request(number, "tools/list", {"_meta": envelope(), **more})


@pytest.mark.parametrize("host", [STDIO, HTTP])
def test_towards_http_the_headers_are_derived_from_the_judged_arguments(host: Face) -> None:
    play = listed(host, HTTP, tool())
    play.host(call(play), headers=REGION).expects(to_server({**call(play), "id": 4}, headers=REGION))


def test_towards_http_headers_that_the_schema_does_not_declare_travel_on() -> None:
    play = listed(HTTP, HTTP, tool())
    other = (b"Mcp-Param-Other", b"x")
    play.host(call(play), headers=(*REGION, other))
    play.expects(to_server({**call(play), "id": 4}, headers=(other, *REGION)))
    play.host(play.asks("b", "prompts/list"), headers=(other,))
    play.expects(to_server(play.asks(5, "prompts/list"), headers=(other,)))


def test_towards_stdio_there_are_no_headers() -> None:
    play = listed(HTTP, STDIO, tool())
    play.host(call(play), headers=REGION).expects(to_server({**call(play), "id": 4}, headers=()))


@pytest.mark.parametrize("server", [STDIO, HTTP])
@pytest.mark.parametrize("headers", [(), ((b"mcp-param-region", b"us"),), REGION * 2], ids=["none", "other", "twice"])
def test_a_header_that_says_something_else_than_the_call_is_refused(server: Face, headers: Headers) -> None:
    play = listed(HTTP, server, tool())
    play.host(call(play), headers=headers).expects(failed("a", -32020)).records("error", rule="header-mismatch")


def test_a_host_on_stdio_has_no_headers_to_compare() -> None:
    play = listed(STDIO, STDIO, tool())
    play.host(call(play)).expects(to_server({**call(play), "id": 4}))


def test_in_2025_nothing_is_mirrored() -> None:
    play = Play(HTTP, HTTP).opened(LEGACY)
    play.host(play.asks("l", "tools/list")).server(result(2, {"tools": [tool(header="bad token")]}))
    play.expects(answer(result("l", {"tools": [tool(header="bad token")]})))
    play.host(call(play)).expects(to_server({**call(play), "id": 3}))


# -- learning ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("host", "server"), [(STDIO, HTTP), (HTTP, STDIO)])
def test_a_call_of_an_unknown_tool_waits_until_we_have_listed_the_tools(host: Face, server: Face) -> None:
    play = modern(host, server)
    play.host(call(play), headers=REGION).expects(to_server(learn(3), call=3)).records("lifecycle", errand="learn")
    play.host(call(play, "b"), headers=REGION).expects_nothing()
    derived = REGION if server is HTTP else ()
    play.server(result(3, {"tools": [tool()]})).expects(
        to_server({**call(play), "id": 4}, headers=derived), to_server({**call(play, "b"), "id": 5}, headers=derived)
    )


def test_what_was_learned_is_compared_with_the_waiting_call() -> None:
    play = modern(HTTP, STDIO)
    play.host(call(play)).server(result(3, {"tools": [tool()]})).expects(failed("a", -32020))


@pytest.mark.parametrize(("host", "server"), [(STDIO, STDIO), (HTTP, HTTP)])
def test_between_two_sides_of_one_kind_there_is_nothing_to_learn(host: Face, server: Face) -> None:
    play = modern(host, server)
    play.host(call(play), headers=REGION)
    play.expects(to_server({**call(play), "id": 3}, headers=REGION if server is HTTP else ()))


def test_all_pages_are_learned_and_a_tool_that_is_not_there_is_called_without_headers() -> None:
    play = modern(STDIO, HTTP)
    play.host(call(play, name="u")).server(result(3, {"tools": [tool()], "nextCursor": "more"}))
    play.expects(to_server(learn(4, cursor="more")))
    play.server(result(4, {"tools": [plain("v")]})).expects(to_server({**call(play, name="u"), "id": 5}))
    play.host(call(play, "b", name="w")).expects(to_server({**call(play, "b", name="w"), "id": 6}))


def test_a_cursor_that_repeats_ends_the_learning() -> None:
    play = modern(STDIO, HTTP)
    play.host(call(play)).server(result(3, {"nextCursor": "x"})).expects(to_server(learn(4, cursor="x")))
    play.server(result(4, {"nextCursor": "x"})).expects(to_server({**call(play), "id": 5}))


def test_endless_pages_end() -> None:
    play = modern(STDIO, HTTP)
    play.host(call(play))
    for page in range(reading.PAGES - 1):
        play.server(result(3 + page, {"nextCursor": str(page)}))
    play.server(result(2 + reading.PAGES, {"nextCursor": "on"}))
    play.expects(to_server({**call(play), "id": 3 + reading.PAGES}))


def test_slow_pages_share_one_deadline() -> None:
    play = modern(STDIO, HTTP, Patience(initialize=100))
    play.host(call(play)).wait(90).server(result(3, {"nextCursor": "x"}))
    assert to_server({**call(play), "id": 5}) in play.tick(after=10).seen


def test_what_goes_on_does_not_wait_for_the_disk_behind_what_is_refused() -> None:
    play = modern(STDIO, HTTP, Patience(call=100, initialize=100))
    play.host(play.asks("x", "prompts/list")).host(call(play)).tick(after=100)
    what = [(seen.what, seen.body) for seen in play.seen]
    assert what.index(("to server", {**call(play), "id": 5})) < what.index(("refused", "server-timed-out"))


@pytest.mark.parametrize("said", [error(3), result(3, {"tools": "x"}), result(3, {"tools": [None, {"name": 5}]})])
def test_a_server_that_does_not_list_its_tools_is_called_all_the_same(said: JsonObject) -> None:
    play = modern(STDIO, HTTP)
    play.host(call(play)).server(said).expects(to_server({**call(play), "id": 4}))


def test_a_call_without_a_name_has_nothing_to_learn() -> None:
    play = modern(STDIO, HTTP)
    play.host(call(play, name=5)).expects(to_server({**call(play, name=5), "id": 3}))


def test_a_changed_list_is_learned_anew() -> None:
    play = modern(STDIO, HTTP)
    play.host(call(play)).server(result(3, {"tools": [tool()]})).server(result(4))
    play.host(call(play, "b", "new")).expects(to_server({**call(play, "b", "new"), "id": 5})).server(result(5))
    play.server(note("notifications/tools/list_changed"))
    play.host(call(play, "c", "new")).expects(to_server(learn(6)))
    play.server(result(6, {"tools": [tool("new")]}))
    play.expects(to_server({**call(play, "c", "new"), "id": 7}, headers=REGION))


def test_only_so_many_calls_wait_for_the_list() -> None:
    play = modern(STDIO, HTTP, Patience(parked=1))
    play.host(call(play)).host(call(play, "b")).expects(refused("b", "too-many-open-calls"))


def test_a_list_that_could_not_be_asked_for_refuses_the_call() -> None:
    play = modern(STDIO, HTTP)
    play.host(call(play)).server_left(Trouble.UNREACHABLE)
    assert refused("a", "server-unreachable") in play.seen


# -- lists ---------------------------------------------------------------------------------------


def test_towards_an_http_server_invalid_tools_are_left_out_as_a_client_must() -> None:
    play = listed(STDIO, HTTP, tool("good"), tool("bad", "not a token"), plain("plain"))
    play.expects(answer(result("l", {"tools": [tool("good"), plain("plain")]})))
    play.records("lifecycle", event="tools-left-out", count=1)


def test_towards_a_stdio_server_every_tool_is_kept() -> None:
    play = listed(HTTP, STDIO, tool("bad", "not a token"))
    play.expects(answer(result("l", {"tools": [tool("bad", "not a token")]})))
    play.host(call(play, name="bad"), headers=REGION).expects(to_server({**call(play, name="bad"), "id": 4}))


def test_a_later_list_replaces_what_a_tool_declares() -> None:
    play = listed(HTTP, STDIO, tool())
    play.host(play.asks("m", "tools/list")).server(result(4, {"tools": [plain()]}))
    play.host(call(play)).expects(to_server({**call(play), "id": 5}))


def test_what_is_remembered_is_bounded_whatever_the_server_lists() -> None:
    play = modern(HTTP, STDIO)
    state = play.state
    for number in range(3, 300):
        names: list[Json] = [tool(f"{number}-{at}" + "x" * 3000) for at in range(20)]
        play.host(play.asks(number, "tools/list")).server(result(number, {"tools": names}))
        held = sum(len(name) for name in state.mirrored)
        assert held <= state.mirrored_size <= 4_000_000
    play.host(play.asks("y", "tools/list")).server(result(300, {"tools": [tool("after")]}))
    play.host(play.asks("x", "tools/list")).server(result(301, {"tools": [tool("3-0" + "x" * 3000)]}))
    assert "3-0" + "x" * 3000 in state.mirrored
