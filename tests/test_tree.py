"""The tree keeps its promises: sizes, names, docstrings, mirrored tests, no place of one machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHECKS = ("docstrings", "mirror", "names", "places", "sizes", "sleeps")


@pytest.fixture(scope="module")
def problems() -> list[str]:
    command = [sys.executable, ROOT / "tools/check_docs.py", *CHECKS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)
    assert done.stdout.startswith(f"{len(CHECKS)} checks, "), done.stderr
    return done.stderr.splitlines()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_of_the_tree_finds_nothing(problems: list[str], name: str) -> None:
    assert [line for line in problems if line.endswith(f"[{name}]")] == []


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
