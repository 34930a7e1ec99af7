"""Playing, with the cheapest incident there is; all the others are played by the demo's test."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from sekisho.model.range_ids import RangeId
from sekisho.range.incident import Harm, Layer
from sekisho.range.incidents.two_readings import INCIDENT
from sekisho.range.play import play

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_promised_and_did_not_happen_is_a_problem(tmp_path: Path) -> None:
    played = play(INCIDENT, folder=tmp_path, environ=os.environ)
    assert list(played.problems) == []
    assert played.without.harm == Harm(cell=RangeId.HARM_OBEYED, values={"count": 2})
    assert played.through.harm is None
    assert played.verified
    assert played.events > 4
    other = replace(played.through.honest[0], answer={"error": {}})
    hurt = replace(played.through, harm=played.without.harm, honest=[other, *played.through.honest[1:]])
    broken = replace(played, without=replace(played.without, harm=None), through=hurt, verified=False)
    assert [problem.partition(": ")[2] for problem in broken.problems] == [
        "nothing came of it without Sekisho",
        "it was not stopped",
        "an honest call was not answered alike",
        "the audit does not verify",
    ]
    lost = replace(played, incident=replace(INCIDENT, layer=Layer.NONE), through=replace(hurt, honest=[]))
    assert list(replace(lost, without=replace(played.without, honest=[])).problems) == []
