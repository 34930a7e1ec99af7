from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sekisho.policy.configuration import Configuration, ServerEntry, Terms
from sekisho.wire.strict import Limits

if TYPE_CHECKING:
    from sekisho.policy.configuration import Trust


@pytest.mark.parametrize(
    ("everywhere", "here", "first_use"),
    [
        ("first-use", "first-use", True),
        ("first-use", "review", False),
        ("review", "first-use", False),
        ("review", "review", False),
    ],
)
def test_the_stricter_trust_holds(everywhere: Trust, here: Trust, *, first_use: bool) -> None:
    configuration = Configuration(trust=everywhere)
    assert configuration.terms(ServerEntry(alias="a", trust=here)).first_use is first_use
    assert configuration.terms().first_use is (everywhere == "first-use")


def test_terms_are_those_of_the_server() -> None:
    configuration = Configuration(limits=Limits(depth=16))
    entry = ServerEntry(alias="a", tools=frozenset({"x"}))
    assert configuration.terms(entry) == Terms(limits=Limits(depth=16), tools=frozenset({"x"}))
