from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sekisho.scan import lure as module
from sekisho.scan.lure import plant

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_every_lure_has_a_token_of_its_own_that_is_new_each_time(tmp_path: Path) -> None:
    one, two = plant(tmp_path / "one"), plant(tmp_path / "two")
    assert len({*one.tokens.values(), *two.tokens.values()}) == 2 * len(one.tokens)
    assert all(token in (one.home / name).read_text() for name, token in one.tokens.items())
    assert one.project.is_dir()
    assert not any(one.project.iterdir())


def test_what_is_read_or_taken_away_is_told(tmp_path: Path) -> None:
    lure = plant(tmp_path)
    assert lure.touched() == ()
    (tmp_path / ".aws/credentials").read_bytes()
    (tmp_path / ".ssh/id_ed25519").unlink()
    assert lure.touched() == ((".ssh/id_ed25519", ".aws/credentials") if lure.observable else ())


def test_looking_at_names_and_sizes_is_no_touch(tmp_path: Path) -> None:
    lure = plant(tmp_path)
    assert [file.stat().st_size for file in sorted(tmp_path.rglob("*")) if file.is_file()]
    assert lure.touched() == ()


def test_a_token_in_a_text_is_found(tmp_path: Path) -> None:
    lure = plant(tmp_path)
    assert lure.told("nothing") == ()
    assert lure.told(f"the key is {lure.tokens['.aws/credentials']}!") == (".aws/credentials",)


def test_where_the_system_does_not_tell_nothing_is_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: Path) -> bool:
        return False

    monkeypatch.setattr(module, "_was_read", never)
    lure = plant(tmp_path)
    (tmp_path / ".aws/credentials").read_bytes()
    assert not lure.observable
    assert lure.touched() == ()


def test_nobody_else_can_read_a_lure(tmp_path: Path) -> None:
    lure = plant(tmp_path)
    assert {os.stat(lure.home / name).st_mode & 0o777 for name in lure.tokens} == {0o600}  # noqa: PTH116 - mode only
