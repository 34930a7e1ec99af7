"""Which entries share a conversation."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sekisho.adapters.ancestry import Process
from sekisho.adapters.store import Store
from sekisho.gateway.broker import conversations
from sekisho.gateway.broker.conversations import Conversations, host_of, key_of
from tablekit import rows

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def line(*processes: tuple[str, ...]) -> list[Process]:
    """Return a relay and those above it; the last one has process id 1."""
    count = len(processes)
    return [
        Process(pid=count - place, name=name, program=f"/usr/bin/{name}", arguments=(name, *more), started=100 + place)
        for place, (name, *more) in enumerate(processes)
    ]


RELAY = ("python3.11", "-m", "sekisho", "run", "--entry", "one")
INIT = ("systemd",)


@rows(
    ("processes", "host"),
    [
        ((RELAY, ("claude",), ("bash",), INIT), "claude"),
        ((RELAY, ("sh", "-c", "sekisho run"), ("claude",), ("bash",), INIT), "claude"),
        ((RELAY, ("uvx", "sekisho"), ("cursor",), INIT), "cursor"),
        ((RELAY, ("uv", "tool", "uvx", "sekisho"), ("code",), INIT), "code"),
        ((RELAY, ("npm-exec-x",), ("sh",), ("node", "/opt/app/cli.js"), INIT), "node"),
        ((RELAY, ("node", "/usr/bin/npx-cli.js", "-y", "x"), ("zed",), INIT), "zed"),
        ((RELAY, ("python3", "-m", "pytest"), INIT), "python3"),
        ((RELAY, ("python3", "-m", "sekisho", "demo"), ("goose",), INIT), "goose"),
        ((RELAY, ("python3", "/opt/agent.py"), INIT), "python3"),
        ((RELAY, ("python3", "-c"), INIT), "python3"),
        ((RELAY, ("agent",)), "agent"),  # the host is the first process of a container
        ((RELAY, ("bash",), INIT), "bash"),
        ((RELAY, ("env",), ("bash",), INIT), "bash"),
        ((RELAY, INIT), "python3.11"),
        ((RELAY,), "python3.11"),
        ((), None),
    ],
)
def test_the_host_is_the_first_that_only_starts_others_for_nobody(
    processes: tuple[tuple[str, ...], ...], host: str | None
) -> None:
    found = host_of(line(*processes))
    assert (found.name if found is not None else None) == host


def test_a_process_id_that_is_used_again_is_another_host() -> None:
    one = Process(pid=7, name="claude", program="", arguments=(), started=100)
    two = Process(pid=7, name="claude", program="", arguments=(), started=200)
    assert len({key_of(one, 1), key_of(two, 1), key_of(None, 1), key_of(None, 2)}) == 4


def test_entries_of_one_host_share_a_conversation_and_others_have_their_own() -> None:
    hosts = {1: ("claude",), 2: ("claude",), 3: ("zed",)}
    clock = itertools.count()
    made = Conversations(
        lambda: float(next(clock)),
        lambda relay: [
            Process(pid=relay, name="python3", program="", arguments=()),
            Process(pid=100 + len(hosts[relay][0]), name=hosts[relay][0], program="", arguments=(), started=5),
        ],
    )
    first, second, third = made.enter(1), made.enter(2), made.enter(3)
    assert first is second
    assert first is not third
    assert (first.entries, first.host, third.entries) == (2, "claude", 1)
    made.leave(first)
    made.leave(second)
    again = made.enter(2)
    assert again is first, "a host that comes back has its conversation still"
    assert {one.id for one in made} == {first.id, third.id}


def test_the_one_that_was_left_longest_ago_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "_MOST", 2)
    made = Conversations(lambda: 0.0, lambda _: [])
    open_, left = made.enter(1), made.enter(2)
    made.leave(left)
    third = made.enter(3)
    assert [one.id for one in made] == [open_.id, third.id]
    made.enter(4)
    assert open_ in list(made), "one that is in use is never forgotten"


def test_a_host_has_its_conversation_with_every_broker_and_after_it_was_forgotten_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    above = {1: [Process(pid=7, name="claude", program="", arguments=(), started=5)], 2: []}
    found: dict[int, set[tuple[str, float]]] = {1: set(), 2: set()}
    monkeypatch.setattr(conversations, "_MOST", 1)
    for day in range(3):
        with Store(tmp_path) as store:
            clock = float(day * 86_400)
            made = Conversations(lambda now=clock: now, above.__getitem__, store=store.conversations, principal="ada")
            for relay in (1, 2, 1):
                one = made.enter(relay)
                found[relay].add((one.id, one.since))
                made.leave(one)
    (first,), (second,) = found[1], found[2]
    assert first[0] != second[0]
    assert first[1] == second[1] == 0.0
    monkeypatch.setattr(conversations, "boot", lambda: "another")
    with Store(tmp_path) as store:
        made = Conversations(lambda: 0.0, above.__getitem__, store=store.conversations, principal="ada")
        assert made.enter(1).id != first[0], "a process id counts as long as the machine runs"


def test_a_store_that_cannot_be_used_is_told_of_and_the_process_names_its_conversation(tmp_path: Path) -> None:
    said: list[str] = []
    store = Store(tmp_path)
    store.close()
    made = Conversations(lambda: 0.0, lambda _: [], store=store.conversations, say=said.append)
    assert made.enter(3).id == made.enter(3).id == "relay:3"
    assert len(said) == 1
