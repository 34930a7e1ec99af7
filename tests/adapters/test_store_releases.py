"""Releases: one use, before they expire, for exactly what was allowed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.store import Store
from sekisho.ports import Release

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RELEASE = Release(ticket="ABCDEF", binding="b1", principal="me", granted=100, expires=200)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        yield store


def test_a_release_is_used_once(store: Store) -> None:
    assert store.releases.grant(_RELEASE)
    assert store.releases.consume("b1", now=150)
    assert not store.releases.consume("b1", now=151)


def test_of_several_processes_one_uses_it(store: Store, tmp_path: Path) -> None:
    store.releases.grant(_RELEASE)
    with Store(tmp_path) as other:
        assert [each.releases.consume("b1", now=150) for each in (other, store)] == ["ABCDEF", ""]


def test_a_used_ticket_cannot_be_released_again(store: Store) -> None:
    store.releases.grant(_RELEASE)
    store.releases.consume("b1", now=150)
    assert not store.releases.grant(replace(_RELEASE, expires=900))
    assert not store.releases.consume("b1", now=300)


def test_a_release_is_for_its_binding_and_its_time(store: Store) -> None:
    store.releases.grant(_RELEASE)
    assert not store.releases.consume("b2", now=150)
    assert not store.releases.consume("b1", now=200)
    assert store.releases.consume("b1", now=199) == "ABCDEF"


def test_what_has_expired_is_forgotten(store: Store) -> None:
    store.releases.grant(_RELEASE)
    assert store.releases.expire(before=199) == 0
    assert store.releases.expire(before=200) == 1
