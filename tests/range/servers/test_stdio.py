from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.range.servers.stdio import Failed, Tool, answer

if TYPE_CHECKING:
    from sekisho.range.servers.stdio import Json


def refuse(what: str) -> str:
    raise Failed(f"no {what}")


TOOLS = (Tool(name="refuse", says="Refuses.", takes={"what": "It."}, act=refuse, reads=True),)


def said(method: str, params: Json | None = None) -> Json:
    reply = answer("test", TOOLS, {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}})
    assert reply is not None
    return reply


def test_it_speaks_as_much_as_a_host_needs() -> None:
    assert answer("test", TOOLS, {"jsonrpc": "2.0", "method": "notifications/initialized"}) is None
    assert "serverInfo" in str(said("initialize"))
    assert said("ping")["result"] == {}
    assert said("resources/list")["error"] == {"code": -32601, "message": "Method not found"}
    assert '"required": ["what"]' in str(said("tools/list")).replace("'", '"')
    for arguments in ({"what": "way"}, {}):
        assert "isError" in str(said("tools/call", {"name": "refuse", "arguments": arguments}))
    assert "isError" in str(said("tools/call", {"name": "other"}))
