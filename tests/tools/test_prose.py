from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check = Callable[[str, Mapping[str, str]], list[str]]

GOOD = """\
# A page

One sentence, with `code. And more` in it, e.g. this one.
Another one; it links to [a heading](other.md#the-second) and [outside](https://example.com/nowhere).

- An item.
- An item that goes on:
  in a sentence of its own.

```text
Two sentences. On one line of code
that goes on.
```

| a table. Has two | cells
"""


def test_good_pages_pass(check: Check) -> None:
    tree = {"page.md": GOOD, "other.md": "# Other\n\n## The `second`!\n", "日本.md": "一つの文です。\n次の文です。\n"}
    assert check("sentences", tree) == []
    assert check("links", tree) == []


def test_two_sentences_on_a_line_are_found(check: Check) -> None:
    found = check("sentences", {"a.md": "First.\nSecond one. Third one.\n", "b.md": "最初の文です。次の文です。\n"})
    assert found == [
        "a.md:2: two sentences on one line: put each on its own",
        "b.md:1: two sentences on one line: put each on its own",
    ]


def test_a_sentence_over_two_lines_is_found(check: Check) -> None:
    found = check("sentences", {"a.md": "- This goes\n  on here.\n"})
    assert found == ["a.md:1: a sentence goes on in the next line: put it on one"]


def test_links_that_lead_nowhere_are_found(check: Check) -> None:
    tree = {"docs/a.md": "# Top\n\n[x](b.md), [y](../c.md) and [z](#bottom).\n[w](d.md#gone)\n", "docs/d.md": "# D\n"}
    assert check("links", tree) == [
        "docs/a.md:3: the link b.md leads nowhere",
        "docs/a.md:3: the link ../c.md leads nowhere",
        "docs/a.md:3: this page has no heading for #bottom",
        "docs/a.md:4: d.md has no heading for #gone",
    ]


def test_places_of_one_machine_and_registries_are_found(check: Check) -> None:
    # In two pieces, so that this file is no hit itself.
    root, registry = "/work", "pypi"
    tree = {
        "a.py": f"PATH = '{root}/main/x'\n",
        "b.md": f"See {registry}.org.\n",
        "c.md": f"See {root}/notes and my-pypi.\n",
    }
    assert check("places", tree) == [
        "a.py:1: a path of one machine: leave it out",
        "b.md:1: the host name of a registry: leave it out",
    ]


def test_folders_of_tools_are_not_looked_at(check: Check) -> None:
    assert check("sentences", {".venv/a.md": "One. Two.\n", "node_modules/b.md": "One. Two.\n"}) == []
