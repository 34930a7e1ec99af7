"""The host of the range: which server a name goes to, and what it takes for a refusal."""

from __future__ import annotations

import json
import os
import tomllib
from typing import TYPE_CHECKING

import pytest

from sekisho.range.host import HostError
from sekisho.range.incident import Call, Server, bundled
from sekisho.range.table import Exchange, Table, direct, through

if TYPE_CHECKING:
    from pathlib import Path


def exchange(answer: dict[str, object]) -> Exchange:
    return Exchange(call=None, line=b"{}", answer=answer, seconds=0.0)


def test_of_two_tools_with_one_name_the_last_server_has_it(tmp_path: Path) -> None:
    servers: dict[str, Server] = {}
    for name in ("mail", "notes"):
        (tmp_path / name).mkdir()
        servers[name] = bundled("post", tmp_path / name)
    with Table(direct(servers), os.environ) as table:
        sent = table.call(Call(server="mail", tool="send_message", arguments={"message": "x"}))
        assert sent.text == "sent"
        assert not sent.failed
        assert sorted(table.names()) == ["list_mail", "list_notes", "send_message", "send_message"]
        table.again()
        assert table.call(Call(server="notes", tool="list_notes")).text == "x\n"
        assert table.call(Call(server="mail", tool="no_such_tool")).failed
        assert "Puts a message into notes." in table.read()
    assert table.questions == 0


def test_a_server_that_does_not_answer_the_handshake_is_told(tmp_path: Path) -> None:
    way = direct({"a": Server(command=("true",), cwd=tmp_path)})
    with pytest.raises(HostError), Table(way, os.environ):
        pass


def test_several_servers_stand_in_one_configuration(tmp_path: Path) -> None:
    servers = {name: Server(command=("run", 'a "b" \\'), cwd=tmp_path / name) for name in ("one", "two")}
    (way,) = through(servers, tmp_path)
    assert way.prefixed
    written = tomllib.loads((tmp_path / "sekisho.toml").read_text())
    assert written["servers"]["two"] == {"command": ["run", 'a "b" \\'], "cwd": str(tmp_path / "two")}
    (alone,) = through({"one": servers["one"]}, tmp_path)
    assert not alone.prefixed
    assert alone.command[-2:] == ["run", 'a "b" \\']


def test_a_refusal_is_read_from_a_result_and_from_an_error() -> None:
    detail = {"sekisho/refusal": {"rule": "sql-write", "pointer": "/arguments/query", "ticket": "ABC234"}}
    for answer in ({"result": {"_meta": detail, "isError": True}}, {"error": {"data": detail}}):
        refusal = exchange({**answer}).refusal
        assert refusal is not None
        assert (refusal.rule, refusal.ticket) == ("sql-write", "ABC234")
    assert exchange({"error": {"code": 1}}).refusal is None
    assert exchange(json.loads('{"result": {}}')).refusal is None
