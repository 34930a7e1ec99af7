from __future__ import annotations

from sekisho.model.message_ids import MessageId
from sekisho.policy.problem import ConfigurationError, Place, Problem, dotted


def test_a_path_is_written_as_a_person_counts() -> None:
    assert dotted(()) == ""
    assert dotted(("servers", "git", "command", 0)) == "servers.git.command[1]"


def test_places_are_in_the_order_of_the_text() -> None:
    assert sorted([Place(2, 1), Place(1, 9), Place(1, 2)]) == [Place(1, 2), Place(1, 9), Place(2, 1)]


def test_an_error_carries_every_problem() -> None:
    problem = Problem(message=MessageId.CONFIG_NOT_YET)
    assert ConfigurationError([problem, problem]).problems == (problem, problem)
