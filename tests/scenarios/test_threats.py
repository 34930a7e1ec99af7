"""The table of threats against the tests, incidents and published exploits that replay them: in both directions."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

from scenarios.threats import rows
from sekisho.range.incidents import incidents

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "bench" / "exploits" / "cases"
ROWS = tuple(rows())


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_test_that_a_row_names_is_there() -> None:
    for row in ROWS:
        for named in row.tests:
            path, _, name = named.partition("::")
            assert name.startswith("test_"), named
            assert name in functions(path), f"{row.id}: {named}"


def test_a_row_says_what_its_state_means() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert bool(row.tests) == (row.state != "open"), row.id
        assert bool(row.remains) == (row.state == "partly"), row.id
        assert row.answer.startswith("nothing yet") == (row.state == "open"), row.id


def test_every_incident_stands_in_its_row_and_no_other_does() -> None:
    listed = {name: row.id for row in ROWS for name in row.incidents}
    assert listed == {each.id: each.row for each in incidents()}


def test_every_class_of_published_exploits_stands_in_one_row_and_no_other_does() -> None:
    listed = Counter(each for row in ROWS for each in row.classes)
    found = {_class(path.read_text("utf-8")) for path in CASES.glob("*.yaml")}
    assert set(listed) == found
    assert set(listed.values()) == {1}


def _class(case: str) -> str:
    told = re.search(r"^class: (\S+)$", case, re.MULTILINE)
    assert told is not None
    return told[1]
