from __future__ import annotations

from sekisho.guards.document import judge_document
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
        ('{"$\\u0077here": 1}', "find", True),
        ('{"\\u0024\\x77\\u{68}ere": 1}', "find", True),
        ('{["$where"]: 1}', "find", True),
        ('{a: 1, /* b */ "$where" // c\n: 1}', "find", True),
        ("{`$where`: 1}", "find", True),
        ('{"u": "http://x /*", "$where" /* c */: 1}', "find", True),
        ('{"u": "http://x", "note": "/* c */ 1"}', "find", False),
        ('{"mapReduce": "c", "map": "f"}', "command", True),
        ('{"a": "x\\u0022, \\u0022$where\\u0022: 1"}', "find", False),
        ('{"a": "C:\\\\dir", "where": "$out"}', "find", False),
        ('{"a": "$where"}', "find", False),
        ('text with {"$where": 1}', "find", False),
        ("plain", "find", False),
        ('{"$where": "a text that is kept"}', "insert", False),
        ('{"$where": 1}', "update", True),
    ],
)
def test_what_runs_code_or_writes_while_asking_is_objected_to(value: str, name: str, *, expected: bool) -> None:
    assert bool(judge_document(value, (name,)).objections) is expected


@rows(
    ("value", "pointer", "expected"),
    [
        ("$ne", "/password/$ne", True),
        ("$regex", "/username/$regex", True),
        ("$gt", "/api_key/$gt", True),
        ("$ne", "/filter/password/$ne", False),
        ("$ne", "/age/$ne", False),
        ("$ne", "/password", False),
        ("pa$$word", "/password", False),
    ],
)
def test_no_operator_stands_where_somebody_proves_who_he_is(value: str, pointer: str, *, expected: bool) -> None:
    assert bool(judge_document(value, ("find",), pointer).objections) is expected
