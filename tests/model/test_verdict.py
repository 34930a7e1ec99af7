from __future__ import annotations

from sekisho.model.verdict import Verdict


def test_verdicts_are_ordered_from_lenient_to_strict() -> None:
    assert Verdict.ALLOW < Verdict.MARK < Verdict.ASK < Verdict.DENY
    assert max(Verdict.MARK, Verdict.ASK) is Verdict.ASK
    assert list(Verdict) == sorted(Verdict)
