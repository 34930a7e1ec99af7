from __future__ import annotations

from sekisho.guards.commands import commands
from sekisho.guards.manners import manner


def test_what_is_asked_about_a_program_is_told_by_its_name() -> None:
    assert manner("ls")[:4] == (True, False, True, True)
    assert not any(manner("ls")[4:])
    assert manner("sed").overwrites == ("-i", "--in-place")
    assert manner("git").optional
    assert manner("git").evaluates
    assert manner("sudo").system
    assert manner("bash").interprets
    assert manner("find").starts


def test_a_program_that_is_not_in_the_table_is_asked_about_all_the_same() -> None:
    assert manner("mkfs.what").destroys
    assert not manner("blockedcmd").known
    assert "blockedcmd" not in commands().known
