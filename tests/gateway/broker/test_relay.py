"""Relays as hosts start them, the broker behind them, and what is left when one of them dies."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from itertools import count
from typing import TYPE_CHECKING, cast

import pytest

from brokerkit import PATIENCE
from peers.messages import call, initialize, modern, note, request
from peers.places import sekisho
from peers.processes import below, mentioning, watched
from peers.words import code_of, rule_of, text_of
from sekisho.adapters.halt import HaltFlag
from sekisho.gateway.broker.asking import ask
from sekisho.wire.versions import SekishoCode
from sekisho.wire.views import obj

if TYPE_CHECKING:
    from brokerkit import Entry, Town
    from sekisho.wire.jsonrpc import JsonObject

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux")


def held(entry: Entry, town: Town, about: int) -> None:
    """Make a call that is not answered, and wait until the server has it."""
    entry.tell(call(about, "hold", {"mark": f"call-{about}"}))
    assert entry.echo(f"behind-{about}", "there") == "there"
    assert f'"call-{about}"' in town.at.journal.read_text()


def test_an_entry_is_served_and_ends_with_its_host(town: Town) -> None:
    with town.entry() as one:
        one.greet()
        assert one.echo(1, "hello") == "hello"
        child = mentioning(str(town.at.journal))
        with watched(*child) as gone:
            assert one.close() == 0
            gone()
    assert one.said() == ""


def test_two_relays_at_once_start_one_broker(town: Town) -> None:
    entries = [town.entry(name) for name in ("one", "two", "one", "two")]
    for number, entry in enumerate(entries):
        entry.greet()
        assert entry.echo(1, f"text {number}") == f"text {number}"
    started = [pid for pid in mentioning("sekisho\0broker") if f"SEKISHO_STATE={town.at.state}" in _environment(pid)]
    assert started == [town.broker()]


def _environment(pid: int) -> str:
    with open(f"/proc/{pid}/environ") as file:  # noqa: PTH123 - as short as it is
        return file.read()


def test_only_this_user_may_open_the_socket(town: Town) -> None:
    with town.entry() as one:
        one.greet()
        mode = (town.at.state / "broker.sock").stat().st_mode
        assert stat.S_ISSOCK(mode)
        assert stat.S_IMODE(mode) == 0o600


def echoed(entry: Entry, about: int) -> str:
    """Call until there is a broker again: that comes ever later when it dies soon."""
    answers = (entry.ask(call(number, "echo", {"text": "again"})) for number in count(about))
    return text_of(next(answer for answer in answers if rule_of(answer) != "broker-unavailable"))


def test_a_broker_that_is_killed_under_a_call_is_told_and_a_host_that_greets_anew_goes_on(town: Town) -> None:
    with town.entry() as one:
        one.greet()
        held(one, town, 5)
        children = below(town.broker())
        with watched(*children) as gone:
            town.kill()
            gone()
        answer = one.answer(5)
        assert cast("JsonObject", answer["result"])["isError"] is True
        assert rule_of(answer) == "broker-lost"
        one.greet()
        assert echoed(one, 7) == "again"


def test_a_host_of_2025_goes_on_with_every_broker_that_comes_and_is_told_nothing_twice(town: Town) -> None:
    with town.entry() as one:
        greeting = one.greet()
        assert one.echo(1, "first") == "first"
        for about in (10, 1_000_000):
            held(one, town, about)
            town.kill()
            assert rule_of(one.answer(about)) == "broker-lost"
            assert echoed(one, about + 1) == "again"
        assert one.ask(initialize("twice")).keys() == {"jsonrpc", "id", "error"}, "it is initialized already"
        town.kill()
        answers = (one.ask(initialize(number)) for number in count(2_000_000))
        again = next(answer for answer in answers if "result" in answer)
        assert again["result"] == greeting["result"], "a host that greets anew is taken at its word"


def test_what_is_not_a_call_is_refused_by_a_code_of_its_own(town: Town) -> None:
    with town.entry() as one:
        one.greet()
        one.echo(1, "ready")
        os.kill(mentioning(str(town.at.journal))[0], signal.SIGSTOP)
        one.tell(request("list", "tools/list"))
        one.tell(call(3, "echo", {"text": "?"}))
        # The broker has read both when it answers what a second entry asks behind them.
        with town.entry("two") as two:
            two.greet()
        town.kill()
        assert code_of(one.answer("list")) == SekishoCode.BROKER_UNAVAILABLE
        assert rule_of(one.answer(3)) == "broker-lost"


def test_a_host_of_2026_goes_on_without_a_handshake(town: Town) -> None:
    with town.entry() as one:
        assert text_of(one.ask(modern(call(1, "echo", {"text": "a"})))) == "a"
        one.tell(modern(call(2, "hold", {"mark": "held"})))
        assert text_of(one.ask(modern(call(3, "echo", {"text": "b"})))) == "b"
        town.kill()
        lost = cast("JsonObject", one.answer(2)["result"])
        assert (lost["isError"], lost["resultType"]) == (True, "complete")
        assert text_of(one.ask(modern(call(4, "echo", {"text": "c"})))) == "c"


def heard(entry: Entry, *methods: str) -> list[JsonObject]:
    """Return the next notifications, which have these names; a broker may die before it has noted an answer."""
    said = (entry.next() for _ in count())
    found = [next(message for message in said if "method" in message) for _ in methods]
    assert [message.get("method") for message in found] == [f"notifications/{method}" for method in methods]
    return found


def test_a_host_of_2025_that_waits_in_silence_goes_on_hearing_of_what_it_subscribed_to(town: Town) -> None:
    with town.entry("telling") as one:
        one.greet()
        one.ask(request(1, "logging/setLevel", {"level": "error"}))
        heard(one, "message")
        for number, uri in ((2, "x:1"), (3, "x:2")):
            one.ask(request(number, "resources/subscribe", {"uri": uri}))
            heard(one, "resources/updated")
        one.ask(request(4, "resources/unsubscribe", {"uri": "x:1"}))
        one.ask(request(5, "ping"))
        town.kill()
        log, updated = heard(one, "message", "resources/updated")
        assert (obj(log["params"])["level"], obj(updated["params"])["uri"]) == ("error", "x:2")


def test_a_host_of_2026_keeps_its_stream_of_changes_and_may_take_it_back(town: Town) -> None:
    with town.entry("telling") as one:
        one.tell(modern(request("s", "subscriptions/listen", {"notifications": {"resourcesListChanged": True}})))
        heard(one, "subscriptions/acknowledged", "resources/list_changed")
        town.kill()
        (changed,) = heard(one, "resources/list_changed")
        assert obj(obj(changed["params"])["_meta"])["io.modelcontextprotocol/subscriptionId"] == "s"
        one.tell(note("notifications/cancelled", {"requestId": "s"}))
        assert "result" in one.ask(modern(request(2, "server/discover")))


def named(town: Town) -> dict[int, str]:
    """Return the conversation of each relay that is served."""
    found = ask(town.at.state)
    assert found is not None
    return {int(entry.values["relay"]): str(entry.values["conversation"]) for entry in found.entries}


def test_one_host_has_one_conversation_over_relays_recycled_children_and_brokers_and_another_host_its_own(
    town: Town,
) -> None:
    another = (sys.executable, "-c", "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))")
    with town.entry() as one, town.entry("two") as two, town.entry(before=another) as other:
        for entry in (one, two, other):
            entry.greet()
        before = named(town)
        (theirs,) = below(other.pid)
        assert before[one.pid] == before[two.pid] != before[theirs]
        one.close()
        with town.entry() as again:
            again.greet()
            for child in mentioning(str(town.at.journal)):
                os.kill(child, signal.SIGKILL)
            assert named(town)[again.pid] == before[two.pid]
            town.kill()
            for entry in (again, two, other):
                echoed(entry, 100)
            assert named(town) == {again.pid: before[two.pid], two.pid: before[two.pid], theirs: before[theirs]}
    told = {json.loads(line)["conversation"] for line in records(town)}
    assert told == {*before.values()}


def records(town: Town) -> list[str]:
    """Return what is on record of calls, of whatever broker."""
    lines = [line for file in (town.at.state / "audit").rglob("*.jsonl") for line in file.read_text().splitlines()]
    return [line for line in lines if '"tools/call"' in line]


def test_half_a_line_outlives_the_broker_that_read_it(town: Town) -> None:
    line = json.dumps(initialize(9)).encode() + b"\n"
    with town.entry() as one:
        one.greet()
        one.write(line[:40])
        # The broker has read the half line when it answers what a second entry asks behind it.
        with town.entry("two") as two:
            two.greet()
        town.kill()
        one.write(line[40:])
        assert "result" in one.answer(9)


def test_a_relay_that_is_killed_takes_its_session_along_and_no_other(town: Town) -> None:
    with town.entry() as one:
        one.greet()
        before = set(mentioning(str(town.at.journal)))
        two = town.entry("two")
        two.greet()
        (child,) = set(mentioning(str(town.at.journal))) - before
        with watched(child) as gone:
            two.process.kill()
            gone()
        assert one.echo(1, "still here") == "still here"


def test_a_relay_that_is_told_to_end_ends_its_session_first(town: Town) -> None:
    with town.entry() as one:
        one.greet()
        children = mentioning(str(town.at.journal))
        with watched(*children) as gone:
            one.process.terminate()
            assert one.process.wait(PATIENCE) == 0
            gone()


def test_a_child_that_is_killed_is_told_as_run_tells_it(town: Town) -> None:
    with town.entry() as one:
        one.greet()
        held(one, town, 1)
        (child,) = mentioning(str(town.at.journal))
        os.kill(child, signal.SIGKILL)
        assert rule_of(one.answer(1)) == "server-exited"
        one.close()
        assert "the server ended by signal 9" in one.said()


def test_an_entry_that_does_not_exist_is_exit_code_two(town: Town) -> None:
    with town.entry("three") as one:
        assert one.process.wait(PATIENCE) == 2
    assert "has no [servers.three]" in one.said()


def test_without_a_configuration_the_way_out_is_said(town: Town) -> None:
    done = subprocess.run(
        sekisho("run", "--entry", "one"), env=town.at.env, capture_output=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 2
    assert b"/.config/sekisho/sekisho.toml: " in done.stderr


def test_the_users_own_configuration_is_found(town: Town) -> None:
    folder = town.at.folder / "home" / ".config" / "sekisho"
    folder.mkdir(parents=True)
    town.config.rename(folder / "sekisho.toml")
    line = json.dumps(initialize(1)).encode() + b"\n"
    done = subprocess.run(
        sekisho("run", "--entry", "one"), env=town.at.env, input=line, capture_output=True, timeout=PATIENCE, check=True
    )
    assert json.loads(done.stdout)["id"] == 1


@pytest.mark.parametrize("redirection", ["< in", "< in > out", "< /dev/null", "< in > /dev/full", "<&-", "< in >&-"])
def test_any_standard_stream_is_borne(town: Town, redirection: str) -> None:
    folder = town.at.folder
    (folder / "in").write_bytes(json.dumps(initialize(1)).encode() + b"\n")
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {' '.join(town.command('one'))} {redirection}"],
        env=town.at.env,
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    answer = done.stdout or ((folder / "out").read_bytes() if (folder / "out").exists() else b"")
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert (b'"protocolVersion"' in answer) == (redirection in ("< in", "< in > out"))


def test_a_broker_that_cannot_start_is_told_to_host_and_person(town: Town) -> None:
    (town.at.state / "key").mkdir()
    with town.entry() as one:
        answer = one.ask(initialize(1))
        assert code_of(answer) == SekishoCode.BROKER_UNAVAILABLE
        assert rule_of(one.ask(call(2, "echo", {}))) == "broker-unavailable"
        (town.at.state / "key").rmdir()
        again = one.ask(initialize(3))
        while "error" in again:
            again = one.ask(initialize(3))
        assert "result" in again
    assert "the broker did not start" in one.said()


def test_a_relay_loads_no_engine_and_no_command_line() -> None:
    words = "import sys, sekisho.gateway.broker.relay; print(*sorted(sys.modules))"
    # What measures coverage loads itself into every process that finds its settings.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True, env=env)
    loaded = done.stdout.split()
    heavy = {"click", "asyncio", "orjson", "json", "platformdirs", "socket", "sekisho.engine", "sekisho.model"}
    assert not heavy & {*loaded}


def test_the_broker_is_not_in_the_tree_of_the_entry_that_started_it(town: Town) -> None:
    with town.entry() as one:
        one.greet()
        assert town.broker() not in below(one.pid)
        assert below(one.pid) == [], "and what started it was waited for"


def test_a_halt_reaches_the_sessions_of_the_broker_and_ends_with_it(town: Town) -> None:
    flag = HaltFlag(town.at.state)
    with town.entry() as one, town.entry("two") as two:
        for entry in (one, two):
            entry.greet()
        assert flag.set()
        numbers = iter(range(10, 10_000))
        for entry in (one, two):
            while rule_of(entry.ask(call(next(numbers), "echo", {"text": "?"}))) != "halted":
                pass
        assert flag.clear()
        while rule_of(answer := one.ask(call(next(numbers), "echo", {"text": "on"}))) == "halted":
            pass
        assert text_of(answer) == "on"


def test_a_relay_that_is_told_to_end_looks_for_no_other_broker(town: Town) -> None:
    with town.entry() as one:
        one.greet()
        broker = town.broker()
        with watched(broker) as gone:
            os.kill(broker, signal.SIGSTOP)
            one.process.terminate()
            os.kill(broker, signal.SIGKILL)
            gone()
        assert one.process.wait(PATIENCE) == 0
