"""The documents are true: checked over this very tree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHECKS = ("commands", "links", "readmes", "records", "rules", "sentences", "settings")


@pytest.fixture(scope="module")
def problems() -> list[str]:
    command = [sys.executable, ROOT / "tools/check_docs.py", *CHECKS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)
    assert done.stdout.startswith(f"{len(CHECKS)} checks, "), done.stderr
    return done.stderr.splitlines()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_of_the_documents_finds_nothing(problems: list[str], name: str) -> None:
    assert [line for line in problems if line.endswith(f"[{name}]")] == []


def test_the_generated_pages_are_current() -> None:
    command = [sys.executable, ROOT / "tools/generated.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_changelog_fragments_have_names_that_towncrier_knows() -> None:
    kinds = ("feature", "bugfix", "doc", "removal", "misc")
    for path in (ROOT / "changelog.d").iterdir():
        assert path.name == "README.md" or path.name.split(".")[1:] in [[kind, "md"] for kind in kinds]
