from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check = Callable[[str, Mapping[str, str]], list[str]]

ENGLISH = """\
# Title

```sh
make demo    # shows it
sekisho why
```

| what | figure |
|---|---|
| time of `run` in 2026, all of it | 12.5 ms |

[More](docs/more.md)
"""
JAPANESE = """\
# 題名

```sh
make demo    # 実演
sekisho why
```

| 内容 | 値 |
|---|---|
| `run` の時間、2026年、全体 | 12.5 ms |

[詳細](docs/more.md)
"""


def test_readmes_with_the_same_parts_pass(check: Check) -> None:
    assert check("readmes", {"README.md": ENGLISH, "README.ja.md": JAPANESE}) == []


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        ("sekisho why", "sekisho audit", "commands"),
        ("12.5", "12.6", "tables"),
        ("`run`", "`serve`", "tables"),
        ("docs/more.md", "docs/less.md", "links"),
        ("# 題名", "# 題名\n\n## 節", "sections"),
    ],
)
def test_each_difference_is_found(check: Check, before: str, after: str, part: str) -> None:
    found = check("readmes", {"README.md": ENGLISH, "README.ja.md": JAPANESE.replace(before, after)})
    assert any(line.startswith(f"README.ja.md: its {part} are not those of README.md") for line in found)


def test_a_missing_and_a_long_readme_are_found(check: Check) -> None:
    found = check("readmes", {"README.md": "# A\n" * 151})
    assert "README.md: it has 151 lines; the most is 150" in found
    assert "README.ja.md: it is missing or empty" in found
