from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.halt import HaltFlag

if TYPE_CHECKING:
    from clikit import Desk


def test_a_halt_is_set_said_and_recorded(desk: Desk) -> None:
    done = desk.run("halt")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Halted. Every request is refused, also after a restart, until: sekisho resume\n"
    assert HaltFlag(desk.state).is_set
    found = json.loads(desk.call("audit", "tail", "--json").output)
    assert (found["kind"], found["fields"]) == ("lifecycle", {"event": "halt"})


def test_a_second_halt_changes_nothing_and_says_since_when(desk: Desk) -> None:
    desk.call("halt")
    done = desk.call("halt")
    assert done.exit_code == 0
    assert re.fullmatch(r"Halted already, since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\n", done.output)


def test_a_halt_that_cannot_be_recorded_stands_all_the_same(desk: Desk) -> None:
    (desk.state / "audit").write_bytes(b"")
    done = desk.call("halt", "--lang", "ja")
    assert done.exit_code == 0
    assert "全面停止しました" in done.stdout
    assert "is not a directory" in done.stderr
    assert HaltFlag(desk.state).is_set


def test_a_halt_that_cannot_be_set_says_so_loudly(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_flag: HaltFlag) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(HaltFlag, "set", full)
    done = desk.call("halt")
    assert done.exit_code == 1
    assert done.stderr.startswith("sekisho: NOT halted: ")


@pytest.mark.allow_hosts(["127.0.0.1", "::1"])
def test_a_doctor_notices_a_halt(desk: Desk) -> None:
    desk.call("halt")
    done = desk.call("doctor", "--json")
    checks = {one["id"]: one for one in json.loads(done.stdout)["checks"]}
    assert checks["halt"]["health"] == "look"
    assert checks["halt"]["next"] == "Go on with: sekisho resume"
