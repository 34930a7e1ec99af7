from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Generate = Callable[..., subprocess.CompletedProcess[str]]


def test_an_unknown_check_is_a_usage_error(generate: Generate) -> None:
    done = generate("check_docs.py", "weather")
    assert done.returncode == 2
    assert "there is no check weather; there are: commands, " in done.stderr


def test_the_list_says_what_each_check_wants(generate: Generate) -> None:
    done = generate("check_docs.py", "--list", "links")
    assert done.stdout == "links       A relative link leads to a file, and its anchor to a heading there.\n"


def test_a_clean_tree_ends_with_0_and_a_count(generate: Generate, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nA sentence.\n", "utf-8")
    done = generate("check_docs.py", "links", "sentences", "--root", tmp_path)
    assert (done.returncode, done.stdout) == (0, "2 checks, 0 problems\n")
