from __future__ import annotations

from sekisho.guards.document import holds_documents, judge_document
from tablekit import rows


@rows(
    ("value", "name", "expected"),
    [
        ("$where", "insert", True),
        ("$function", "find", True),
        ("$out", "aggregate", True),
        ("$out", "write", False),
        ("$gt", "find", False),
        ('{"$where": 1}', "find", True),
        (" [{a: 1, '$merge' : 1}]", "aggregate", True),
        ("{$where:1}", "find", True),
        ('{"\\u0024where": 1}', "find", True),
        ('{"a": "$where"}', "find", False),
        ('text with {"$where": 1}', "find", False),
        ("plain", "find", False),
    ],
)
def test_what_runs_code_or_writes_while_asking_is_objected_to(value: str, name: str, *, expected: bool) -> None:
    assert bool(judge_document(value, (name,)).objections) is expected


def test_a_store_is_known_by_words() -> None:
    assert holds_documents(("mongodb", "find"))
    assert not holds_documents(("sqlite", "find"))
