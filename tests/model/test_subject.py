from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from sekisho.model.subject import Carrier, Subject, Who


def test_there_is_a_carrier_for_each_kind_and_direction() -> None:
    assert {str(carrier) for carrier in Carrier} == {
        f"{side}-{kind}" for side in ("host", "server") for kind in ("request", "notification", "answer")
    }


def test_people_are_told_apart_by_value() -> None:
    assert Who(principal="a", conversation="c") == Who(principal="a", conversation="c")
    assert Who(principal="a", conversation="c") != Who(principal="a", conversation="d")


def test_a_subject_cannot_be_changed_by_the_rule_that_looks_at_it() -> None:
    who = Who(principal="a", conversation="c")
    subject = Subject(carrier=Carrier.HOST_REQUEST, who=who, server="s", method="m", revision=None, body={})
    with pytest.raises(FrozenInstanceError):
        subject.method = "other"  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue] - the point of the test
