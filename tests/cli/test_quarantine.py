"""Taking a server out of use: anybody may; letting it back in takes a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from shelves import SERVER, at_terminal, kept, used
from surfacekit import ADD

if TYPE_CHECKING:
    from clikit import Desk


def test_a_server_is_taken_out_once_with_its_reason(desk: Desk) -> None:
    used(desk, ADD)
    assert "Out of use: python weather.py" in desk.call("quarantine", "weather.py", "--reason", "sent mail").output
    assert "Because: sent mail" in desk.call("quarantine", SERVER, "--reason", "other").output
    assert kept(desk).quarantine == "sent mail"
    recorded = [json.loads(line)["fields"] for line in desk.call("audit", "tail", "--json").output.splitlines()]
    assert recorded == [{"event": "quarantine", "about": SERVER}]


def test_a_person_lets_it_back_in(desk: Desk) -> None:
    used(desk, ADD)
    desk.call("quarantine", SERVER, "--reason", "sent mail")
    assert desk.call("quarantine", SERVER, "--lift", said="lift\n").exit_code == 1
    with at_terminal(desk, "quarantine weather.py --lift") as screen:
        assert "is out of use: sent mail" in screen.until("type: lift\n")
        screen.type("no")
        assert screen.code() == 1
    assert kept(desk).quarantine == "sent mail"
    with at_terminal(desk, "quarantine weather.py --lift") as screen:
        screen.until("type: lift\n")
        screen.type("lift")
        assert "In use again" in screen.until("code=")
    assert kept(desk).quarantine is None
    assert "It is in use" in desk.call("quarantine", SERVER, "--lift").output


def test_it_is_either_put_or_lifted(desk: Desk) -> None:
    for words in ((), ("--reason", "x", "--lift")):
        assert desk.call("quarantine", "x", *words).exit_code == 2
