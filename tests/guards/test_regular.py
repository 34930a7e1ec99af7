from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.guards import regular
from sekisho.guards.regular import is_regular
from sekisho.text.signatures import SignatureError
from tablekit import rows

if TYPE_CHECKING:
    import pytest


@rows(
    "text",
    [
        "ls",
        "x=$(git rev-parse HEAD) && echo \"$x\" | sed -n '1,5p' > out 2>&1",
        'for f in *.py; do if [ -f "$f" ]; then evil "$f"; fi; done # all',
        "find . -name '*.py' -exec grep -l x {} \\;",
        "A=1 B=$C make \\\n  -j4 &",
        "! grep -q x y\n# nothing\nls",
        "echo $? $# a#b",
    ],
)
def test_lists_of_simple_commands_are_regular(text: str) -> None:
    assert is_regular(text)


@rows(
    "text",
    [
        "(ls)",
        "f() { ls; }",
        "case x in a) ls;; esac",
        "[[ -f x ]]",
        "ls | | ls",
        "ls ; ; ls",
        ";; ls",
        "fi",
        "ls 'x",
        "`ls`",
        "ls <<E\nx\nE",
        "a[1] b",
        "echo $((1))",
        "ls\0",
        "ls ) ls",
        "time ls",
        "a*#- { |",
    ],
)
def test_whatever_else_may_take_the_grammar_long(text: str) -> None:
    assert not is_regular(text)


def test_a_set_that_could_not_look_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Blind:
        def match(self, _: str) -> list[int]:
            raise SignatureError

    monkeypatch.setattr(regular, "_pattern", Blind)
    assert not is_regular("ls")
