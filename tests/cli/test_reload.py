"""A configuration changes below a running gateway: hosts go on, and no call is dropped."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import pytest

from peers.http_host import HttpHost
from peers.lines import line_host
from peers.loops import run
from peers.messages import call, request
from peers.places import place, python_peer, scripted, sekisho, serve
from peers.words import rule_of, text_of
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from pathlib import Path

    from peers.lines import LineHost
    from peers.places import Place
    from sekisho.wire.jsonrpc import Json, JsonObject

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1", "::1"]), pytest.mark.timeout(120)]


class Shop:
    """A configuration file that changes."""

    def __init__(self, folder: Path) -> None:
        self.at: Place = place(folder)
        self.file = folder / "sekisho.toml"

    def write(self, *aliases: str, **env: str) -> str:
        """Configure scripted servers; one that is named gets a variable."""
        line = json.dumps(list(scripted(self.at)))
        parts = [f"[servers.{alias}]\ncommand = {line}\n" for alias in aliases]
        more = [f'[servers.{alias}.env]\nMARK = "{value}"\n' for alias, value in env.items()]
        return self.say("".join((*parts, *more)))

    def say(self, text: str) -> str:
        other = self.file.with_suffix(".new")
        other.write_text(text, "utf-8")
        other.chmod(0o600)
        other.replace(self.file)
        return str(self.file)

    @asynccontextmanager
    async def host(self, *aliases: str) -> AsyncGenerator[LineHost]:
        command = sekisho("run", "--config", self.write(*aliases))
        async with line_host(*command, env=self.at.env, cwd=self.at.folder) as host:
            await host.open(capabilities={"elicitation": {}})
            yield host


async def names(host: LineHost, id_: str) -> set[str]:
    answer = await host.ask(request(id_, "tools/list"))
    return {str(obj(tool)["name"]).partition("__")[0] for tool in items(obj(answer["result"])["tools"])}


async def until_said(host: LineHost, words: str) -> None:
    await host.until(lambda: words.encode() in host.said, seconds=20)


async def echo(host: LineHost, id_: str, alias: str) -> str:
    return text_of(await host.ask(call(id_, f"{alias}__echo", {"text": id_})))


def test_a_server_comes_another_goes_and_an_open_call_ends_as_it_would_have(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        async with shop.host("one", "two") as host:
            assert await names(host, "before") == {"one", "two"}
            host.send(call("held", "two__ask", {"count": 1}))
            await host.until(lambda: host.questions)
            shop.write("one", "three")
            await until_said(host, "The configuration has changed: 2 servers, 1 new or changed, 1 gone.")
            assert await names(host, "after") == {"one", "three"}
            assert "notifications/tools/list_changed" in [each["method"] for each in host.notes]
            assert await echo(host, "new", "three") == "new"
            assert "error" in await host.ask(call("gone", "two__echo", {"text": "x"}))
            host.send({"jsonrpc": "2.0", "id": host.questions[0]["id"], "result": {"action": "decline"}})
            assert "decline" in text_of(await host.answer("held"))
            assert await echo(host, "last", "one") == "last"
            assert await host.close() == 0

    run(work())


def test_a_changed_server_is_started_again_beside_its_open_call(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        async with shop.host("one") as host:
            assert await names(host, "before") == {"one"}
            host.send(call("held", "one__ask", {"count": 1}))
            await host.until(lambda: host.questions)
            shop.write("one", one="new")
            await until_said(host, "1 servers, 1 new or changed, 0 gone.")
            shown = json.loads(text_of(await host.ask(call("env", "one__env"))))
            assert shown["MARK"] == "new"
            host.send({"jsonrpc": "2.0", "id": host.questions[0]["id"], "result": {"action": "accept"}})
            assert "accept" in text_of(await host.answer("held"))
            assert await host.close() == 0

    run(work())


WRONG: Final = (
    ("[servers.one]\nkommand = 1\n", "servers.one.kommand: there is no such key here"),
    ("not toml", "this is not TOML"),
    ("", "there is no server in this file"),
    ("[servers.one]\ncommand = ['x']\npass_env = ['NOT_SET_HERE']\n", "NOT_SET_HERE is not set"),
)


def test_what_is_wrong_is_told_and_the_old_configuration_stays(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        async with shop.host("one") as host:
            for number, (wrong, said) in enumerate(WRONG):
                shop.say(wrong)
                await until_said(host, said)
                assert await names(host, f"a{number}") == {"one"}
                assert await echo(host, f"b{number}", "one") == f"b{number}"
            assert host.said.count(b"What was in force stays.") == len(WRONG)
            shop.write("one", "two")
            await until_said(host, "The configuration has changed: 2 servers")
            assert await names(host, "c") == {"one", "two"}
            assert await host.close() == 0

    run(work())


def test_a_list_of_projects_that_is_damaged_changes_nothing(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        folder = shop.at.folder / "project"
        folder.mkdir()
        command = sekisho("run", "--config", shop.write("one"))
        async with line_host(*command, env=shop.at.env, cwd=folder) as host:
            await host.open()
            project = folder / "sekisho.toml"
            project.write_text("version = 1", "utf-8")
            project.chmod(0o600)
            trusted = shop.at.state / "projects.json"
            trusted.touch(0o600)
            trusted.write_text("{")
            await until_said(host, "What was in force stays.")
            assert b"is damaged" in host.said
            assert await host.close() == 0

    run(work())


def test_limits_are_said_to_hold_from_the_next_start(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        async with shop.host("one") as host:
            text = shop.file.read_text("utf-8")
            shop.say(f"{text}[limits]\nmessage_bytes = 65536\n")
            await until_said(host, "Limits have changed")
            assert await echo(host, "a", "one") == "a"
            assert b"The configuration has changed" not in host.said
            assert await host.close() == 0

    run(work())


async def listed(ask: Callable[[JsonObject], Awaitable[JsonObject]], wanted: set[str]) -> None:
    """List until these servers are there."""
    number = 0
    async with asyncio.timeout(30):
        while True:
            number += 1
            answer = await ask(request(f"l{number}", "tools/list"))
            tools: list[Json] = items(obj(answer["result"])["tools"])
            if {str(obj(tool)["name"]).partition("__")[0] for tool in tools} == wanted:
                return


def test_every_session_over_http_goes_on_with_the_new_servers_remote_ones_too(tmp_path: Path) -> None:
    async def work() -> None:
        shop = Shop(tmp_path)
        (tmp_path / "other").mkdir()
        other = place(tmp_path / "other")
        async with (
            serve(other, "--", *python_peer("sdk_server.py")) as remote,
            serve(shop.at, "--config", shop.write("one")) as served,
        ):
            host = HttpHost(served.port)
            await host.open()
            await listed(host.ask, {"one"})
            shop.say(f"[servers.far]\nurl = '{remote.url}'\n")
            await listed(host.ask, {"far"})
            assert "error" in await host.ask(call("gone", "one__echo", {"text": "x"}))
            shop.write("one")
            await listed(host.ask, {"one"})
            late = HttpHost(served.port)
            await late.open()
            await listed(late.ask, {"one"})
            assert rule_of(await late.ask(call("ok", "one__echo", {"text": "x"}))) is None

    run(work())
