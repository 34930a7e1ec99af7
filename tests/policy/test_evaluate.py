from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.model.finding import Finding
from sekisho.model.verdict import Verdict
from sekisho.policy.evaluate import ALLOWED, decide

findings = st.builds(
    Finding,
    rule=st.sampled_from(["a", "b", "c"]),
    verdict=st.sampled_from(Verdict),
    pointer=st.sampled_from(["", "/x"]),
)


def test_without_a_finding_everything_is_allowed() -> None:
    assert decide([]) is ALLOWED
    assert decide(iter([])) is ALLOWED


@given(st.lists(findings, min_size=1))
def test_the_strictest_finding_decides(given_: list[Finding]) -> None:
    decision = decide(given_)
    assert decision.verdict == max(finding.verdict for finding in given_)
    assert decision.because in given_
    assert decision.because is not None
    assert decision.because.verdict == decision.verdict


@given(st.lists(findings), findings)
def test_one_more_opinion_never_lowers_the_verdict(given_: list[Finding], more: Finding) -> None:
    assert decide([*given_, more]).verdict >= decide(given_).verdict


@given(st.lists(findings).flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_the_order_does_not_matter(both: tuple[list[Finding], list[Finding]]) -> None:
    first, second = both
    assert decide(first) == decide(second)


def test_what_a_value_is_says_more_than_that_it_is_no_address() -> None:
    rules = ("url-disguised", "word-option")
    because = decide([Finding(rule=rule, verdict=Verdict.DENY, pointer="/x") for rule in rules]).because
    assert because is not None
    assert because.rule == "word-option"
