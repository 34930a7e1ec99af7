from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check = Callable[[str, Mapping[str, str]], list[str]]


def test_a_module_without_a_test_and_a_test_without_a_module_are_found(check: Check) -> None:
    tree = {
        "src/sekisho/lake/__init__.py": "",
        "src/sekisho/lake/boat.py": "",
        "src/sekisho/lake/deep/fish.py": "",
        "src/sekisho/lake/deep/weed.py": "",
        "tests/lake/test_sail.py": "",
        "tests/lake/test_deep_fish.py": "",
        "tests/lake/deep/test_weed.py": "",
        "tests/lake/wind.py": "",
    }
    found = [line for line in check("mirror", tree) if "lake" in line]
    assert found == [
        "src/sekisho/lake/boat.py: it has no test file: write tests/lake/test_boat.py",
        "tests/lake/test_sail.py: it mirrors no module: rename it, or list it with a reason in tools/mirror.py",
    ]


def test_exceptions_that_are_not_needed_are_found(check: Check) -> None:
    assert any(line.endswith("take it off the list in tools/mirror.py") for line in check("mirror", {"README.md": ""}))
