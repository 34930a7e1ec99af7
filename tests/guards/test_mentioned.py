from __future__ import annotations

from sekisho.guards.mentioned import may_mention, mentions
from sekisho.guards.places import Access
from tablekit import rows


@rows(
    ("text", "expected"),
    [
        ("src/x.py", []),
        ("plain", []),
        (".ssh/id_rsa", ["path-credential"]),
        ("--file=.netrc", ["path-credential"]),
        ("-I.ssh/x", ["path-credential"]),
        (".ssh\\x", ["path-credential"]),
        ("x/.ssh/", ["path-credential"]),
        ("a.pem/.", ["path-secret"]),
        (".git/hooks/x", ["path-protected"]),
        ("ID_RSA", ["path-credential"]),
        ("", []),
    ],
)
def test_a_word_is_judged_by_what_it_names(text: str, expected: list[str]) -> None:
    assert list(mentions(text, Access.WRITE)) == expected
    assert may_mention(["x", text]) or not expected
