from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.events import Trouble
from sekisho.wire.versions import SekishoCode

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Generate = Callable[..., subprocess.CompletedProcess[str]]


def test_every_code_trouble_and_reason_has_its_heading(generate: Generate, tmp_path: Path) -> None:
    assert generate("error_pages.py", "--root", tmp_path).returncode == 0
    page = (tmp_path / "docs/reference/errors.md").read_text("utf-8")
    for code in SekishoCode:
        assert f"### {code.value} " in page
    for trouble in Trouble:
        assert f"### {trouble}\n" in page
    for reason in ("malformed-json", "too-large", "batch"):
        assert f"### {reason}\n" in page


def test_an_entry_says_what_it_means_what_to_do_and_its_code(generate: Generate, tmp_path: Path) -> None:
    generate("error_pages.py", "--root", tmp_path)
    page = (tmp_path / "docs/reference/errors.md").read_text("utf-8")
    assert (
        "### too-large\n\nA message was larger than the limit.\n\nWhat to do: Ask for less at once.\n\nCode: -31007.\n"
        in page
    )
