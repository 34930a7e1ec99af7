"""Servers and hosts that send without end: cut off alone, refused clearly, and never at the cost of memory."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from peers.http_host import HttpHost, wire
from peers.lines import line_host
from peers.loops import run
from peers.messages import call, request
from peers.places import place, scripted, sekisho, serve
from peers.processes import resident
from peers.words import rule_of
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from pathlib import Path

    from peers.lines import LineHost
    from sekisho.wire.jsonrpc import JsonObject

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc"),
    pytest.mark.allow_hosts(["127.0.0.1", "::1"]),
]

MIB = 1024 * 1024
FLOODS = [
    "notifications/tools/list_changed",
    "notifications/progress",
    "notifications/message",
    "notifications/nonsense",
]


def test_a_flood_quarantines_that_server_alone_and_is_refused_clearly(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with serve(at, "--", *scripted(at)) as served:
            other = HttpHost(served.port)
            await other.open()
            for method in FLOODS:
                flooded = HttpHost(served.port)
                await flooded.open()
                refused = await flooded.ask(call("f", "flood", {"method": method}, token=1))
                assert rule_of(refused) == "server-quarantined", method
                assert rule_of(await flooded.ask(call("g", "echo", {"text": "x"}))) == "server-quarantined", method
                assert rule_of(await flooded.ask(request("h", "tools/list"))) == "server-quarantined", method
                assert rule_of(await other.ask(call(method, "echo", {"text": "x"}))) is None, method
                assert resident(served.process.pid) < 200 * MIB, method

    run(work())


def test_a_flood_of_questions_quarantines(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with line_host(*sekisho("run", "--", *scripted(at)), env=at.env) as host:
            await host.open(capabilities={"elicitation": {}})
            refused = await host.ask(call("f", "ask", {"count": 1000}))
            assert rule_of(refused) == "server-quarantined"
            assert len(host.questions) <= 64
            await host.until(lambda: len(withdrawn(host)) == len(host.questions))
            assert await host.close() == 0

    run(work())


def withdrawn(host: LineHost) -> list[JsonObject]:
    return [each for each in host.notes if each["method"] == "notifications/cancelled"]


def test_a_line_without_an_end_from_the_server_is_cut_with_flat_memory(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with line_host(*sekisho("run", "--", *scripted(at)), env=at.env) as host:
            await host.open()
            before = resident(host.pid)
            refused = await host.ask(call(1, "big", {"bytes": 200 * MIB}))
            assert rule_of(refused) in ("server-exited", "server-answer-too-large")
            assert resident(host.pid) - before < 100 * MIB
            assert b"longer than 33554432 bytes" in host.said
            # The next call finds the server started anew.
            again = await retried(host)
            assert rule_of(again) is None

    run(work())


async def retried(host: LineHost) -> JsonObject:
    """Ask until the pause before a restart is over."""
    for number in range(1000):
        answer = await host.ask(call(f"r{number}", "echo", {"text": "x"}))
        if rule_of(answer) != "server-restarting":
            return answer
    raise AssertionError("it never came back")


def test_a_line_without_an_end_from_the_host_is_cut_with_flat_memory(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with line_host(*sekisho("run", "--", *scripted(at)), env=at.env) as host:
            await host.open()
            before = resident(host.pid)
            most = before
            for _ in range(200):
                host.write(b"x" * MIB)
                await host.drain()
                most = max(most, resident(host.pid))
            host.write(b"\n")
            await host.until(lambda: host.untied)
            assert obj(host.untied[0]["error"])["code"] == -31007
            assert most - before < 100 * MIB
            assert rule_of(await host.ask(call(1, "echo", {"text": "x"}))) is None

    run(work())


def test_a_host_that_does_not_read_stops_its_server_and_loses_nothing(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with line_host(*sekisho("run", "--", *scripted(at)), env=at.env) as host:
            await host.open()
            host.stop_reading()
            for number in range(1, 41):
                host.send(call(number, "echo", {"text": "x" * MIB}))
            await host.drain()
            host.send(call("last", "echo", {"text": "x"}))
            assert resident(host.pid) < 250 * MIB
            host.read_again()
            # Short answers pass by long ones.
            for number in ("last", *range(1, 41)):
                assert rule_of(await host.answer(number)) is None
            assert all(len(host.answers[number]) == 1 for number in range(1, 41))

    run(work())


def test_a_server_that_does_not_read_is_ended_and_the_caller_is_told(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with line_host(*sekisho("run", "--", *scripted(at)), env=at.env) as host:
            await host.open()
            host.send(call("deaf", "deaf"))
            for number in range(40):
                host.send(call(number, "echo", {"text": "x" * (2 * MIB)}))
                await host.drain()
            refused = await host.answer("deaf")
            assert rule_of(refused) == "server-exited"

    run(work())


def test_an_http_host_that_does_not_read_blocks_only_itself(tmp_path: Path) -> None:
    async def work() -> None:
        at = place(tmp_path)
        async with serve(at, "--", *scripted(at)) as served:
            deaf, other = HttpHost(served.port), HttpHost(served.port)
            await deaf.open()
            await other.open()
            async with wire(served.port) as stuck:
                stuck.send("POST", call(1, "echo", {"text": "x" * (12 * MIB)}), *deaf.headers())
                await stuck.head()
                for number in range(3):
                    assert rule_of(await other.ask(call(number, "echo", {"text": "y" * MIB}))) is None
                assert rule_of(await deaf.ask(call(2, "echo", {"text": "z"}))) is None

    run(work())
