from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check = Callable[[str, Mapping[str, str]], list[str]]

LONG = "".join(f"    x = {number}\n" for number in range(40))
WORDS = "Words.\n" * 41
DOCUMENTED = f'def f() -> None:\n    """{WORDS}    """\n    return\n'


@pytest.mark.parametrize(
    ("name", "path", "text", "problem"),
    [
        ("docstrings", "src/a/__init__.py", "X = 1\n", "1: it has no docstring: name its few concepts"),
        ("names", "src/a/utils.py", '"""."""\n', " 'utils' says nothing"),
        ("names", "src/helpers/b.py", '"""."""\n', " 'helpers' says nothing"),
        ("sizes", "src/a/b.py", "x = 1\n" * 401, " it has 401 lines; the most is 400"),
        ("sizes", "tests/test_b.py", f"def f():\n{LONG}", "1: f has 41 lines; the most is 40"),
        ("sleeps", "tests/test_b.py", "import time\ntime.sleep(0.1)\n", "2: a test sleeps"),
        ("sleeps", "tests/test_b.py", "from asyncio import sleep\nawait sleep(delay)\n", "2: a test sleeps"),
    ],
)
def test_each_fault_is_found(check: Check, name: str, path: str, text: str, problem: str) -> None:
    (found,) = check(name, {path: text})
    assert found.startswith(f"{path}:{problem}")


def test_good_files_pass(check: Check) -> None:
    tree = {
        "src/a/__init__.py": '"""A package."""\n',
        "src/a/b.py": f'"""A module."""\n\n\n{DOCUMENTED}',
        "tests/test_b.py": "import asyncio\n\n\nasync def test_b():\n    await asyncio.sleep(0)\n",
    }
    for name in ("docstrings", "names", "sizes", "sleeps"):
        assert check(name, tree) == []
