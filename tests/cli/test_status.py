"""`sekisho status`, with and without a broker."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

from brokerkit import town
from clikit import Desk, narrow
from sekisho.gateway.broker.door import Door

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Linux"),
    pytest.mark.allow_hosts(["127.0.0.1", "::1"]),
]


def test_without_a_broker_it_says_how_one_comes(desk: Desk) -> None:
    done = desk.call("status")
    assert (done.exit_code, done.output) == (
        1,
        "Broker: none runs; the first sekisho run --entry starts one.\n",
    )
    assert json.loads(desk.call("status", "--json").output) == {"running": False, "pins": [], "way_out": ""}
    assert "ブローカー: 動いていません" in desk.call("status", "--lang", "ja").output


def test_it_tells_of_broker_audit_entries_and_conversations(tmp_path: Path) -> None:
    with town(tmp_path) as made, made.entry() as one:
        one.greet()
        desk = Desk(made.at.state)
        done = desk.call("status")
        assert done.exit_code == 0
        assert narrow(done.output)
        pattern = (
            r"Broker: process \d+, version \S+, since [-\d: ]+\nAudit: \S+, \d+ records are sealed\nEntries: 1\n"
            r"  one  process \d+ since [-\d: ]+, conversation\s+host:[0-9a-f]{16}\nConversations: 1\n"
            r"  host:[0-9a-f]{16} +\S+ since [-\d: ]+, open entries: 1\n"
            r"Definitions: 1 server\(s\) were used; 0 tools pinned at first use, not vetted\n"
            r"  one  \d approved, 0 changed, 0 held, 0 new; 0 tools not vetted\n"
        )
        assert re.fullmatch(pattern, done.output), done.output
        told = json.loads(desk.call("status", "--json").output)
        assert (told["running"], told["pid"], told["entries"][0]["relay"]) == (True, made.broker(), one.pid)
        assert narrow(desk.call("status", "--lang", "ja").output)
        checks = json.loads(desk.call("doctor", "--json").stdout)["checks"]
        (broker,) = [check for check in checks if check["id"] == "broker"]
        assert broker["said"] == f"Broker: process {made.broker()} answers; 1 entries are open."


def test_a_broker_that_is_silent_is_told_with_the_way_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.gateway.broker.asking._PATIENCE", 0.05)
    door = Door(desk.state)
    assert door.open()
    done = desk.call("status")
    assert done.exit_code == 1
    assert "Broker: it does not answer (timed out)." in done.output
    assert "broker.log" in done.output
    door.close()
