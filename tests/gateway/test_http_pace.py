from __future__ import annotations

from sekisho.gateway.http_pace import Pace


def test_a_client_may_ask_so_often_and_the_others_notice_nothing() -> None:
    now = 100.0

    def clock() -> float:
        return now

    pace = Pace(2, clock)
    assert [pace.objection("alice") is None for _ in range(3)] == [True, True, False]
    assert pace.objection("bob") is None
    turned = pace.objection("alice")
    assert turned is not None
    assert (turned.status, turned.rule) == (429, "too-many-requests")
    now += 0.5
    assert [pace.objection("alice") is None for _ in range(2)] == [True, False]
    now += 3600.0
    assert [pace.objection("alice") is None for _ in range(3)] == [True, True, False]
