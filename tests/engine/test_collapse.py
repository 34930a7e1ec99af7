"""A fault of our own refuses: nobody is left waiting, and nothing passes any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.play import LEGACY, Play, refused, request, result, stops
from sekisho.engine import answering, from_host
from sekisho.engine.events import Trouble

if TYPE_CHECKING:
    import pytest


def _open() -> Play:
    return Play().opened(LEGACY).host(request("a", "tools/call", {"name": "t"}))


def _broken(*_: object) -> None:
    raise LookupError("a bug")


def test_a_fault_refuses_the_request_that_met_it_and_everything_open(monkeypatch: pytest.MonkeyPatch) -> None:
    play = _open()
    monkeypatch.setattr(from_host, "receive", _broken)
    play.host(request("b", "tools/call", {"name": "t"}))
    assert refused("a", "internal-error") in play.seen
    assert refused("b", "internal-error") in play.seen
    assert stops(Trouble.INTERNAL) in play.seen


def test_a_fault_in_an_answer_refuses_its_call(monkeypatch: pytest.MonkeyPatch) -> None:
    play = _open()
    monkeypatch.setattr(answering, "objection", _broken)
    play.server(result(2))
    assert play.seen.count(refused("a", "internal-error")) == 1


def test_behind_a_fault_every_request_is_refused_and_a_second_fault_too(monkeypatch: pytest.MonkeyPatch) -> None:
    play = Play().opened(LEGACY)
    with monkeypatch.context() as broken:
        broken.setattr(from_host, "receive", _broken)
        play.host(request("a", "ping"))
        play.host(request("b", "ping")).expects(refused("b", "internal-error"))
    play.host(request("c", "ping")).expects(refused("c", "internal-error"))


def test_a_fault_without_a_request_leaves_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    play = _open()
    monkeypatch.setattr(from_host, "left", _broken)
    play.host_left()
    assert refused("a", "internal-error") in play.seen


def test_a_fault_at_a_repeated_id_answers_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    play = _open()
    monkeypatch.setattr(from_host, "receive", _broken)
    play.host(request("a", "ping"))
    assert play.seen.count(refused("a", "internal-error")) == 1
