"""What was approved: listed, carried away, taken over by a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pinkit import CODE
from sekisho.adapters.store import Store
from sekisho.model.place import Kind
from sekisho.pin.records import Key, State
from shelves import SERVER, changed, kept, ran, used
from surfacekit import ADD, SUB

if TYPE_CHECKING:
    from pathlib import Path

    from clikit import Desk


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a person be there."""
    monkeypatch.setattr("sekisho.cli.pinned.insist", _nothing)


def _nothing(*_: object) -> None:
    """Find nothing to object to."""


def test_every_definition_is_listed_with_how_it_stands(desk: Desk) -> None:
    assert "No server was used yet." in desk.call("pin", "list").output
    changed(desk)
    used(desk, SUB, server="other @ /srv")
    assert "  held      first-use  tool add\n" in desk.call("pin", "list").output
    told = json.loads(desk.call("pin", "list", SERVER, "--json").output)
    assert [(row["name"], row["state"]) for row in told[SERVER]] == [("add", "held")]


@pytest.mark.usefixtures("person")
def test_what_was_exported_is_what_a_person_takes_over_elsewhere(desk: Desk, tmp_path: Path) -> None:
    changed(desk)
    ran(desk, CODE)
    file = tmp_path / "pins.json"
    file.write_text(desk.call("pin", "export").output)
    before = kept(desk)
    (desk.state / "sekisho.db").unlink()
    for beside in ("sekisho.db-wal", "sekisho.db-shm"):
        (desk.state / beside).unlink(missing_ok=True)
    used(desk, SUB)
    assert desk.call("pin", "import", str(file), said="no\n").exit_code == 1
    done = desk.call("pin", "import", str(file), said="import\n")
    assert (done.exit_code, "Taken over for 1 server(s)." in done.output) == (0, True)
    after = kept(desk)
    assert after.pins[Key(Kind.TOOL, "add")] == before.pins[Key(Kind.TOOL, "add")]
    assert after.pins[Key(Kind.TOOL, "sub")].state is State.APPROVED
    assert (Key(Kind.CODE, "") in before.pins, Key(Kind.CODE, "") in after.pins) == (True, False)


@pytest.mark.usefixtures("person")
def test_one_server_alone_is_exported_and_one_ledger_alone_imported(desk: Desk, tmp_path: Path) -> None:
    used(desk, ADD)
    used(desk, SUB, server="other @ /srv")
    (told,) = json.loads(desk.call("pin", "export", SERVER).output)
    file = tmp_path / "one.json"
    file.write_text(json.dumps(told))
    assert desk.call("pin", "import", str(file), said="import\n").exit_code == 0


@pytest.mark.parametrize("text", ["no json", "{}", "[5]"])
def test_what_is_no_export_is_not_taken_over(desk: Desk, tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text)
    done = desk.call("pin", "import", str(file))
    assert (done.exit_code, "is no export of pins" in done.output) == (2, True)


def test_without_a_person_nothing_is_taken_over(desk: Desk, tmp_path: Path) -> None:
    changed(desk)
    file = tmp_path / "pins.json"
    file.write_text(desk.call("pin", "export").output)
    assert desk.call("pin", "import", str(file), said="import\n").exit_code == 1
    with Store(desk.state) as store:
        assert store.ledgers.edition(SERVER) == 2
