"""Releasing: one ticket, one text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from clikit import entry
from sekisho.cli import ledgers
from sekisho.model.place import Kind
from sekisho.pin.fingerprint import fingerprint
from sekisho.pin.records import Key, State
from shelves import SERVER, at_terminal, changed, kept, used
from surfacekit import ADD, EVIL

if TYPE_CHECKING:
    from clikit import Desk

KEY: Final = Key(Kind.TOOL, "add")


def _refused(desk: Desk, ticket: str = "K7QX2A", **fields: str) -> None:
    about = {"fingerprint": fingerprint(Kind.TOOL, EVIL), **fields}
    desk.record(entry("refusal", SERVER, verdict="deny", rule="definition-changed", ticket=ticket, **about))


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day after the records."""
    from clikit import NOON  # noqa: PLC0415 - the time of the records

    monkeypatch.setattr(ledgers, "today", lambda: NOON + 86_400_000)


def test_a_person_releases_what_a_ticket_is_about(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(desk)
    _refused(desk)
    monkeypatch.setattr("sekisho.cli.release.insist", _nothing)
    monkeypatch.setattr("sekisho.cli.release.typed", _yes)
    done = desk.call("release", "k7qx2a")
    assert (done.exit_code, "HELD  tool add: changed" in done.output) == (0, True)
    assert kept(desk).pins[KEY].state is State.APPROVED
    again = desk.call("release", "K7QX2A")
    assert (again.exit_code, "does not wait any more" in again.output) == (1, True)


def test_another_word_releases_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(desk)
    _refused(desk)
    monkeypatch.setattr("sekisho.cli.release.insist", _nothing)
    assert desk.call("release", "K7QX2A", said="no\n").exit_code == 1
    assert kept(desk).pins[KEY].state is State.HELD


def test_without_a_person_nothing_is_released(desk: Desk) -> None:
    changed(desk)
    _refused(desk)
    done = desk.call("release", "K7QX2A", said="release\n")
    assert (done.exit_code, "Only a person may allow this." in done.output) == (1, True)


def test_a_ticket_is_for_the_text_that_was_refused(desk: Desk) -> None:
    changed(desk)
    _refused(desk)
    used(desk, {**EVIL, "title": "More"}, opening=False)
    assert "does not wait any more" in desk.call("release", "K7QX2A").output


def test_a_ticket_about_something_else_releases_nothing(desk: Desk) -> None:
    desk.record(entry("refusal", SERVER, verdict="deny", rule="halted", ticket="HALTED"))
    for ticket in ("HALTED", "NOSUCH"):
        assert "is not about a definition that waits" in desk.call("release", ticket).output


def test_an_old_ticket_releases_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from clikit import NOON  # noqa: PLC0415 - the time of the records

    changed(desk)
    _refused(desk)
    monkeypatch.setattr(ledgers, "today", lambda: NOON + 31 * 86_400_000)
    assert "older than 30 days" in desk.call("release", "K7QX2A").output


def test_at_a_real_terminal_it_takes_the_word(desk: Desk) -> None:
    used(desk, ADD)
    with at_terminal(desk, "release NOSUCH") as screen:
        assert screen.code() == 1


def _nothing(*_: object) -> None:
    """Find nothing to object to."""


def _yes(_: str) -> bool:
    return True
