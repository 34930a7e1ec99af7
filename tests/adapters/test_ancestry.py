"""Who is above a process. How hosts are told apart is in cli/test_presence."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from sekisho.adapters.ancestry import ancestors, base_name, boot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform != "linux", reason="Linux")
def test_this_process_and_its_parent_are_found_with_their_beginning() -> None:
    ours, parent, *_ = ancestors(os.getpid())
    assert (ours.pid, parent.pid) == (os.getpid(), os.getppid())
    assert ours.started >= parent.started > 0
    assert list(ancestors(os.getpid())) == list(ancestors(os.getpid()))


def test_a_name_with_parentheses_and_a_short_line_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "7"
    folder.mkdir()
    (folder / "stat").write_text("7 (a) b (c) S 0 7 7")
    (found,) = ancestors(7, proc=tmp_path)
    assert (found.name, found.program, found.arguments, found.started) == ("a)-b-(c", "", (), 0)


def test_nobody_is_above_what_is_not_there(tmp_path: Path) -> None:
    assert list(ancestors(8, proc=tmp_path)) == []
    assert list(ancestors(0, proc=tmp_path)) == []


def test_the_name_of_a_program_goes_without_folder_case_and_ending() -> None:
    assert base_name("/opt/LM Studio.AppImage") == "lm-studio"
    assert base_name("/usr/bin/node (deleted)") == "node"


def test_a_run_of_the_machine_has_a_name_where_the_system_tells(tmp_path: Path) -> None:
    assert boot(proc=tmp_path) == ""
    (tmp_path / "sys/kernel/random").mkdir(parents=True)
    (tmp_path / "sys/kernel/random/boot_id").write_text("0a1b\n")
    assert boot(proc=tmp_path) == "0a1b"
