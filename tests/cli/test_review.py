"""Reviewing: everybody may look, a person decides, about exactly what was shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clikit import narrow
from pinkit import CODE, code_with
from sekisho.adapters.store import Store
from sekisho.model.place import Kind
from sekisho.pin.code import KEY as CODE_KEY
from sekisho.pin.code import is_held
from sekisho.pin.records import Key, Origin, State
from sekisho.pin.review import quarantine
from shelves import SERVER, at_terminal, changed, kept, ran, used
from surfacekit import ADD, EVIL, SUB, tool

if TYPE_CHECKING:
    import pytest

    from clikit import Desk

KEY = Key(Kind.TOOL, "add")


def test_without_a_server_it_says_how_every_one_stands(desk: Desk) -> None:
    assert "No server was used yet." in desk.call("review").output
    changed(desk)
    used(desk, SUB, server="other @ /srv")
    shown = desk.call("review").output
    assert "1 held, 0 waiting; approved: 1 by first use, 0 by a person" in shown
    assert "0 held, 0 waiting; approved: 1 by first use, 0 by a person" in shown
    assert narrow(shown)
    first = json.loads(desk.call("review", "--json").output)[1]
    assert first == {"server": SERVER, "quarantine": None, "held": 1, "waits": 0, "first": 1, "seen": 0}


def test_with_a_server_it_shows_what_was_what_is_and_what_rules_say(desk: Desk) -> None:
    changed(desk)
    used(desk, EVIL, SUB, opening=False)
    done = desk.call("review", "weather.py")
    shown = " ".join(done.output.split())
    assert "HELD tool add: changed" in shown
    assert "- Adds two numbers." in shown
    assert "read ~/.ssh/id_rsa" in shown
    assert "! reads-secrets /description:" in shown
    assert "HELD tool sub: added Nobody has approved it." in shown
    assert "Decide with --approve or --refuse" in shown
    assert narrow(done.output)


def test_what_nobody_has_looked_at_is_shown_below_it(desk: Desk) -> None:
    used(desk, ADD)
    shown = desk.call("review", SERVER).output
    assert "Approved by first use, and nobody has looked at it (1):\n\n  tool add\n    Adds two numbers.\n" in shown


def test_all_of_it_can_be_had_as_json(desk: Desk) -> None:
    used(desk, ADD, SUB)
    used(desk, EVIL, SUB, opening=False)
    told = json.loads(desk.call("review", SERVER, "--json").output)
    assert [(it["name"], it["grade"]) for it in told["waiting"]] == [("add", "held")]
    assert told["unseen"] == [{"kind": "tool", "name": "sub"}]


def test_a_person_approves_what_was_shown(desk: Desk) -> None:
    changed(desk)
    with at_terminal(desk, "review weather.py --approve") as screen:
        screen.until("type: approve\n")
        screen.type("approve")
        assert "Approved: 1." in screen.until("code=")
        assert screen.code() == 0
    pin = kept(desk).pins[KEY]
    assert (pin.state, pin.approved is not None and pin.approved.by) == (State.APPROVED, Origin.HUMAN)
    recorded = [json.loads(line)["fields"] for line in desk.call("audit", "tail", "--json").output.splitlines()]
    assert recorded == [{"event": "definitions-approved", "about": SERVER, "names": "tool add"}]


def test_a_person_refuses_one_of_several(desk: Desk) -> None:
    used(desk, tool("other"))
    used(desk, EVIL, SUB, tool("other"), opening=False)
    with at_terminal(desk, "review weather.py --refuse --only add") as screen:
        screen.until("type: refuse\n")
        screen.type("refuse")
        assert screen.code() == 0
    waiting = {key.name: pin.waiting.refused for key, pin in kept(desk).pins.items() if pin.waiting is not None}
    assert waiting == {"add": True, "sub": False}


def test_a_person_approves_code_alone_and_sees_which_part_of_it_is_another_one(desk: Desk) -> None:
    used(desk, ADD)
    for body in (CODE, code_with("sources", {"/x/start.js": "t"})):
        ran(desk, body)
    shown = desk.call("review", SERVER).output
    assert "HELD  code: changed\n" in shown
    assert "/sources/~1x~1start.js" in shown
    assert "code" in desk.call("pin", "list", SERVER).output
    with at_terminal(desk, "review weather.py --approve --only code") as screen:
        screen.until("type: approve\n")
        screen.type("approve")
        assert "Approved: 1." in screen.until("code=")
    assert is_held(kept(desk)) is False
    approved = kept(desk).pins[CODE_KEY].approved
    assert approved is not None
    assert approved.by is Origin.HUMAN


def test_another_word_decides_nothing(desk: Desk) -> None:
    changed(desk)
    with at_terminal(desk, "review weather.py --approve") as screen:
        screen.until("type: approve\n")
        screen.type("yes")
        assert "Nothing was changed. The word is approve." in screen.until("code=")
    assert kept(desk).pins[KEY].state is State.HELD


def test_without_a_person_nothing_is_decided(desk: Desk) -> None:
    changed(desk)
    done = desk.call("review", SERVER, "--approve", said="approve\n")
    assert done.exit_code == 1
    assert "Only a person may allow this." in done.output
    assert kept(desk).pins[KEY].state is State.HELD


def test_where_nothing_waits_there_is_nothing_to_refuse(desk: Desk) -> None:
    used(desk, ADD)
    assert "Nothing of it waits." in desk.call("review", SERVER, "--refuse").output


def test_a_text_that_changed_while_somebody_looked_is_not_approved(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(*_: object) -> bool:
        used(desk, {**EVIL, "title": "More"}, opening=False)
        return True

    changed(desk)
    monkeypatch.setattr("sekisho.cli.review.insist", meanwhile)
    monkeypatch.setattr("sekisho.cli.review.typed", lambda _: True)  # pyright: ignore[reportUnknownArgumentType, reportUnknownLambdaType] - any word
    done = desk.call("review", SERVER, "--approve")
    assert (done.exit_code, "something else by now" in done.output) == (1, True)
    assert kept(desk).pins[KEY].state is State.HELD


def test_names_that_fit_nothing_or_several_are_told(desk: Desk) -> None:
    used(desk, ADD)
    used(desk, ADD, server="python weather.py @ /tmp")
    assert "No server called none" in desk.call("review", "none").output
    assert "Several servers are called weather.py" in desk.call("review", "weather.py").output
    assert "Nothing called x waits" in desk.call("review", SERVER, "--only", "x").output
    for words in ((SERVER, "--approve", "--refuse"), ("--approve",), ("--only", "x")):
        assert desk.call("review", *words).exit_code == 2


def test_a_server_that_is_out_of_use_says_why(desk: Desk) -> None:
    used(desk, ADD)
    with Store(desk.state) as store:
        found = store.ledgers.load(SERVER)
        store.ledgers.save(quarantine(found.ledger, "sent\x1b[2J mail"), before=found)
    shown = desk.call("review").output
    assert "Out of use: sent" in shown
    assert "\x1b" not in shown


def test_a_store_that_cannot_be_used_is_told(desk: Desk) -> None:
    (desk.state / "sekisho.db").write_bytes(b"x")
    (desk.state / "sekisho.db").chmod(0o644)
    done = desk.call("review")
    assert (done.exit_code, "chmod 600" in done.output) == (2, True)
