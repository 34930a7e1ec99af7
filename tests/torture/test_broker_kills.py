"""Broker, relays and servers are killed in every order while hosts keep calls in flight.

Each request is answered or refused, no call is executed twice, and nothing is left behind.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

import pytest

from brokerkit import PATIENCE, town
from peers.messages import call, modern
from peers.processes import below, descriptors, mentioning, watched
from peers.words import rule_of, text_of
from sekisho.wire.views import obj, text

if TYPE_CHECKING:
    from pathlib import Path

    from brokerkit import Entry, Town
    from sekisho.wire.jsonrpc import JsonObject

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Linux"),
    pytest.mark.timeout(180),
]

WIDTH: Final = 8
CALLS: Final = 120
NAMES: Final = ["one", "two", "one", "two"]
REFUSED: Final = {"broker-lost", "broker-unavailable", "server-exited", "server-restarting", "server-cannot-start"}


class Load:
    """One host with calls in flight, of the generation that its name says."""

    def __init__(self, entry: Entry, name: str) -> None:
        self.entry = entry
        self.name = name
        self.older = name.startswith("older")
        if self.older:
            entry.greet()
        self.sent = 0
        self.open: dict[int, str] = {}
        self.answers: Counter[int] = Counter()
        self.refused: Counter[str] = Counter()
        self.buffer = b""

    @property
    def output(self) -> int:
        assert self.entry.process.stdout is not None
        return self.entry.process.stdout.fileno()

    def fill(self) -> None:
        """Keep calls in flight."""
        while len(self.open) < WIDTH and self.sent < CALLS:
            self.sent += 1
            text = f"{self.name}-{self.sent}"
            self.open[self.sent] = text
            body = call(self.sent, "echo", {"text": text})
            self.entry.tell(body if self.older else modern(body))

    def read(self) -> None:
        data = os.read(self.output, 65536)
        assert data, f"{self.name} ended: {self.entry.said()}"
        *lines, self.buffer = (self.buffer + data).split(b"\n")
        for line in lines:
            if line:
                self.take(cast("JsonObject", json.loads(line)))

    def take(self, answer: JsonObject) -> None:
        if "method" in answer:
            return
        number = cast("int", answer["id"])
        self.answers[number] += 1
        text = self.open.pop(number, None)
        rule = rule_of(answer)
        if rule is None:
            assert text in (None, text_of(answer))
        else:
            assert rule in REFUSED, answer
            self.refused[str(rule)] += 1

    @property
    def done(self) -> bool:
        return self.sent == CALLS and not self.open


def drive(loads: list[Load], until: int) -> None:
    """Let the hosts go on until so many answers came, or until all are through."""
    end = time.monotonic() + PATIENCE
    while sum(sum(load.answers.values()) for load in loads) < until and not all(load.done for load in loads):
        assert time.monotonic() < end, [(load.name, load.open, load.entry.said()) for load in loads]
        for load in loads:
            load.fill()
        outputs = {load.output: load for load in loads if not load.done}
        for readable in select.select([*outputs], [], [], 1.0)[0]:
            outputs[readable].read()


def executed(at: Town) -> Counter[str]:
    """Return how often each text reached a server."""
    found: Counter[str] = Counter()
    for line in at.at.journal.read_bytes().splitlines():
        try:
            message = cast("JsonObject", json.loads(line))
        except ValueError:
            continue  # what a child had begun to write when it was killed
        if message.get("method") == "tools/call":
            found[text(obj(obj(message.get("params")).get("arguments")).get("text")) or ""] += 1
    return found


@pytest.mark.parametrize("order", [*itertools.permutations(["broker", "relay", "child"])], ids="-".join)
def test_every_call_is_answered_or_refused_and_none_runs_twice(tmp_path: Path, order: tuple[str, ...]) -> None:
    dice = random.Random("-".join(order))  # noqa: S311 - a schedule, not a secret
    with town(tmp_path) as made:
        kinds = ["newer", "older", "newer", "older"]
        loads = [
            Load(made.entry(name), f"{kind}{place}")
            for place, (kind, name) in enumerate(zip(kinds, NAMES, strict=True))
        ]
        drive(loads, 30)
        lost: list[Load] = []
        for step, victim in enumerate(order):
            if victim == "broker":
                os.kill(made.broker(), signal.SIGKILL)
            elif victim == "relay":
                gone = loads.pop(dice.randrange(len(loads)))
                gone.entry.process.kill()
                lost.append(gone)
                loads.append(Load(made.entry("two"), f"late{step}"))
            elif children := mentioning(str(made.at.journal)):
                with suppress(ProcessLookupError):  # one that died with what was killed before
                    os.kill(dice.choice(children), signal.SIGKILL)
            drive(loads, sum(sum(load.answers.values()) for load in loads) + 40)
        drive(loads, sys.maxsize)
        for load in loads:
            assert sorted(load.answers) == list(range(1, CALLS + 1)), load.name
            assert sum(load.answers.values()) - CALLS <= WIDTH, "an answer is doubled where a broker dies, or never"
        assert max(executed(made).values()) == 1
        last = made.broker()
        with watched(last, *below(last)) as gone_too:
            for load in [*loads, *lost]:
                load.entry.close()
            os.kill(last, signal.SIGTERM)
            gone_too()
        assert mentioning(str(made.at.journal)) == []


def test_entries_that_come_and_go_leave_nothing_in_the_broker(tmp_path: Path) -> None:
    with town(tmp_path) as made, made.entry("two") as stays:
        stays.greet()
        broker = made.broker()
        before = descriptors(broker)
        for turn in range(6):
            one = made.entry("one")
            one.greet()
            children = [pid for pid in below(broker) if pid in mentioning(str(made.at.journal))]
            with watched(children[-1]) as gone:
                if turn % 2:
                    one.process.kill()
                one.close()
                gone()
        assert made.broker() == broker
        end = time.monotonic() + PATIENCE
        for number in itertools.count(1):  # what a dead child held is put away a moment later
            stays.echo(number, "behind them")
            if descriptors(broker) <= before + 2:
                break
            assert time.monotonic() < end, f"{descriptors(broker)} descriptors, {before} before"
        assert len([pid for pid in below(broker) if pid in mentioning(str(made.at.journal))]) == 1
