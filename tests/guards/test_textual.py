from __future__ import annotations

from sekisho.guards.textual import is_harmful, is_read_once_more, is_torn, sets
from tablekit import rows


@rows(
    ("text", "torn", "harmful", "again", "set_"),
    [
        ("ls", False, False, False, False),
        ("l\\\ns", True, False, False, False),
        ("ls\0", True, False, False, False),
        (r"ls $'a\\'; ls \'", True, False, False, False),
        (r"ls $'a\n' 'a\\b'", False, False, False, False),
        ("ls \\\n -l", False, False, False, False),
        ("cat < /dev/tcp/x/1", False, True, False, False),
        ("cat /dev/null", False, False, False, False),
        (":(){ :|:& };:", False, True, False, False),
        ("f() { ls | wc; }", False, False, False, False),
        ("echo ${x@P}", False, False, True, False),
        ("declare -n a=b", False, False, True, False),
        ("declare -r a=b", False, False, False, False),
        ("echo ${PATH:=x}", False, False, False, True),
        ("(( PATH = 1 ))", False, False, False, True),
        ("echo ${x:=y}", False, False, False, False),
        ("PATH=x", False, False, False, False),
    ],
)
def test_a_text_alone_tells_some_of_what_is_wrong(
    text: str, *, torn: bool, harmful: bool, again: bool, set_: bool
) -> None:
    assert (is_torn(text), is_harmful(text), is_read_once_more(text), sets(text)) == (torn, harmful, again, set_)
