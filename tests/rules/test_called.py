"""Rules about calls report what guards objected to, and nothing else."""

from __future__ import annotations

from sekisho.guards.objection import Objection
from sekisho.meaning.argument import Argument, Effects
from sekisho.rules.called import CallSubject, Objected, objecting


def subject(*found: tuple[str, str, int]) -> CallSubject:
    """Return a call with objections: rule, value, and where in the value."""
    return CallSubject(
        server="s",
        name="t",
        effects=Effects(),
        found=tuple(
            Objected(
                Argument(pointer=f"/{at}", value=value, meanings=frozenset()),
                Objection(rule=rule, start=start, end=len(value)),
            )
            for at, (rule, value, start) in enumerate(found)
        ),
    )


def test_a_rule_reports_its_own_objections_with_their_place() -> None:
    seen = list(objecting("a-rule")(subject(("a-rule", "x", 0), ("another", "y", 0), ("a-rule", "z", 0))))
    assert [(each.pointer, each.excerpt) for each in seen] == [("/0", "x"), ("/2", "z")]


def test_what_a_person_is_shown_lies_around_the_place_and_is_bounded() -> None:
    value = "a" * 1000 + "HERE" + "b" * 1000
    (seen,) = objecting("a-rule")(subject(("a-rule", value, 1000)))
    assert "HERE" in seen.excerpt
    assert len(seen.excerpt) == 160
