from __future__ import annotations

import pytest

from sekisho.guards.meter import Meter, Steps, Unread
from sekisho.guards.objection import Wanted
from sekisho.guards.shell import CommandFacts, judge_command
from tablekit import rows

HERE = CommandFacts(long=False)
TANGLED = "f() { (cd x; ls); }; "


def test_what_is_short_or_regular_is_read_here() -> None:
    Meter().take("(ls")
    Meter().take("ls -la x y; " * 80)
    Meter().take("x=$(ls é); " * 10)
    Meter().take("x=$(ls); " * 50)


@rows("text", [TANGLED * 20, "ls; " * 2_000, "é" * 1_000, ") " * 200])
def test_what_may_take_long_is_not(text: str) -> None:
    with pytest.raises(Unread):
        Meter().take(text)


def test_commands_of_one_call_share_the_time() -> None:
    Meter().take(TANGLED * 4)
    with pytest.raises(Unread):
        Meter(4).take(TANGLED * 4)
    meter = Meter()
    with pytest.raises(Unread):
        meter.take_words(10_000)


def test_programs_inside_of_others_are_counted() -> None:
    steps = Steps()
    assert all(steps.take() for _ in range(256))
    assert not steps.take()


@rows("text", [TANGLED * 20, f"bash -c '{TANGLED * 20}'", "evil x; " * 400, "env -Z " * 100 + "ls"])
def test_a_worker_gives_the_answer_that_this_process_would_have_given(text: str) -> None:
    (need,) = judge_command(text, HERE).needs
    assert need.wanted is Wanted.WORKER
    assert judge_command(text, CommandFacts()).needs == ()


def test_a_quiet_command_needs_nobody() -> None:
    assert judge_command("git status; " * 600, HERE) == judge_command("ls")


def test_wrappers_inside_of_wrappers_end() -> None:
    assert {each.rule for each in judge_command("env -Z " * 2_000).objections} >= {"shell-unclear"}
