from __future__ import annotations

from sekisho.guards.awk import starts, written
from tablekit import rows


@rows(
    ("words", "expected"),
    [
        ('BEGIN{system("x")}', True),
        ('BEGIN{"x"|getline}', True),
        ('{print | "x"}', True),
        ('{c="x"; print 1 | c}', True),
        ('/"/ {print | "x"} /"/', True),
        ("{print > $1}", True),
        ('{f="system"; @f("x")}', True),
        ('@load "x"', True),
        ("-f#x", True),
        ("--file=x", True),
        ("-i#inplace", True),
        ("{print $1}#x", False),
        ("-F#|#{print $2}", False),
        ("-F|#{print $2}", False),
        ("/a|b/ {n++}", False),
        ('{print $1 "|" $2}', False),
        ("$1 > 5 || $2", False),
        ('{print > "out.txt"}', False),
        ("{ if ($1 > m) m = $1 }", False),
    ],
)
def test_what_a_program_of_awk_starts_is_seen(words: str, *, expected: bool) -> None:
    assert starts(words.split("#")) is expected


def test_files_that_it_writes_are_told() -> None:
    assert list(written(["-v", 'a=">"x""', '{print > ".bashrc"}', 'print "x"'])) == [".bashrc"]
