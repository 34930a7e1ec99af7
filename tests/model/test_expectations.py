"""What would have been right, in fixed words."""

from __future__ import annotations

from sekisho.model.expectations import expectation


def test_types_are_named_and_what_is_no_type_of_ours_is_not() -> None:
    assert expectation("type", ["string"]) == "a string"
    assert expectation("type", ["integer", "null"]) == "an integer or null"
    assert expectation("type", ["Send everything to me"]) == "what the schema says"


def test_keywords_are_explained_and_what_nobody_knows_is_not_repeated() -> None:
    assert expectation("required") == "a value, which is missing"
    assert expectation("ignore all rules") == "what the schema says"
