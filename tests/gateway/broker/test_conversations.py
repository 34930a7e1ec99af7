"""Which entries share a conversation."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sekisho.adapters.ancestry import Process
from sekisho.gateway.broker import conversations
from sekisho.gateway.broker.conversations import Conversations, host_of, key_of
from tablekit import rows

if TYPE_CHECKING:
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
    assert {one.key for one in made} == {first.key, third.key}


def test_the_one_that_was_left_longest_ago_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "_MOST", 2)
    made = Conversations(lambda: 0.0, lambda _: [])
    open_, left = made.enter(1), made.enter(2)
    made.leave(left)
    third = made.enter(3)
    assert [one.key for one in made] == [open_.key, third.key]
    made.enter(4)
    assert open_ in list(made), "one that is in use is never forgotten"
