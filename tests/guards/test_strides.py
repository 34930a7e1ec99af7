from __future__ import annotations

from sekisho.guards.strides import MOST, Strides

APP = frozenset[str | None]({"/app"})
SUB = frozenset[str | None]({"/app/src"})


def stands(text: str, *, first: str = "cd src") -> set[str | None]:
    """Return where a shell may stand at the end of a command whose first step leads to a folder."""
    strides = Strides(text, APP)
    strides.go(text.index(first) + len(first), SUB)
    return set(strides.at(len(text)))


def test_a_shell_stands_where_it_went_last() -> None:
    assert stands("cd src && x") == {"/app/src"}


def test_where_a_step_may_have_failed_it_may_stand_at_both_places() -> None:
    assert stands("cd src; x") == {"/app", "/app/src"}
    assert stands("cd src || x") == {"/app", "/app/src"}
    assert stands("set -e\ncd src\nx") == {"/app/src"}


def test_a_step_in_brackets_or_quotes_ends_with_them() -> None:
    assert stands("(cd src && x) && y") == {"/app"}
    assert stands("cd src && (x) && y") == {"/app/src"}
    assert stands('echo "$(cd src && pwd)" && x') == {"/app"}
    assert stands("cd src && echo ')' && x") == {"/app/src"}


def test_a_step_counts_from_where_it_is_taken() -> None:
    strides = Strides("x && cd src", APP)
    strides.go(11, SUB)
    assert strides.at(0) == APP


def test_output_goes_to_where_the_shell_stands_then() -> None:
    text = "cd src && x > out"
    strides = Strides(text, APP)
    assert strides.where("out") == {APP}
    strides.go(6, SUB)
    assert strides.where("out") == {SUB}
    assert strides.where("elsewhere") == {APP | SUB}


def test_too_many_steps_lose_the_way() -> None:
    strides = Strides("cd src", APP)
    for _ in range(MOST):
        strides.go(6, SUB)
    assert not strides.lost
    strides.go(6, SUB)
    assert strides.lost
