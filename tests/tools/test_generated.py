from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Generate = Callable[..., subprocess.CompletedProcess[str]]

PAGES = (
    "docs/reference/cli.md",
    "docs/reference/environment.md",
    "docs/reference/errors.md",
    "docs/reference/hosts.md",
    "docs/reference/rules.md",
    "docs/reference/configuration.md",
    "docs/reference/sekisho.schema.json",
)


def test_every_page_is_written_once_and_then_current(generate: Generate, tmp_path: Path) -> None:
    missing = generate("generated.py", "--check", "--root", tmp_path)
    assert missing.returncode == 1
    assert not list(tmp_path.iterdir())
    written = generate("generated.py", "--root", tmp_path)
    assert [line.removeprefix("wrote ") for line in written.stdout.splitlines()] == list(PAGES)
    assert generate("generated.py", "--check", "--root", tmp_path).returncode == 0


def test_the_environment_page_names_what_is_withheld_and_why(generate: Generate, tmp_path: Path) -> None:
    generate("environment_pages.py", "--root", tmp_path)
    page = (tmp_path / "docs/reference/environment.md").read_text("utf-8")
    assert "| `SSH_AUTH_SOCK` | signs with your SSH keys |" in page
