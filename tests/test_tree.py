"""What stands in the tree beside code; its sizes, names, mirrored tests and documents are a matter of `make check`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_changelog_fragments_have_names_that_towncrier_knows() -> None:
    kinds = ("feature", "bugfix", "doc", "removal", "misc")
    for path in (ROOT / "changelog.d").iterdir():
        assert path.name == "README.md" or path.name.split(".")[1:] in [[kind, "md"] for kind in kinds]
