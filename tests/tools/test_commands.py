from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check = Callable[[str, Mapping[str, str]], list[str]]

MAKEFILE = "demo: x ## Shows.\n\nbench-latency:\n\techo\n"


def test_commands_that_exist_pass(check: Check) -> None:
    page = """\
    make demo PYTHON=python3.11    # a comment
    $ sekisho run --env A=1 -- server --any option
    sekisho audit tail --json | head
    sekisho serve --host 127.0.0.1 --port=3010 --url http://127.0.0.1:1/mcp
    make a wish; cargo make

Run `make bench-latency`, `sekisho --version` or `sekisho why TICKET`.
"""
    assert check("commands", {"Makefile": MAKEFILE, "a.md": page.replace("    make a wish; cargo make\n", "")}) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("make dream", "the Makefile has no target dream"),
        ("sekisho sing", "sekisho has no command sing"),
        ("sekisho audit sing", "sekisho audit has no command sing"),
        ("sekisho run --loud -- x", "sekisho run has no option --loud"),
    ],
)
def test_commands_that_do_not_exist_are_found(check: Check, text: str, problem: str) -> None:
    tree = {"Makefile": MAKEFILE, "code.md": f"    {text}\n", "span.md": f"Run `{text}`.\n"}
    assert check("commands", tree) == [f"code.md:1: {problem}", f"span.md:1: {problem}"]
