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
        ("http://169.254.169.254/latest/meta-data/", ["url-private"]),
        ("169.254.169.254/latest", ["url-private"]),
        ("169.254.169.254", []),
        ("--url=http://169.254.169.254/", ["url-private"]),
        ("http://2852039166/", ["url-private"]),
        ("http://0xa9fea9fe/", ["url-private"]),
        ("http://me@metadata.google.internal./computeMetadata/v1/", ["url-private"]),
        ("http://[fd00:ec2::254]/", ["url-private"]),
        ("http://[::ffff:169.254.169.254]/", ["url-private"]),
        ("metadata.google.internal", []),
        ("http://localhost:3000/metadata", []),
        ("http://127.0.0.1:8080/", []),
        ("https://docs.example/169.254.169.254", []),
        ("src/metadata.json", []),
        ("/proc/$(pgrep node)/environ", ["path-credential"]),
        ("/proc/1/mem", ["path-credential"]),
        ("/proc/meminfo", []),
        ("/proc/1/status", []),
        ("metadata/x.py", []),
        ("", []),
    ],
)
def test_a_word_is_judged_by_what_it_names(text: str, expected: list[str]) -> None:
    assert list(mentions(text, Access.WRITE)) == expected
    assert may_mention(["x", text]) or not expected
