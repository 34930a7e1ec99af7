from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check = Callable[[str, Mapping[str, str]], list[str]]

SOURCE = 'Record("request", who, server, {"event": "left", "rule": rule}, {})\n'
PAGE = "| kind | when |\n|---|---|\n| `request` | it was passed on |\n"


def test_a_word_without_a_row_is_found(check: Check) -> None:
    found = check("records", {"src/sekisho/a.py": SOURCE, "docs/reference/audit.md": PAGE})
    assert found == ["src/sekisho/a.py: the record word 'left' has no row in docs/reference/audit.md"]


def test_words_with_rows_pass(check: Check) -> None:
    page = f"{PAGE}| `left` | it went |\n"
    assert check("records", {"src/sekisho/a.py": SOURCE, "docs/reference/audit.md": page}) == []
