"""Sample trees for the checks and generators in `tools/`, which run as a developer runs them: as scripts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 50


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="session")
def check(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Mapping[str, str]], list[str]]:
    """Run one check over a sample tree and return its problems."""

    def run(name: str, files: Mapping[str, str]) -> list[str]:
        folder = written(tmp_path_factory.mktemp("tree"), files)
        command = [sys.executable, ROOT / "tools/check_docs.py", name, "--root", folder]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        problems = [line.removesuffix(f" [{name}]") for line in done.stderr.splitlines()]
        assert done.returncode == bool(problems), done.stderr
        return problems

    return run


@pytest.fixture(scope="session")
def generate() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run one generator with its arguments."""

    def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, ROOT / "tools" / tool, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)

    return run
