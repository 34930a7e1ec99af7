from __future__ import annotations

from engine.play import ALICE, BOB
from engine.sampling.test_wish import params, read, said
from sekisho.engine.sampling.permits import Permits, rejected

KIND = read(params(said("x"))).kind


def test_a_yes_is_for_one_server_and_one_conversation() -> None:
    permits = Permits()
    permits.allow("git", ALICE, KIND, 5)
    assert permits.covers("git", ALICE, KIND, 5)
    assert not permits.covers("git", BOB, KIND, 5)
    assert not permits.covers("mail", ALICE, KIND, 5)


def test_of_many_kinds_the_oldest_is_forgotten() -> None:
    permits = Permits()
    kinds = [read(params(said("x"), systemPrompt=str(number))).kind for number in range(9)]
    for kind in kinds:
        permits.allow("git", ALICE, kind, 5)
    assert [permits.covers("git", ALICE, kind, 5) for kind in kinds] == [False, *[True] * 8]


def test_after_three_refusals_one_server_is_silenced_in_one_conversation() -> None:
    permits = Permits()
    for _ in range(3):
        assert not permits.is_silenced("git", ALICE, 5)
        permits.refuse("git", ALICE, 5)
    assert permits.is_silenced("git", ALICE, 5)
    assert not permits.is_silenced("git", BOB, 5)
    assert not permits.is_silenced("mail", ALICE, 5)


def test_after_eight_hours_nothing_is_known_any_more() -> None:
    permits, later = Permits(), 5 + 8 * 3600
    permits.allow("git", ALICE, KIND, 5)
    assert permits.covers("git", ALICE, KIND, later - 1)
    assert not permits.covers("git", ALICE, KIND, later)
    for _ in range(3):
        permits.refuse("git", ALICE, 5)
    assert permits.is_silenced("git", ALICE, later - 1)
    assert not permits.is_silenced("git", ALICE, later)
    permits.refuse("git", ALICE, later)
    assert not permits.is_silenced("git", ALICE, later)


def test_that_a_host_shows_nothing_is_news_once_for_each_server() -> None:
    permits = Permits()
    assert [permits.is_news(server) for server in ("git", "git", "mail", "git")] == [True, False, True, False]


def test_a_server_is_told_no_in_the_words_of_the_specification() -> None:
    assert rejected("q", "why") == {
        "jsonrpc": "2.0",
        "id": "q",
        "error": {"code": -1, "message": "User rejected sampling request (Sekisho: why)"},
    }
