from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Check = Callable[[str, Mapping[str, str]], list[str]]
    Generate = Callable[..., subprocess.CompletedProcess[str]]


def test_every_command_option_and_variable_has_its_heading(generate: Generate, tmp_path: Path) -> None:
    assert generate("cli_pages.py", "--root", tmp_path).returncode == 0
    page = (tmp_path / "docs/reference/cli.md").read_text("utf-8")
    headings = set(re.findall(r"^##+ (.*)$", page, re.MULTILINE))
    assert {"sekisho run", "sekisho audit verify", "sekisho serve --port P", "SEKISHO_STATE"} <= headings


def test_a_page_that_was_edited_is_found(generate: Generate, tmp_path: Path) -> None:
    generate("cli_pages.py", "--root", tmp_path)
    page = tmp_path / "docs/reference/cli.md"
    page.write_text(page.read_text("utf-8") + "One more word.\n", "utf-8")
    done = generate("cli_pages.py", "--check", "--root", tmp_path)
    assert done.returncode == 1
    assert "docs/reference/cli.md is not current: run make generated" in done.stderr
    assert "-One more word." in done.stderr


def test_a_variable_that_is_not_described_is_found(check: Check) -> None:
    found = check("settings", {"src/sekisho/a.py": 'X = "SEKISHO_MOOD"\n'})
    assert "tools/cli_pages.py: SEKISHO_MOOD is read but not described, or described but not read" in found
